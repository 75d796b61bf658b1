"""The page of a skill: descriptors, roles and levels that require it, questions, and resources."""

from typing import Any

import pytest
from django.test import Client

from skills.models import Skill
from tests.factories import (
    CollectionFactory,
    FamilyRequirementFactory,
    GuideFactory,
    LadderFactory,
    LearningResourceFactory,
    LevelFactory,
    LevelRequirementFactory,
    QuestionSkillFactory,
    RoleFactory,
    SkillDescriptorFactory,
    SkillFactory,
    SkillRequirementFactory,
    step_of,
)
from tests.markup import Page
from tests.showing import (
    HIDDEN,
    assert_hidden_is_for_editors,
    assert_queries_do_not_grow,
    assert_shown_while_published,
    set_status,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def skill() -> Skill:
    return SkillFactory(title="Risk management", slug="risk", group__title="Delivery")


def page_of(skill: Skill) -> Page:
    return Page.read(Client(), skill.get_absolute_url())


def test_it_says_what_the_skill_is(skill: Skill) -> None:
    Skill.objects.update(
        body="Seeing **early**.",
        aliases="Hazards\nThreats",
        artifacts="- A register",
        sources="- A book",
        reviewed_on="2026-11-22",
    )
    page = page_of(skill)
    assert page.one("h1").text == "Risk management"
    assert page.marked("kind")[0].text == "Skill · Delivery"
    assert skill.summary in page
    assert "Also called Hazards, Threats." in page
    assert page.part("about").all("strong")[0].text == "early"
    assert "A register" in page.part("artifacts")
    assert "A book" in page.marked("sources")[0]
    assert "reviewed November 22, 2026" in page.marked("provenance")[0]
    assert page.document.one("title").text.startswith("Risk management ·")


def test_a_bare_skill_shows_no_empty_parts(skill: Skill) -> None:
    Skill.objects.update(body="", group=None)
    page = page_of(skill)
    assert page.headings == []
    assert "Also called" not in page
    assert page.marked("kind")[0].text == "Skill"


def test_it_shows_every_descriptor_in_the_order_of_the_scale(skill: Skill) -> None:
    for position in (2, 0, 3, 1):
        SkillDescriptorFactory(
            skill=skill, proficiency=step_of(skill, position), text=f"Does *{position}*."
        )
    rungs = page_of(skill).part("descriptors").marked("rung")
    assert [rung.text for rung in rungs] == [
        "Awareness, level 1 of 4 Does 0.",
        "Working, level 2 of 4 Does 1.",
        "Practitioner, level 3 of 4 Does 2.",
        "Expert, level 4 of 4 Does 3.",
    ]
    assert [len(rung.marked("on")) for rung in rungs] == [1, 2, 3, 4]


def test_it_shows_which_roles_need_it_those_that_need_it_most_first(skill: Skill) -> None:
    for title, step, importance in [
        ("Names it", None, "essential"),
        ("Needs little", step_of(skill, 0), "essential"),
        ("Wants much", step_of(skill, 3), "helpful"),
        ("Needs much", step_of(skill, 3), "essential"),
    ]:
        SkillRequirementFactory(
            role__title=title, skill=skill, proficiency=step, importance=importance
        )
    rows = page_of(skill).part("roles").all("li")
    assert [(row.text, *row.links) for row in rows] == [
        ("Needs much Expert, level 4 of 4 Essential", "/roles/needs-much/"),
        ("Wants much Expert, level 4 of 4 Helpful", "/roles/wants-much/"),
        ("Needs little Awareness, level 1 of 4 Essential", "/roles/needs-little/"),
        ("Names it Not graded Essential", "/roles/names-it/"),
    ]


def test_it_shows_which_levels_need_it_ladder_by_ladder_from_the_bottom(skill: Skill) -> None:
    for ladder in (LadderFactory(title="B", position=2), LadderFactory(title="A", position=1)):
        upper = LevelFactory(ladder=ladder, position=2, title="Upper", code="L2")
        LevelRequirementFactory(level=upper, skill=skill, proficiency=None)
        LevelRequirementFactory(
            level=LevelFactory(ladder=ladder, position=1, title="Lower"), skill=skill
        )
    part = page_of(skill).part("levels")
    assert [heading.text for heading in part.all("h3")] == ["A", "B"]
    rows = ["Lower Working, level 2 of 4 Expected", "Upper (L2) Not graded Expected"]
    assert [row.text for row in part.all("li")] == rows * 2
    assert part.links[:3] == ["/ladders/a/", "/ladders/a/lower/", "/ladders/a/upper/"]


def test_a_ladder_of_another_collection_says_of_which(skill: Skill) -> None:
    theirs = LadderFactory(title="TPM", slug="tpm", collection=CollectionFactory(title="Theirs"))
    for ladder in (LadderFactory(title="TPM", slug="tpm"), theirs):
        LevelRequirementFactory(skill=skill, level=LevelFactory(ladder=ladder))
    page = page_of(skill)
    assert [title.text for title in page.part("levels").all("h3")] == ["TPM", "TPM"]
    assert "From Theirs" in [note.text for note in page.part("levels").marked("note")]


def test_a_level_that_includes_what_is_below_needs_it_too(skill: Skill) -> None:
    ladder = LadderFactory(title="A")
    for position, title in enumerate(["First", "Second", "Third"]):
        LevelFactory(ladder=ladder, position=position, title=title, cumulative=position == 1)
    LevelRequirementFactory(level=ladder.levels.get(title="First"), skill=skill)
    assert [row.text for row in page_of(skill).part("levels").all("li")] == [
        "First Working, level 2 of 4 Expected",
        "Second Working, level 2 of 4 inherited Expected",
    ]


def test_it_shows_some_questions_that_probe_it_and_the_way_to_all(skill: Skill) -> None:
    for number in reversed(range(1, 10)):
        QuestionSkillFactory(
            question__title=f"Question {number}", question__prompt=f"Prompt {number}?", skill=skill
        )
    part = page_of(skill).part("questions")
    assert [question.all("a")[0].text for question in part.all("article")] == [
        f"Question {number}" for number in range(2, 10)
    ]
    assert part.all("article")[0].all("p")[0].text == "Prompt 2?"
    assert part.links[-1] == "/interviews/questions/?skill=risk"
    assert len(Page.read(Client(), part.links[-1]).all("article")) == 9


def test_it_shows_what_to_learn_from(skill: Skill) -> None:
    LearningResourceFactory(
        title="A book",
        author="A. Author",
        year=2020,
        summary="Long.",
        url="https://example.org/b",
        skills=[skill],
    )
    LearningResourceFactory(
        title="B talk", author="", kind="video", summary="Short.", skills=[skill]
    )
    rows = page_of(skill).part("learn").all("li")
    assert [row.text for row in rows] == [
        "A book Book by A. Author, 2020. Long.",
        "B talk Video. Short.",
    ]
    assert rows[0].links == ["https://example.org/b"]
    assert rows[1].links == []


def role(skill: Skill) -> Any:
    return SkillRequirementFactory(skill=skill).role


def ladder(skill: Skill) -> Any:
    return LevelRequirementFactory(skill=skill).level.ladder


def question(skill: Skill) -> Any:
    return QuestionSkillFactory(skill=skill).question


def resource(skill: Skill) -> Any:
    return LearningResourceFactory(skills=[skill])


def guide(skill: Skill) -> Any:
    return GuideFactory(skills=[skill])


@pytest.mark.parametrize("relate", [role, ladder, question, resource, guide])
def test_what_is_related_shows_while_it_and_its_collection_are_published(
    skill: Skill, relate: Any
) -> None:
    row = relate(skill)
    row.collection = CollectionFactory()
    row.save()
    for hidden in (row, row.collection):
        assert_shown_while_published(skill.get_absolute_url(), hidden, row.title)


def test_a_hidden_skill_is_for_its_editors(skill: Skill) -> None:
    assert_hidden_is_for_editors(skill)


def test_the_editor_of_a_draft_sees_its_own_parts_and_no_other_drafts(
    admin_client: Client, skill: Skill
) -> None:
    SkillDescriptorFactory(skill=skill, text="Does it.")
    SkillRequirementFactory(skill=skill, role__title="Shown")
    hidden = SkillRequirementFactory(skill=skill, role__title="Hidden").role
    for row in (skill, hidden):
        set_status(row, HIDDEN[0])
    page = Page.read(admin_client, skill.get_absolute_url())
    assert "Does it." in page
    assert "Shown" in page
    assert "Hidden" not in page.part("roles")


def test_a_renamed_skill_is_found_at_its_former_address(client: Client, skill: Skill) -> None:
    skill.slug = "risks"
    skill.save()
    response = client.get("/skills/risk/")
    assert (response.status_code, response["Location"]) == (301, "/skills/risks/")
    assert Page.read(client, "/skills/risks/").one("h1").text == "Risk management"


def test_a_skill_of_another_collection_names_its_publisher(client: Client, skill: Skill) -> None:
    other = CollectionFactory(
        slug="other",
        attribution="By Somebody Else.",
        publisher="Somebody",
        version="7",
        license="MIT",
    )
    SkillFactory(slug="risk", title="Their risk", collection=other)
    page = Page.read(client, "/skills/other:risk/")
    assert page.one("h1").text == "Their risk"
    provenance = page.marked("provenance")[0]
    assert "By Somebody Else." in provenance
    assert f"{other.title}, version 7 · Somebody · MIT" in provenance
    assert provenance.links[0] == "/collections/other/"
    ours = page_of(skill).marked("provenance")[0]
    assert "TPM Portal" in ours
    assert skill.collection.attribution not in ours


def test_hostile_words_stay_words(client: Client, skill: Skill) -> None:
    calm = len(Page.read(client, skill.get_absolute_url()).document.all("script"))
    skill.title = "</title><script>alert(1)</script>"
    skill.save()
    Skill.objects.update(
        summary='"><img src=x onerror=alert(1)>',
        aliases="<svg/onload=alert(1)>",
        body="<script>alert(1)</script> [x](javascript:alert(1))",
    )
    page = Page.read(client, skill.get_absolute_url())
    assert len(page.document.all("script")) == calm
    assert page.all("img", "svg") == []
    assert page.one("h1").text == "</title><script>alert(1)</script>"
    assert not [link for link in page.links if link.startswith("javascript")]
    assert not [element for element in page.document.walk() if "onerror" in element.attributes]
    assert "<script>alert(1)</script>" in page.part("about")


@pytest.mark.drawn(10, of="queries of one page")
def test_it_takes_as_many_queries_for_few_rows_as_for_many(skill: Skill) -> None:
    SkillDescriptorFactory(skill=skill)

    def grow() -> None:
        for relate in (role, ladder, question, resource, guide):
            relate(skill)

    assert_queries_do_not_grow(skill.get_absolute_url(), grow)


def test_it_leads_to_the_skills_before_and_after_it_in_its_group(skill: Skill) -> None:
    first, last = (
        SkillFactory(title=title, slug=title.lower(), group=skill.group)
        for title in ("Estimating", "Z")
    )
    SkillFactory(title="S", slug="s")
    skill.related.add(last)
    page = page_of(skill)
    assert page.marked("nextprev")[0].links == ["/skills/estimating/", "/skills/z/"]
    assert page.marked("related")[0].links == ["/skills/z/"]
    assert page_of(last).marked("nextprev")[0].links == ["/skills/risk/"]
    assert page_of(last).marked("related") == []
    set_status(first, "draft")
    assert page_of(skill).marked("nextprev")[0].links == ["/skills/z/"]


def test_skills_of_no_group_lead_to_one_another(skill: Skill) -> None:
    one, two = (SkillFactory(title=title, slug=title, group=None) for title in ("one", "two"))
    assert page_of(one).marked("nextprev")[0].links == [two.get_absolute_url()]
    assert page_of(two).marked("nextprev")[0].links == [one.get_absolute_url()]
    assert page_of(skill).marked("nextprev") == []


def test_it_shows_the_roles_that_require_it_by_their_core_profile(skill: Skill) -> None:
    role = RoleFactory(title="Lead")
    FamilyRequirementFactory(family=role.family, skill=skill, importance="expected")
    (row,) = page_of(skill).part("roles").all("li")
    assert row.text == "Lead core profile Working, level 2 of 4 Expected"
    assert row.links == [role.get_absolute_url()]
    SkillRequirementFactory(role=role, skill=skill, proficiency=step_of(skill, 3), importance="")
    (row,) = page_of(skill).part("roles").all("li")
    assert row.text == "Lead Expert, level 4 of 4 Expected"


def test_the_former_anchor_of_the_work_samples_still_works(client: Client) -> None:
    skill = SkillFactory(artifacts="- A register")
    assert '<span id="artefacts"></span>' in client.get(skill.get_absolute_url()).text
