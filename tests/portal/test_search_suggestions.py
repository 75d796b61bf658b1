"""Suggestions for an unfinished query: titles, kinds and addresses of published rows."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from search.search_page import MAX_SUGGESTIONS
from tests.factories import CollectionFactory, RoleFactory, SkillFactory
from tests.showing import HIDDEN, MOST_QUERIES, set_status

pytestmark = pytest.mark.django_db

URL = "/search/suggestions/"


def suggested(words: str) -> list[dict[str, str]]:
    answer = Client().get(URL, {"q": words})
    assert answer.status_code == 200
    return answer.json()["suggestions"]


def test_an_unfinished_word_is_enough() -> None:
    SkillFactory(title="Risk management", slug="risk")
    RoleFactory(title="Program manager")
    assert suggested("ris") == [
        {"title": "Risk management", "kind": "skill", "url": "/skills/risk/"}
    ]


def test_two_of_one_title_are_told_apart_by_their_collection() -> None:
    SkillFactory(title="Risk")
    SkillFactory(title="Risk", collection=CollectionFactory(title="Theirs"))
    assert sorted(each["kind"] for each in suggested("risk")) == ["skill", "skill · Theirs"]


@pytest.mark.parametrize("words", ["", "nothing here", "the", "%00", "<script>", "x" * 9999])
def test_what_finds_nothing_suggests_nothing(words: str) -> None:
    SkillFactory(title="Risk")
    assert suggested("risk")
    assert suggested(words) == []


def test_there_are_a_handful_at_the_most() -> None:
    SkillFactory.create_batch(MAX_SUGGESTIONS + 1)
    assert len(suggested("skill")) == MAX_SUGGESTIONS


def test_what_is_not_published_is_not_suggested() -> None:
    skill = SkillFactory(title="Risk")
    assert suggested("risk")
    for status in HIDDEN:
        set_status(skill, status)
        assert suggested("risk") == []


def test_it_asks_little_of_the_database() -> None:
    SkillFactory.create_batch(3)
    few = asked_for("skill")
    SkillFactory.create_batch(30)
    assert asked_for("skill") == few <= MOST_QUERIES


def asked_for(words: str) -> int:
    """The queries that suggestions take."""
    with CaptureQueriesContext(connection) as captured:
        assert suggested(words)
    return len(captured)
