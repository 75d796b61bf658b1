"""The home page: what a TPM is, where to begin, the types, the core skills, samples, numbers."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from ladders.models import Level
from roles.models import Role
from tests.factories import (
    BandFactory,
    CollectionFactory,
    GuideFactory,
    LadderFactory,
    LevelFactory,
    QuestionFactory,
    RoleFactory,
    SkillFactory,
    SkillGroupFactory,
    SkillRequirementFactory,
    home_collection,
)
from tests.markup import Page
from tests.showing import (
    HIDDEN,
    assert_queries_do_not_grow,
    assert_shown_while_published,
    set_status,
)
from tpm_portal.pages.home import INTRODUCTION

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


def test_it_leads_to_the_first_steps_the_ladders_and_the_interviews() -> None:
    GuideFactory(title="First steps", featured=True)
    GuideFactory(title="Not featured")
    links = read().marked("jobs")[0].links
    assert {"/guides/first-steps/", "/ladders/", "/interviews/"} <= set(links)
    assert "/guides/not-featured/" not in links


def test_the_search_is_on_the_first_screen() -> None:
    form = read().marked("search-box")[0]
    assert form.one("input").attributes["name"] == "q"


def test_each_job_of_a_visitor_has_its_tools() -> None:
    jobs = read().marked("jobs")[0]
    assert [title.text for title in jobs.all("h2")] == [
        "Become a TPM",
        "Get promoted",
        "Hire a TPM",
        "Compare levels",
    ]
    assert {"/assess/", "/interviews/builder/", "/ladders/bands/"} <= set(jobs.links)


def test_the_levels_of_the_first_reference_ladder_are_stairs() -> None:
    assert read().marked("stairs") == []
    LadderFactory(organization="Raven Works", levels=3, position=0)
    assert read().marked("stairs") == []
    ladder = LadderFactory(levels=3, position=1)
    LadderFactory(levels=2, position=2)
    links = [level.get_absolute_url() for level in ladder.levels.all()]
    assert read().marked("stairs")[0].links == links
    set_status(ladder, HIDDEN[0])
    assert len(read().marked("stairs")[0].links) == 2


def test_each_featured_role_has_a_wheel_of_its_skills() -> None:
    role = RoleFactory(featured=True)
    assert read().part("types").marked("wheel") == []
    SkillRequirementFactory(role=role)
    assert len(read().part("types").marked("wheel")) == 1


def test_the_middle_level_of_the_reference_ladder_is_compared_with_other_companies() -> None:
    bands = [BandFactory(position=number) for number in range(3)]
    reference = LadderFactory(levels=0)
    for number, band in enumerate(bands):
        LevelFactory(ladder=reference, title=f"Step {number}", band=band, position=number)
    manager = LevelFactory(
        ladder=reference, track=Level.Track.MANAGER, band=bands[2], position=3, title="Manager"
    )
    assert "One level, many names" not in read()
    raven = LadderFactory(organization="Raven Works", levels=0)
    level = LevelFactory(ladder=raven, title="Engineer", band=bands[1])
    LevelFactory(
        ladder__organization="Elsewhere", band=bands[1], ladder__collection=CollectionFactory()
    )
    chart = read().part("companies")
    assert "share a band with Step 1" in chart
    assert level.get_absolute_url() in chart.links
    assert manager.get_absolute_url() in chart.links
    assert "Elsewhere" not in chart
    set_status(raven, HIDDEN[0])
    assert "One level, many names" not in read()


def test_it_shows_featured_questions_that_interviewers_ask() -> None:
    QuestionFactory(title="A", prompt="Tell me about a *risk*.", featured=True)
    QuestionFactory(title="B", prompt="Not featured")
    QuestionFactory(title="C", prompt="Who decides here?", featured=True, audience="candidate")
    rows = read().part("questions").all("li")
    assert [row.one("b").text for row in rows] == ["Tell me about a risk."]


def test_it_counts_what_the_portal_has() -> None:
    RoleFactory()
    for title in ("Risk", "Planning"):
        SkillFactory(title=title)
    SkillFactory(title="Theirs", collection=CollectionFactory())
    rows = read().marked("numbers")[0].all("li")
    assert [row.text for row in rows] == ["1 role", "2 skills"]
    assert rows[0].links == ["/roles/"]


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
