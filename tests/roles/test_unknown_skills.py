"""Roles that list no skills: this does not make anything new, higher or particular."""

import csv
import io

import pytest
from django.test import Client

from roles.models import Role, SkillRequirement
from skills.models import Skill
from tests.factories import (
    RoleFactory,
    RoleFamilyFactory,
    RoleMoveFactory,
    SkillFactory,
    SkillRequirementFactory,
    step_of,
)
from tests.markup import Page

pytestmark = pytest.mark.django_db

COMPARED = "/roles/compare/?a=product&b=business&c=silent"


@pytest.fixture
def risk() -> Skill:
    return SkillFactory(title="Risk")


@pytest.fixture
def roles() -> list[Role]:
    family = RoleFamilyFactory()
    names = ["product", "business", "silent"]
    return [
        RoleFactory(title=name.title(), slug=name, family=family, featured=True) for name in names
    ]


def need(role: Role, skill: Skill, step: int | None) -> None:
    SkillRequirementFactory(
        role=role, skill=skill, proficiency=None if step is None else step_of(skill, step)
    )


def test_a_role_without_skills_is_named_and_not_compared_by_them(
    roles: list[Role], risk: Skill
) -> None:
    need(roles[0], risk, 1)
    need(roles[1], SkillFactory(title="Code"), 1)
    page = Page.read(Client(), COMPARED)
    assert "Silent lists no skills, so it cannot be compared by skills." in page
    assert [cell.text for cell in page.part("separating").one("thead").all("th")] == [
        "Skill",
        "Product",
        "Business",
    ]
    need(roles[2], risk, 1)
    page = Page.read(Client(), COMPARED)
    assert "lists no skills" not in page
    assert len(page.part("separating").one("thead").all("th")) == 4


def test_one_role_with_skills_alone_needs_nothing_more_than_the_others(
    roles: list[Role], risk: Skill
) -> None:
    need(roles[0], risk, 1)
    page = Page.read(Client(), COMPARED)
    assert "Skills that Product requires" in page
    assert "only here" not in page
    need(roles[1], SkillFactory(title="Code"), 1)
    assert "only here" in Page.read(Client(), COMPARED)


@pytest.mark.parametrize(("step", "mark"), [(None, False), (1, True)])
def test_a_proficiency_that_is_not_stated_is_not_lower(
    roles: list[Role], risk: Skill, step: int | None, mark: bool
) -> None:
    need(roles[0], risk, step)
    need(roles[1], risk, 2)
    assert ("higher here" in Page.read(Client(), "/roles/compare/?a=product&b=business")) is mark


def test_the_file_of_a_comparison_says_what_is_not_stated(roles: list[Role], risk: Skill) -> None:
    need(roles[0], risk, 1)
    need(roles[1], SkillFactory(title="Code"), 1)
    answer = Client().get(COMPARED.replace("/compare/", "/compare.csv"))
    rows = list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))  # type: ignore[attr-defined]
    assert rows[0] == ["skill", "Product", "Business", "Silent"]
    assert [row[1:] for row in sorted(rows[1:])] == [
        ["", "Working (essential)", "not stated"],
        ["Working (essential)", "", "not stated"],
    ]


@pytest.mark.parametrize(
    ("before", "after", "cost"),
    [
        (None, 2, "skills not stated"),
        (2, None, "skills not stated"),
        (1, 2, "0 new, 1 higher"),
        (2, 1, "no additional skills"),
    ],
)
def test_a_move_costs_what_is_known(
    roles: list[Role], risk: Skill, before: int | None, after: int | None, cost: str
) -> None:
    for role, step in ((roles[0], before), (roles[1], after)):
        if step is not None:
            need(role, risk, step)
    RoleMoveFactory(from_role=roles[0], to_role=roles[1])
    page = Page.read(Client(), "/roles/map/")
    assert page.marked("cost")[0].one("summary").one("small").text.endswith(cost)


@pytest.mark.parametrize(("before", "after"), [(None, 2), (2, None)])
def test_a_move_names_skills_of_which_one_role_states_no_proficiency(
    roles: list[Role], risk: Skill, before: int | None, after: int | None
) -> None:
    need(roles[0], risk, before)
    need(roles[1], risk, after)
    RoleMoveFactory(from_role=roles[0], to_role=roles[1])
    cost = Page.read(Client(), "/roles/map/").marked("cost")[0]
    assert cost.one("summary").one("small").text.endswith("0 new, 0 higher, 1 not graded")
    assert "Required by both, at a proficiency that one of them does not state: Risk" in cost


def test_a_role_without_skills_is_not_the_end_of_a_choice(roles: list[Role], risk: Skill) -> None:
    need(roles[0], risk, 3)
    need(roles[1], risk, 0)
    page = Page.read(Client(), "/roles/choose/")
    assert "Silent" not in page
    assert "Product" in page


def test_a_proficiency_that_is_not_stated_is_neither_alike_nor_different(
    roles: list[Role], risk: Skill
) -> None:
    need(roles[0], risk, None)
    need(roles[1], risk, 0)
    url = "/roles/compare/?a=product&b=business"
    page = Page.read(Client(), url)
    headings = [heading.text for heading in page.all("h2")]
    assert "Required by all, at a proficiency that not all of them state" in headings
    assert "Shared requirements" not in headings
    assert "Differences" not in headings
    answer = Client().get(f"/roles/compare.csv{url.partition('/compare/')[2]}")
    rows = list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))  # type: ignore[attr-defined]
    assert rows[1] == ["Risk", "Not graded (essential)", "Awareness (essential)"]
    SkillRequirement.objects.filter(role=roles[0]).update(importance="helpful")
    assert "Differences" in Page.read(Client(), url)
