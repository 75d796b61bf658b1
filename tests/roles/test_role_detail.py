"""The page of a role: its purpose, requirements and ladders, and moves to and from it."""

from typing import Any

import pytest
from django.test import Client

from roles.admin import RoleAdmin
from roles.models import Role, RoleMove
from tests.factories import (
    CollectionFactory,
    FamilyRequirementFactory,
    GuideFactory,
    LadderFactory,
    LevelFactory,
    QuestionSetFactory,
    RoleFactory,
    RoleFamilyFactory,
    RoleMoveFactory,
    SkillFactory,
    SkillGroupFactory,
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

TEXTS = {
    "purpose": ("Purpose", "purpose"),
    "responsibilities": ("Responsibilities", "responsibilities"),
    "deliverables": ("Deliverables", "deliverables"),
    "more": ("Further information", "body"),
    "week": ("A typical week", "week"),
    "works-with": ("Works with", "works_with"),
    "background": ("Typical background", "background"),
    "neighbors": ("How it compares with similar roles", "neighbors"),
}


@pytest.fixture
def role() -> Role:
    return RoleFactory(
        title="Product TPM",
        slug="product-tpm",
        family__title="TPM",
        purpose="",
        responsibilities="",
    )


def page_of(role: Role) -> Page:
    return Page.read(Client(), role.get_absolute_url())


def test_it_shows_every_text_under_its_heading(role: Role) -> None:
    Role.objects.update(
        **{field: f"- The *{field}*" for _, field in TEXTS.values()}, aliases="PTPM\nProgram lead"
    )
    page = page_of(role)
    assert page.one("h1").text == "Product TPM"
    assert page.marked("kind")[0].text == "TPM"
    assert role.summary in page
    assert "Also called PTPM, Program lead." in page
    assert page.headings == list(TEXTS)
    for part, (heading, field) in TEXTS.items():
        assert page.part(part).one("h2").text == heading
        assert page.part(part).one("li").text == f"The {field}"


def test_a_bare_role_shows_no_empty_parts(role: Role) -> None:
    Role.objects.update(family=None)
    page = page_of(role)
    assert page.headings == []
    assert page.marked("kind") == []
    assert page.marked("side")[0].all("h2") == []
    assert "Also called" not in page


def test_it_shows_the_skills_it_needs_under_their_groups(role: Role) -> None:
    late, early = (
        SkillGroupFactory(title="Delivery", position=2),
        SkillGroupFactory(title="Technical", position=1),
    )
    for title, group, step, importance in [
        ("Risk", late, 3, "helpful"),
        ("Depth", early, 1, "essential"),
        ("Alone", None, None, "essential"),
    ]:
        skill = SkillFactory(title=title, group=group)
        proficiency = None if step is None else step_of(skill, step)
        SkillRequirementFactory(
            role=role,
            skill=skill,
            proficiency=proficiency,
            importance=importance,
            note=f"*{title}!*",
        )
    part = page_of(role).part("skills")
    assert [(group.one("h3").text, group.one("li").text) for group in part.marked("group")] == [
        ("Technical", "Depth Working, level 2 of 4 Essential Depth!"),
        ("Delivery", "Risk Expert, level 4 of 4 Helpful Risk!"),
        ("Other skills", "Alone Not graded Essential Alone!"),
    ]
    assert part.links == ["/skills/depth/", "/skills/risk/", "/skills/alone/"]


def test_it_shows_the_ways_in_and_on(role: Role) -> None:
    RoleMoveFactory(
        from_role=None,
        origin="Recent graduate",
        to_role=role,
        kind="entry",
        text="*Learn.*",
        position=1,
    )
    RoleMoveFactory(
        from_role=RoleFactory(title="Engineer"),
        to_role=role,
        kind="switch",
        text="Lead.",
        position=2,
    )
    RoleMoveFactory(from_role=role, to_role=RoleFactory(title="Head"), kind="lateral", text="Grow.")
    page = page_of(role)
    ways_in, ways_on = page.part("moves-in"), page.part("moves-out")
    assert [
        (way.one("summary").text, way.marked("prose")[0].text) for way in ways_in.all("details")
    ] == [
        ("Recent graduate Entry", "Learn."),
        ("Engineer Career change", "Lead. Engineer"),
    ]
    assert ways_in.links == ["/roles/engineer/"]
    assert [way.text for way in ways_on.all("summary")] == ["Head Lateral move"]
    assert ways_on.links == ["/roles/head/"]


def test_it_shows_its_ladders_question_sets_and_guides(role: Role) -> None:
    LadderFactory(title="Reference", role=role, summary="All levels.")
    QuestionSetFactory(
        title="Screen", role=role, stage="phone_screen", minutes=45, summary="A first talk."
    )
    GuideFactory(title="First steps", roles=[role], summary="How to begin.")
    for other, values in (
        (LadderFactory, {}),
        (QuestionSetFactory, {"role": RoleFactory()}),
        (GuideFactory, {}),
    ):
        other(title="Unrelated", **values)
    page = page_of(role)
    assert [row.text for row in page.part("ladders").all("li")] == ["Reference All levels."]
    (row,) = page.part("question-sets").all("li")
    assert "Phone screen · 45 minutes. A first talk." in row
    assert "How to begin." in page.part("guides")
    links = [
        link for part in ("ladders", "question-sets", "guides") for link in page.part(part).links
    ]
    assert links == ["/ladders/reference/", "/interviews/sets/screen/", "/guides/first-steps/"]
    assert "Unrelated" not in page


def test_it_shows_question_sets_of_its_own_of_its_ladders_and_for_any_role(role: Role) -> None:
    ladder = LadderFactory(role=None)
    ladder.other_roles.add(role)
    QuestionSetFactory(title="For any role", role=None, position=1)
    QuestionSetFactory(
        title="For a level of its ladder", role=None, level=LevelFactory(ladder=ladder), position=2
    )
    QuestionSetFactory(title="Its own", role=role, position=3)
    QuestionSetFactory(title="For another role", role=RoleFactory())
    QuestionSetFactory(title="For another ladder", role=None, level=LevelFactory())
    rows = [row.text for row in page_of(role).part("question-sets").all("li")]
    titles = [row.partition(" Onsite loop")[0] for row in rows]
    assert titles == ["Its own", "For a level of its ladder", "For any role"]
    assert page_of(role).part("question-sets").one("summary").text == "1 more question set"


def skill(role: Role) -> Any:
    return SkillRequirementFactory(role=role).skill


def origin(role: Role) -> Any:
    return RoleMoveFactory(to_role=role).from_role


def goal(role: Role) -> Any:
    return RoleMoveFactory(from_role=role).to_role


def ladder(role: Role) -> Any:
    return LadderFactory(role=role)


def question_set(role: Role) -> Any:
    return QuestionSetFactory(role=role)


def guide(role: Role) -> Any:
    return GuideFactory(roles=[role])


RELATED = [skill, origin, goal, ladder, question_set, guide]


@pytest.mark.parametrize("relate", RELATED)
def test_what_is_related_shows_while_it_and_its_collection_are_published(
    role: Role, relate: Any
) -> None:
    row = relate(role)
    row.collection = CollectionFactory()
    row.save()
    for hidden in (row, row.collection):
        assert_shown_while_published(role.get_absolute_url(), hidden, row.title)


def test_a_hidden_role_is_for_its_editors(role: Role) -> None:
    assert_hidden_is_for_editors(role)


def test_the_editor_of_a_draft_sees_its_own_parts_and_no_other_drafts(
    admin_client: Client, role: Role
) -> None:
    shown, hidden = skill(role), skill(role)
    goal(role)
    for row in (role, hidden):
        set_status(row, HIDDEN[0])
    page = Page.read(admin_client, role.get_absolute_url())
    assert [row.all("a")[0].text for row in page.part("skills").all("li")] == [shown.title]
    assert page.part("moves-out").links == [RoleMove.objects.get().to_role.get_absolute_url()]


def test_a_renamed_role_is_found_at_its_former_address(client: Client, role: Role) -> None:
    role.slug = "tpm"
    role.save()
    assert client.get("/roles/product-tpm/")["Location"] == "/roles/tpm/"
    assert Page.read(client, "/roles/tpm/").one("h1").text == "Product TPM"


def test_a_role_of_another_collection_names_its_publisher(client: Client, role: Role) -> None:
    other = CollectionFactory(slug="other", attribution="By Somebody Else.")
    RoleFactory(slug="product-tpm", title="Their TPM", collection=other)
    page = Page.read(client, "/roles/other:product-tpm/")
    assert page.one("h1").text == "Their TPM"
    assert "By Somebody Else." in page.marked("provenance")[0]
    assert page.marked("provenance")[0].links[0] == "/collections/other/"
    assert role.collection.attribution not in page_of(role)


@pytest.mark.drawn(10, of="queries of one page")
def test_it_takes_as_many_queries_for_few_rows_as_for_many(role: Role) -> None:
    def grow() -> None:
        for relate in RELATED:
            relate(role)

    assert_queries_do_not_grow(role.get_absolute_url(), grow)


def test_it_leads_to_the_roles_before_and_after_it_in_its_family() -> None:
    family = RoleFamilyFactory()
    first, second = (
        RoleFactory(title=title, slug=title.lower(), family=family, position=1)
        for title in ("A", "B")
    )
    RoleFactory(title="Aa", position=1)
    assert Page.read(Client(), first.get_absolute_url()).marked("nextprev")[0].links == [
        "/roles/b/"
    ]
    assert Page.read(Client(), second.get_absolute_url()).marked("nextprev")[0].links == [
        "/roles/a/"
    ]


def test_it_shows_what_is_particular_to_it_before_the_core_profile(role: Role) -> None:
    risk, plan, talk, launch = (
        SkillFactory(title=title, slug=title.lower())
        for title in ("Risk", "Plan", "Talk", "Launch")
    )
    for skill, importance in ((risk, "expected"), (plan, "essential"), (talk, "expected")):
        FamilyRequirementFactory(
            family=role.family, skill=skill, importance=importance, note=f"{skill} for all."
        )
    SkillRequirementFactory(
        role=role, skill=risk, proficiency=step_of(risk, 2), importance="", note="*Often.*"
    )
    SkillRequirementFactory(role=role, skill=launch, importance="essential")
    part = page_of(role).part("skills")
    assert "4 skills, of which 2 essential." in part
    particular, *groups = part.marked("table")
    assert [row.text for row in particular.all("li")] == [
        "Launch Working, level 2 of 4 Added Essential About launch",
        "Risk Practitioner, level 3 of 4 Raised from Working to Practitioner Expected Often."
        " About risk",
    ]
    assert "Core profile of TPM" in [heading.text for heading in part.all("h3")]
    assert [title.text for title in part.marked("group__title")] == ["Essential", "Expected"]
    assert [[row.text for row in group.all("li")] for group in groups] == [
        ["Plan Working, level 2 of 4 Plan for all."],
        ["Talk Working, level 2 of 4 Talk for all."],
    ]
    assert "It also has Risk, shown above as this role requires it." in part


def test_a_role_that_only_adds_a_note_is_not_said_to_change_the_skill(role: Role) -> None:
    for title in ("Plan", "Risk"):
        skill = SkillFactory(title=title)
        FamilyRequirementFactory(family=role.family, skill=skill)
        SkillRequirementFactory(
            role=role, skill=skill, proficiency=None, importance="", note="Often."
        )
    part = page_of(role).part("skills")
    assert "The skills of the core profile of TPM are all shown above." in part
    assert "Core profile of TPM" not in [heading.text for heading in part.all("h3")]
    assert "changes" not in part


def test_a_role_that_is_like_its_family_says_so(role: Role) -> None:
    FamilyRequirementFactory(family=role.family, skill__title="Risk")
    part = page_of(role).part("skills")
    assert "This role requires what all roles of its family do." in part
    assert "Risk" in part


def test_programs_read_the_core_profile_with_the_role(role: Role) -> None:
    core = FamilyRequirementFactory(family=role.family, skill__title="Risk")
    page = Client().get(role.get_absolute_url()).text
    start = page.index("application/ld+json")
    assert f'"name": "{core.skill}"' in page[start : page.index("</script>", start)]
    assert "Risk" in Client().get(f"{role.get_absolute_url()}?as=markdown").text


def test_further_text_is_where_its_form_says(role: Role) -> None:
    SkillRequirementFactory(role=role)
    role.body = "More."
    role.save()
    headings = page_of(role).headings
    assert headings[headings.index("skills") + 1] == "more"
    assert RoleAdmin.hints["body"] == "Further text; shown below the required skills."
