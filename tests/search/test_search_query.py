"""How a query is made from what a visitor types."""

import pytest
from django.db import connection

from search.models import SearchWord
from search.query import MAX_COMPLETIONS, MAX_LENGTH, MAX_WORDS, STOP_WORDS, Query

pytestmark = pytest.mark.django_db


def test_common_words_are_left_out() -> None:
    assert Query.from_text("How do I become a TPM?").words == ("become", "tpm")
    assert Query.from_text("who are you").words == ()


@pytest.mark.postgresql
def test_those_words_are_common_that_postgresql_does_not_index() -> None:
    with connection.cursor() as cursor:
        for word in STOP_WORDS:
            cursor.execute("SELECT length(to_tsvector('english', %s))", [word])
            assert cursor.fetchone() == (0,), word


def test_the_last_word_may_go_on() -> None:
    SearchWord.objects.change_counts(
        dict.fromkeys({"plan", "planning", "plans", "plane", "risk", "pl", "plz"}, 1)
    )
    assert Query.from_text("risk plan").prefix_terms == [
        ("risk",),
        ("plan", "plane", "plans", "planning"),
    ]
    assert Query.from_text("risk plan").exact_terms == [("risk",), ("plan",)]
    assert Query.from_text("planx").completions == ()


def test_one_letter_is_no_beginning() -> None:
    SearchWord.objects.change_counts(dict.fromkeys({"cpu", "c"}, 1))
    assert Query.from_text("C++").prefix_terms == [("c",)]
    assert Query.from_text("cp").completions == ("cpu",)


@pytest.mark.parametrize("letters", ["%", "_", "ri%", "r_"])
def test_signs_of_patterns_are_no_letters(letters: str) -> None:
    SearchWord.objects.change_counts(dict.fromkeys({"risk", "rxsk"}, 1))
    assert "risk" not in Query.from_text(letters).completions or letters.startswith("ri")


def test_completions_are_bounded_and_short_ones_first() -> None:
    SearchWord.objects.change_counts(dict.fromkeys({f"plan{'x' * n}" for n in range(1, 35)}, 1))
    completions = Query.from_text("plan").completions
    assert len(completions) == MAX_COMPLETIONS
    assert completions[0] == "planx"


def test_what_is_typed_is_bounded() -> None:
    assert len(Query.from_text(" ".join(f"w{n}" for n in range(1200))).words) == MAX_WORDS
    (word,) = Query.from_text("x" * 10_000).words
    assert len(word) == MAX_LENGTH
    assert Query.from_text("risk " * 500).words == ("risk",)


@pytest.mark.parametrize("text", ["", "   ", "\0", "\"'*()^:-+", "🔒", "\u202e\u200b", "\ud800"])
def test_signs_alone_are_no_query(text: str) -> None:
    assert Query.from_text(text).words == ()


def test_the_vocabulary_takes_a_word_once() -> None:
    SearchWord.objects.change_counts(dict.fromkeys({"risk", "plan"}, 1))
    SearchWord.objects.change_counts(dict.fromkeys({"risk", "team"}, 1))
    assert list(SearchWord.objects.values_list("word", flat=True)) == ["plan", "risk", "team"]
