"""The comparison of roles as a file for spreadsheets."""

import csv
import io

import pytest
from django.test import Client

from roles.importance import Importance
from tests.factories import RoleFactory, SkillFactory, SkillRequirementFactory, step_of
from tests.showing import HIDDEN, set_status

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def rows(query: str = "a=build&b=launch") -> list[list[str]]:
    answer = Client().get(f"/roles/compare.csv?{query}")
    assert answer.status_code == 200
    return list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))  # type: ignore[attr-defined]


def test_it_has_a_row_for_each_skill_what_separates_most_first() -> None:
    build, launch = (
        RoleFactory(title="Build", slug="build"),
        RoleFactory(title="Launch", slug="launch"),
    )
    risk, code, any_skill = (
        SkillFactory(title="Risk"),
        SkillFactory(title="Code"),
        SkillFactory(title="Any", scale=None),
    )
    for role in (build, launch):
        SkillRequirementFactory(role=role, skill=risk, proficiency=step_of(risk, 1))
    SkillRequirementFactory(role=build, skill=code, proficiency=step_of(code, 3))
    SkillRequirementFactory(
        role=launch, skill=any_skill, proficiency=None, importance=Importance.HELPFUL
    )
    assert rows() == [
        ["skill", "Build", "Launch"],
        ["Code", "Expert (essential)", ""],
        ["Any", "", "Not graded (helpful)"],
        ["Risk", "Working (essential)", "Working (essential)"],
    ]
    assert (
        'href="/roles/compare.csv?a=build&amp;b=launch"'
        in Client().get("/roles/compare/?a=build&b=launch").text
    )


@pytest.mark.parametrize("query", ["", "a=build", "a=build&b=nowhere", "a=build&b=build"])
def test_without_two_roles_it_is_empty(query: str) -> None:
    RoleFactory(slug="build")
    assert rows(query) == [["skill"]]


def test_a_hidden_role_is_not_compared() -> None:
    launch = RoleFactory(slug="launch")
    RoleFactory(slug="build")
    assert len(rows()[0]) == 3
    for status in HIDDEN:
        set_status(launch, status)
        assert rows() == [["skill"]]
