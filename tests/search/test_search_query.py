"""What is made of the words that a visitor types."""

import pytest
from django.db import connection

from search.models import SearchWord
from search.query import COMMON, COMPLETIONS, TEXT_LENGTH, WORDS, Query

pytestmark = pytest.mark.django_db


def test_common_words_are_left_out() -> None:
    assert Query.of("How do I become a TPM?").words == ("become", "tpm")
    assert Query.of("who are you").words == ()


@pytest.mark.postgresql
def test_those_words_are_common_that_postgresql_does_not_index() -> None:
    with connection.cursor() as cursor:
        for word in COMMON:
            cursor.execute("SELECT length(to_tsvector('english', %s))", [word])
            assert cursor.fetchone() == (0,), word


def test_the_last_word_may_go_on() -> None:
    SearchWord.objects.change_counts(
        dict.fromkeys({"plan", "planning", "plans", "plane", "risk", "pl", "plz"}, 1)
    )
    assert Query.of("risk plan").loose == [("risk",), ("plan", "plane", "plans", "planning")]
    assert Query.of("risk plan").exact == [("risk",), ("plan",)]
    assert Query.of("planx").completions == ()


def test_one_letter_is_no_beginning() -> None:
    SearchWord.objects.change_counts(dict.fromkeys({"cpu", "c"}, 1))
    assert Query.of("C++").loose == [("c",)]
    assert Query.of("cp").completions == ("cpu",)


@pytest.mark.parametrize("letters", ["%", "_", "ri%", "r_"])
def test_signs_of_patterns_are_no_letters(letters: str) -> None:
    SearchWord.objects.change_counts(dict.fromkeys({"risk", "rxsk"}, 1))
    assert "risk" not in Query.of(letters).completions or letters.startswith("ri")


def test_completions_are_bounded_and_short_ones_first() -> None:
    SearchWord.objects.change_counts(dict.fromkeys({f"plan{'x' * n}" for n in range(1, 35)}, 1))
    completions = Query.of("plan").completions
    assert len(completions) == COMPLETIONS
    assert completions[0] == "planx"


def test_what_is_typed_is_bounded() -> None:
    assert len(Query.of(" ".join(f"w{n}" for n in range(1200))).words) == WORDS
    (word,) = Query.of("x" * 10_000).words
    assert len(word) == TEXT_LENGTH
    assert Query.of("risk " * 500).words == ("risk",)


@pytest.mark.parametrize("text", ["", "   ", "\0", "\"'*()^:-+", "🔒", "\u202e\u200b", "\ud800"])
def test_signs_alone_are_no_query(text: str) -> None:
    assert Query.of(text).words == ()


def test_the_vocabulary_takes_a_word_once() -> None:
    SearchWord.objects.change_counts(dict.fromkeys({"risk", "plan"}, 1))
    SearchWord.objects.change_counts(dict.fromkeys({"risk", "team"}, 1))
    assert list(SearchWord.objects.values_list("word", flat=True)) == ["plan", "risk", "team"]
