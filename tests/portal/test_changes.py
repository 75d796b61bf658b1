"""The page of changes: everything published, newest first, with change notes."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from search.models import SearchEntry
from skills.models import Skill
from tests.factories import CollectionFactory, LadderFactory, RoleFactory, SkillFactory
from tests.markup import Page
from tests.showing import assert_queries_do_not_grow, assert_shown_while_published
from tpm_portal.pages.changes import PAGE_SIZE

pytestmark = pytest.mark.django_db

URL = "/changes/"


def dated(title: str, when: datetime) -> None:
    assert SearchEntry.objects.filter(title=title).update(changed_at=when) == 1


def days(page: Page) -> dict[str, list[str]]:
    lists = [[item.one("a").text for item in each.all("li")] for each in page.marked("newest")]
    return dict(zip([heading.text for heading in page.all("h2")], lists, strict=True))


def test_what_changed_stands_under_its_day_the_newest_first() -> None:
    for title, hour in {"Risk": 9, "Writing": 11, "Old": -20}.items():
        SkillFactory(title=title)
        dated(title, datetime(2026, 3, 2, tzinfo=UTC) + timedelta(hours=hour))
    assert days(Page.read(Client(), URL)) == {
        "March 2, 2026": ["Writing", "Risk"],
        "March 1, 2026": ["Old"],
    }


def test_a_change_says_what_it_is_and_what_changed() -> None:
    other = CollectionFactory(title="Agency framework")
    SkillFactory(
        title="Risk",
        collection=other,
        change_note="Two descriptors were <split>.",
        noted_on="2026-03-02",
    )
    (item,) = Page.read(Client(), URL).marked("newest")[0].all("li")
    assert "March 2, 2026: Two descriptors were <split>." in item
    assert "skill · Agency framework" in item
    assert "Two descriptors were <split>." in Page.read(
        Client(), Skill.objects.get().get_absolute_url()
    )


@pytest.mark.parametrize(
    ("kind", "titles"), [("skill", ["Risk"]), ("role", ["TPM"]), ("nonsense", ["Risk", "TPM"])]
)
def test_one_kind_can_be_looked_at_alone(kind: str, titles: list[str]) -> None:
    SkillFactory(title="Risk")
    RoleFactory(title="TPM")
    page = Page.read(Client(), f"{URL}?kind={kind}")
    assert sorted(title for found in days(page).values() for title in found) == titles


def test_what_is_not_published_has_not_changed() -> None:
    assert_shown_while_published(URL, SkillFactory(title="Risk"), "Risk")


def test_a_long_list_has_pages() -> None:
    SkillFactory.create_batch(PAGE_SIZE + 1)
    first, second = (Page.read(Client(), f"{URL}?page={number}") for number in (1, 2))
    assert sum(map(len, days(first).values())) == PAGE_SIZE
    assert sum(map(len, days(second).values())) == 1


def test_an_empty_list_does_not_say_that_nothing_is_published() -> None:
    SkillFactory(title="Risk")
    SearchEntry.objects.update(changed_at=None)
    page = Page.read(Client(), f"{URL}?kind=skill")
    assert "Editors have not added or changed anything of this kind yet." in page


@pytest.mark.drawn(10, of="queries of one page")
def test_it_takes_as_many_queries_for_few_changes_as_for_many() -> None:
    assert_queries_do_not_grow(URL, LadderFactory)
