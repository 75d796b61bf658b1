"""The search has bounded cost, whatever is typed and however much is found."""

from collections.abc import Iterable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from search import results as search
from search.results import find_entries
from tests import corpora
from tests.factories import (
    AnswerFrameworkFactory,
    GuideFactory,
    QuestionSetFactory,
    RoleFactory,
    SkillFactory,
)
from tests.search.search_entries import add_entries, titles

pytestmark = pytest.mark.django_db


def test_of_very_common_words_each_kind_has_its_best() -> None:
    add_entries(search.MAX_RANKED + 50, title="Program history and something else", body="program")
    add_entries(search.MAX_RANKED, kind="guide", title="Programming", body="program")
    RoleFactory(title="Program")
    SkillFactory(title="Late", body="A program is late.")
    found = find_entries("program")
    assert (found.is_truncated, found.covers_all_kinds, found.has_all_words) == (True, False, True)
    assert next(iter(found.ranking.values())) == "role"
    assert {"question", "guide", "role"} <= set(found.ranking.values())
    assert (
        len(found.ranking)
        <= len(search.indexed_models()) * 2 * search.MAX_SELECTED_OF_KIND + search.MAX_RANKED
    )
    assert not find_entries("late").is_truncated


def test_of_very_common_words_all_of_one_kind_can_be_had() -> None:
    add_entries(search.MAX_RANKED + 50, title="Program history", body="program")
    SkillFactory(title="Late", body="A program is late.")
    SkillFactory(title="Program planning")
    skills = find_entries("program", "skill")
    assert (list(skills.ranking.values()), skills.is_truncated, skills.covers_all_kinds) == (
        ["skill"] * 2,
        False,
        False,
    )
    assert titles("program", "skill") == ["Program planning", "Late"]
    questions = find_entries("program", "question")
    assert questions.is_truncated
    assert set(questions.ranking.values()) == {"question"}
    assert len(questions.ranking) >= search.MAX_RANKED


def test_of_very_common_words_no_other_kind_comes_with_the_one_that_is_wanted() -> None:
    add_entries(search.MAX_RANKED + 50, title="Program history")
    QuestionSetFactory(title="Program sense")
    AnswerFrameworkFactory(title="Program story")
    assert set(find_entries("program", "question").ranking.values()) == {"question"}
    assert titles("program", "set") == ["Program sense"]
    assert titles("program", "framework") == ["Program story"]


def test_a_common_word_with_a_rare_one_is_ranked_whole() -> None:
    add_entries(search.MAX_RANKED + 50, body="program")
    SkillFactory(title="Bespoke program")
    SkillFactory(title="Programs", body="bespoke")
    found = find_entries("program bespoke")
    assert (found.is_truncated, found.has_all_words) == (False, True)
    assert titles("program bespoke") == ["Bespoke program", "Programs"]


def test_the_number_of_queries_does_not_depend_on_what_is_found() -> None:
    add_entries(40, body="program")
    with CaptureQueriesContext(connection) as few:
        titles("program")
    add_entries(search.MAX_RANKED + 50, body="program")
    with CaptureQueriesContext(connection) as many:
        titles("program")
    assert len(few) == len(many) <= 7


def test_results_come_in_the_order_asked_for_and_from_one_query() -> None:
    add_entries(5, body="program")
    found = find_entries("program")
    backwards = found.of_kind("")[::-1]
    assert [result.entry.pk for result in found.results(backwards)] == backwards
    assert found.results([]) == []


def queries() -> Iterable[str]:
    """Everything that people have tried to break searches with."""
    yield from corpora.entries("search-queries", "queries.json", "queries")
    yield from corpora.entries("naughty-strings", "naughty-strings.json")
    yield from [
        "risk " * 2000,
        " ".join(f"w{n}" for n in range(1200)),
        "(" * 10_000,
        "\0" * 100,
        "\udfff",
        "a" * 10_000,
    ]


def test_nothing_that_is_typed_is_an_error() -> None:
    SkillFactory(
        title="A title", body="' OR 1=1 -- a AND b <script>alert(1)</script> C++ -a %_ NEAR"
    )
    GuideFactory(title="Other")
    found = 0
    for text in queries():
        found += len(titles(text))
    assert found


def test_no_query_asks_the_database_for_much_more_than_a_plain_word() -> None:
    """How long they take is measured by `make bench`."""
    add_entries(30, body="program " * 50)
    SkillFactory(title="Rarity")
    plain = asked("program")
    assert len(plain) > 1
    for text in queries():
        statements = asked(text)
        assert len(statements) <= 9, text
        assert sum(map(len, statements)) < 10 * sum(map(len, plain)), text


def asked(text: str) -> list[str]:
    """Return the statements that a search sends to the database."""
    with CaptureQueriesContext(connection) as captured:
        titles(text)
    return [query["sql"] for query in captured]
