"""The role finder: each question divides the remaining roles, until one or two are left."""

import pytest
from django.test import Client

from roles.models import Role
from tests.factories import (
    FamilyRequirementFactory,
    RoleFactory,
    RoleFamilyFactory,
    ScaleFactory,
    SkillFactory,
    SkillRequirementFactory,
    step_of,
)
from tests.markup import Page
from tests.showing import assert_queries_do_not_grow

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

URL = "/roles/choose/"


@pytest.fixture
def roles() -> dict[str, Role]:
    """Four kinds, of which two lean on code; among those one leans on users as well."""
    family = RoleFamilyFactory()
    roles = {
        title: RoleFactory(title=title, family=family)
        for title in ["Build", "Launch", "Money", "People"]
    }
    Role.objects.filter(pk=roles["Build"].pk).update(featured=True)
    needs = {
        "Code": {"Build": 3, "Launch": 2, "Money": 0},
        "Users": {"Launch": 3, "Build": 1},
        "Plans": dict.fromkeys(roles, 2),
    }
    for title, steps in needs.items():
        skill = SkillFactory(title=title, slug=title.lower())
        for role, step in steps.items():
            SkillRequirementFactory(role=roles[role], skill=skill, proficiency=step_of(skill, step))
    RoleFactory(title="Elsewhere")
    return roles


def read(query: str = "") -> Page:
    return Page.read(Client(), URL + query)


def roles_needing(steps: list[int | None], titles: list[str]) -> None:
    """Roles that need writing at these steps of a scale with these titles."""
    family = RoleFamilyFactory()
    scale = ScaleFactory(slug="own", steps=titles)
    skill = SkillFactory(title="Writing", slug="writing", scale=scale)
    for number, step in enumerate(steps, 1):
        SkillRequirementFactory(
            role=RoleFactory(title=f"Role {number}", family=family, featured=True),
            skill=skill,
            proficiency=None if step is None else step_of(skill, step),
        )


def test_a_role_without_a_proficiency_stays_with_either_answer() -> None:
    roles_needing([3, 0, None], ["A", "B", "C", "D"])
    assert [side.text for side in read().marked("beside")[0].all("section")] == [
        "Yes Leads to Role 1, Role 3",
        "No Leads to Role 2, Role 3",
    ]


def test_roles_without_any_proficiency_are_not_parted_by_the_skill() -> None:
    roles_needing([None, None, 3], ["A", "B", "C", "D"])
    assert read().marked("beside") == []


@pytest.mark.parametrize(
    ("titles", "steps"),
    [(["Low", "High"], [0, 0, 1]), ([f"Step {n}" for n in range(10)], [3, 2, 8])],
)
def test_much_is_the_upper_part_of_any_scale(titles: list[str], steps: list[int | None]) -> None:
    roles_needing(steps, titles)
    assert read().marked("beside")[0].all("section")[0].text == "Yes Leads to Role 3"


@pytest.mark.usefixtures("roles")
def test_the_first_question_parts_the_roles_in_halves() -> None:
    page = read()
    assert "Do you want work that relies heavily on code?" in page
    assert [side.text for side in page.marked("beside")[0].all("section")] == [
        "Yes Leads to Build, Launch",
        "No Leads to Money, People",
    ]
    assert page.marked("beside")[0].links == ["?more=code", "?less=code"]


@pytest.mark.usefixtures("roles")
def test_an_answer_leaves_the_roles_that_fit_it_and_leads_to_comparing_them() -> None:
    page = read("?more=code")
    assert [item.one("h3").text for item in page.part("found").all("li")] == ["Build", "Launch"]
    assert "/roles/compare/?a=build&b=launch" in page.links
    assert page.marked("answers")[0].text == "Code: yes"


@pytest.mark.parametrize(
    ("query", "words"), [("?more=code&more=users", "This one"), ("?less=plans", "No role fits")]
)
@pytest.mark.usefixtures("roles")
def test_it_ends_in_one_role_or_says_that_none_fits(query: str, words: str) -> None:
    assert words in read(query)


@pytest.mark.parametrize("query", ["?more=nonsense", "?more=%00&less=::", "?other=code"])
@pytest.mark.usefixtures("roles")
def test_answers_about_nothing_are_left_out(query: str) -> None:
    assert "Do you want work that relies heavily on code?" in read(query)


def test_without_roles_it_leads_to_the_list() -> None:
    assert "No role fits" in read()


@pytest.mark.drawn(10, of="queries of one page")
def test_it_takes_as_many_queries_for_few_roles_as_for_many(roles: dict[str, Role]) -> None:
    def grow() -> None:
        SkillRequirementFactory(role=RoleFactory(family=roles["Build"].family))

    assert_queries_do_not_grow(URL, grow)


def test_a_skill_of_the_core_profile_divides_no_roles_that_leave_it_as_it_is(
    roles: dict[str, Role],
) -> None:
    family = roles["Build"].family
    talk = SkillFactory(title="Talk", slug="talk")
    FamilyRequirementFactory(family=family, skill=talk, proficiency=step_of(talk, 3))
    assert "Talk" not in read()
    for title in ("Build", "Money"):
        SkillRequirementFactory(role=roles[title], skill=talk, proficiency=step_of(talk, 0))
    page = read("?less=talk")
    assert {link for link in page.links if link.startswith("/roles/")} >= {
        roles[title].get_absolute_url() for title in ("Build", "Money")
    }
    assert roles["Launch"].get_absolute_url() not in page.links
