"""The home page: what a TPM is, the types, the core skills, where to begin, recent changes."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from roles.models import Role
from tests.factories import (
    CollectionFactory,
    GuideFactory,
    LadderFactory,
    LevelFactory,
    QuestionFactory,
    RoleFactory,
    SkillFactory,
    SkillGroupFactory,
    home_collection,
)
from tests.markup import Page
from tests.showing import (
    HIDDEN,
    assert_queries_do_not_grow,
    assert_shown_while_published,
    set_status,
)
from tpm_portal.pages.views import INTRODUCTION, NEWEST

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def read() -> Page:
    return Page.read(Client(), "/")


def section(name: str) -> list[str]:
    """What one section lists, by title, in order."""
    return [heading.text for heading in read().part(name).all("h3")]


def test_it_says_what_a_tpm_is_in_the_words_of_its_guide() -> None:
    guide = GuideFactory(
        slug=INTRODUCTION, title="What a TPM does", summary="In short.", body="# Why\n\nTo *lead*."
    )
    page = read()
    assert page.one("h1").text == "What a TPM does"
    assert "In short." in page.marked("opening")[0]
    assert (
        page.marked("prose--first")[0].one("h2").text,
        page.marked("prose--first")[0].one("em").text,
    ) == (
        "Why",
        "lead",
    )
    for status in HIDDEN:
        set_status(guide, status)
        assert read().one("h1").text == "Technical program management, from first job to principal"
        assert read().marked("prose--first") == []


def test_a_guide_of_that_name_elsewhere_is_not_the_introduction() -> None:
    GuideFactory(slug=INTRODUCTION, title="Theirs", collection=CollectionFactory(), featured=True)
    home_collection()
    assert "Theirs" not in read().marked("opening")[0]


def test_it_leads_to_the_questions_people_come_with() -> None:
    GuideFactory(title="First steps", summary="How to begin.", featured=True)
    GuideFactory(title="Not featured")
    doors = read().marked("doors")[0]
    assert doors.links == ["/guides/first-steps/", "/ladders/", "/interviews/"]
    assert "How to begin." in doors


def test_each_job_of_a_visitor_has_its_tools() -> None:
    jobs = read().marked("jobs")[0]
    assert [title.text for title in jobs.all("h2")] == [
        "Become a TPM",
        "Get promoted",
        "Hire a TPM",
        "Compare levels",
    ]
    assert {"/assess/", "/interviews/builder/", "/ladders/bands/"} <= set(jobs.links)


def test_the_first_reference_ladder_is_a_picture() -> None:
    assert read().marked("strip") == []
    LadderFactory(organisation="Raven Works", levels=3, position=0)
    assert read().marked("strip") == []
    ladder = LadderFactory(levels=3, position=1)
    LadderFactory(levels=2, position=2)
    links = [level.get_absolute_url() for level in ladder.levels.all()]
    assert read().marked("strip")[0].links == links
    set_status(ladder, HIDDEN[0])
    assert len(read().marked("strip")[0].links) == 2


def test_it_shows_the_featured_roles_and_skills_in_order() -> None:
    for title, position in [("Business TPM", 3), ("Product TPM", 1), ("Engineering TPM", 2)]:
        RoleFactory(title=title, position=position, featured=True)
    late, early = SkillGroupFactory(position=2), SkillGroupFactory(position=1)
    for title, group in [("Planning", late), ("Depth", early), ("Alone", None)]:
        SkillFactory(title=title, group=group, featured=True)
    RoleFactory(title="Scrum master")
    SkillFactory(title="Budgets")
    assert section("types") == ["Product TPM", "Engineering TPM", "Business TPM"]
    assert section("core") == ["Depth", "Planning", "Alone"]
    page = read()
    assert page.part("types").links[0] == "/roles/product-tpm/"
    assert page.part("types").links[-1] == "/roles/"
    assert page.part("core").links[-1] == "/skills/"


@pytest.mark.parametrize("make", [RoleFactory, SkillFactory, GuideFactory])
def test_what_is_featured_shows_while_it_is_published(make: Callable[..., Any]) -> None:
    RoleFactory()
    row = make(title="Canary", featured=True)
    assert_shown_while_published("/", row, "Canary")


def test_what_is_featured_shows_while_its_collection_is_published() -> None:
    RoleFactory()
    row = RoleFactory(title="Canary", featured=True, collection=CollectionFactory(title="Cage"))
    assert_shown_while_published("/", row.collection, "Canary")


def test_the_newest_changes_come_first() -> None:
    names = [f"Change {number}" for number in range(NEWEST + 2)]
    for name in names:
        QuestionFactory(title=name)
    rows = read().part("newest").all("li")
    assert [row.one("a").text for row in rows] == names[:1:-1]
    assert rows[0].links == [f"/interviews/questions/change-{NEWEST + 1}/"]
    assert rows[0].all("span")[-1].text.startswith("question · ")


def test_a_note_on_a_change_has_its_own_day() -> None:
    SkillFactory(title="Risk", change_note="Two descriptors were split.", noted_on="2026-03-02")
    (row,) = read().part("newest").all("li")
    assert "Risk March 2, 2026: Two descriptors were split." in row
    assert not row.text.endswith("March 2, 2026")


@pytest.mark.parametrize("status", HIDDEN)
def test_a_hidden_change_is_no_news(status: str) -> None:
    level = LevelFactory(title="Canary", ladder__title="Cage")
    assert "Canary" in read().part("newest")
    set_status(level.ladder, status)
    assert "Canary" not in read()


def test_an_empty_portal_leads_editors_to_where_they_begin() -> None:
    page = read()
    assert page.headings == []
    assert page.marked("empty")[0].text == "Nothing is published yet. Editors start here."
    assert page.marked("empty")[0].links == ["/admin/"]
    role = RoleFactory()
    assert read().marked("empty") == []
    set_status(role, HIDDEN[0])
    assert read().marked("empty")
    assert Role.objects.exists()


@pytest.mark.drawn(10, of="queries of one page")
def test_it_takes_as_many_queries_for_few_rows_as_for_many() -> None:
    GuideFactory(slug=INTRODUCTION)

    def grow() -> None:
        for make in (RoleFactory, SkillFactory, GuideFactory):
            make(featured=True)
        LadderFactory(levels=2)

    assert_queries_do_not_grow("/", grow)
