"""The list of guides: filtered, page by page."""

import pytest
from django.test import Client

from guides.views import GuideFilterForm
from tests.factories import CollectionFactory, GuideFactory
from tests.markup import Page
from tests.showing import (
    assert_pages_hold,
    assert_queries_do_not_grow,
    assert_shown_while_published,
)

pytestmark = pytest.mark.django_db

URL = "/guides/"


def read(query: str = "") -> Page:
    return Page.read(Client(), f"{URL}?{query}" if query else URL)


def titles(query: str = "") -> list[str]:
    """The guides that match a query, as listed."""
    return [heading.text for heading in read(query).all("h2")]


@pytest.fixture
def content() -> None:
    GuideFactory(
        title="Interviewing",
        slug="interviewing",
        position=2,
        audience="interviewer",
        body="word " * 440,
    )
    GuideFactory(title="First steps", position=1, summary="How to begin.")


@pytest.mark.usefixtures("content")
def test_guides_stand_in_order_with_whom_they_are_for() -> None:
    rows = read().marked("lines")[0].all("li")
    assert [row.one("h2").text for row in rows] == ["First steps", "Interviewing"]
    assert [row.marked("note")[0].text for row in rows] == [
        "Newcomers · 1 minute",
        "Interviewers · 2 minutes",
    ]
    assert "How to begin." in rows[0]
    assert rows[1].links == ["/guides/interviewing/"]


def test_a_guide_without_an_audience_names_none() -> None:
    GuideFactory(audience="", body="word")
    assert read().marked("lines")[0].marked("note")[0].text == "1 minute"


def test_a_guide_is_listed_while_it_and_its_collection_are_published() -> None:
    guide = GuideFactory(title="Ravens", collection=CollectionFactory(title="Their framework"))
    GuideFactory()
    for hidden in (guide, guide.collection):
        assert_shown_while_published(URL, hidden, "Ravens")
    assert "From Their framework" in read()


@pytest.mark.usefixtures("content")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=begin", ["First steps"]),
        ("q=none", []),
        ("audience=interviewer", ["Interviewing"]),
        ("audience=editor", []),
        ("audience=interviewer&q=begin", []),
        ("audience=none", ["First steps", "Interviewing"]),
        ("audience=none&q=begin", ["First steps"]),
    ],
)
def test_filters_leave_what_fits(query: str, found: list[str]) -> None:
    assert titles(query) == found


@pytest.mark.parametrize("query", ["", "q=none"])
def test_an_empty_list_says_what_to_do_next(query: str) -> None:
    empty = read(query).marked("empty")[0]
    assert empty.text == "No guide fits these filters. Show all guides."
    assert empty.links == [URL]


def test_pages_keep_the_filters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(GuideFilterForm, "page_size", 2)
    names = [f"G{number} guide" for number in range(5)]
    for name in names:
        GuideFactory(title=name, audience="editor")
    GuideFactory(title="G6 guide")
    assert_pages_hold(URL, "q=guide&audience=editor", names)


@pytest.mark.drawn(10, of="queries of one page")
def test_it_takes_as_many_queries_for_few_rows_as_for_many() -> None:
    assert_queries_do_not_grow(URL, lambda: GuideFactory(collection=CollectionFactory()))
