"""The list of ladders: number of levels, filters and pagination."""

import pytest
from django.test import Client

from content.base_models import Status
from ladders.views import LadderFilterForm
from tests.factories import CollectionFactory, LadderFactory, RoleFactory
from tests.markup import Page
from tests.showing import (
    assert_pages_hold,
    assert_queries_do_not_grow,
    assert_shown_while_published,
    set_status,
)

pytestmark = pytest.mark.django_db

URL = "/ladders/"


def read(query: str = "") -> Page:
    return Page.read(Client(), f"{URL}?{query}" if query else URL)


def titles(query: str = "") -> list[str]:
    """The ladders that match a query, as listed."""
    return [heading.text for heading in read(query).all("h2")]


@pytest.fixture
def content() -> None:
    role = RoleFactory(slug="tpm")
    LadderFactory(
        title="Example",
        role=role,
        position=2,
        organization="Raven Works",
        confidence="low",
        levels=1,
    )
    LadderFactory(title="Reference", role=None, position=1, summary="Our own.", levels=3)
    LadderFactory(title="Empty", position=3)


@pytest.mark.usefixtures("content")
def test_ladders_stand_in_order_with_what_they_are() -> None:
    page = read()
    rows = page.marked("lines")[0].all("li")
    assert [row.one("h2").text for row in rows] == ["Reference", "Example", "Empty"]
    assert [row.marked("note")[0].text for row in rows] == [
        "Reference ladder · 3 levels",
        "Raven Works · 1 level",
        "Reference ladder · 0 levels",
    ]
    assert "Our own." in rows[0]
    assert rows[0].links == ["/ladders/reference/"]
    assert "/ladders/bands/" in page.links


def test_the_day_of_observation_is_named() -> None:
    LadderFactory(observed_on="2026-01-31")
    assert "observed January 31, 2026" in read()


def test_a_ladder_is_listed_while_it_and_its_collection_are_published() -> None:
    ladder = LadderFactory(title="Ravens", collection=CollectionFactory(title="Their framework"))
    LadderFactory()
    for hidden in (ladder, ladder.collection):
        assert_shown_while_published(URL, hidden, "Ravens")
    assert "From Their framework" in read()


@pytest.mark.usefixtures("content")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=raven", ["Example"]),
        ("q=own", ["Reference"]),
        ("q=none", []),
        ("role=tpm", ["Example"]),
        ("confidence=low", ["Example"]),
        ("confidence=medium", []),
        ("role=tpm&confidence=high", []),
        ("role=none", ["Reference", "Example", "Empty"]),
        ("confidence=certain&role=tpm", ["Example"]),
    ],
)
def test_filters_leave_what_fits(query: str, found: list[str]) -> None:
    assert [title for title in titles(query) if title] == found


def test_a_ladder_is_found_by_every_role_it_serves() -> None:
    role = RoleFactory(slug="tpm")
    LadderFactory(title="Shared").other_roles.add(role)
    LadderFactory(title="Of others")
    assert titles("role=tpm") == ["Shared"]


def test_a_hidden_role_is_no_filter() -> None:
    role = LadderFactory(title="Career", role__slug="tpm").role
    LadderFactory(title="Other")
    set_status(role, Status.DRAFT)
    assert titles("role=tpm") == ["Career", "Other"]
    set_status(role, Status.PUBLISHED)
    assert titles("role=tpm") == ["Career"]


@pytest.mark.parametrize("query", ["", "q=none"])
def test_an_empty_list_says_what_to_do_next(query: str) -> None:
    empty = read(query).marked("empty")[0]
    assert empty.text == "No ladder fits these filters. Show all ladders."
    assert empty.links == [URL]


def test_pages_keep_the_filters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(LadderFilterForm, "page_size", 2)
    names = [f"L{number} ladder" for number in range(5)]
    for name in names:
        LadderFactory(title=name, organization="Raven Works", confidence="low")
    LadderFactory(title="L6 ladder")
    assert_pages_hold(URL, "q=ladder&confidence=low", names)


@pytest.mark.drawn(10, of="queries of one page")
def test_it_takes_as_many_queries_for_few_rows_as_for_many() -> None:
    assert_queries_do_not_grow(URL, lambda: LadderFactory(collection=CollectionFactory(), levels=2))


def test_the_portals_own_ladders_come_first_then_one_collection_after_the_other() -> None:
    for slug in ("zebra", "aardvark"):
        owner = CollectionFactory(slug=slug, title=slug)
        for position in (1, 3):
            LadderFactory(title=f"{slug} {position}", collection=owner, position=position)
    LadderFactory(title="Ours", position=2)
    assert titles() == ["Ours", "aardvark 1", "aardvark 3", "zebra 1", "zebra 3"]
