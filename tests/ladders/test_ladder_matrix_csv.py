"""A ladder's table as a file for spreadsheets."""

import csv
import io

import pytest
from django.test import Client

from ladders.models import Level
from roles.importance import Importance
from tests.factories import (
    ExpectationFactory,
    LadderFactory,
    LevelFactory,
    LevelRequirementFactory,
    SkillFactory,
    SkillGroupFactory,
    step_of,
)
from tests.showing import HIDDEN, set_status

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def level() -> Level:
    return LevelFactory(title="Senior", code="R4", ladder=LadderFactory(slug="tpm"))


def rows() -> list[list[str]]:
    answer = Client().get("/ladders/tpm/matrix.csv")
    assert answer["Content-Disposition"] == 'attachment; filename="tpm-matrix.csv"'
    return list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))  # type: ignore[attr-defined]


def test_it_has_a_row_for_each_skill_and_a_column_for_each_level(level: Level) -> None:
    staff = LevelFactory(title="Staff", ladder=level.ladder, position=level.position + 1)
    skill = SkillFactory(title="=Risk", group=SkillGroupFactory(title="Delivery"))
    LevelRequirementFactory(
        level=level, skill=skill, proficiency=step_of(skill, 1), importance=Importance.HELPFUL
    )
    LevelRequirementFactory(level=staff, skill=skill, proficiency=step_of(skill, 3))
    assert rows() == [
        ["group", "skill", "Senior (R4)", "Staff"],
        ["Delivery", "'=Risk", "Working (helpful)", "Expert (expected)"],
    ]


def test_a_cell_says_that_it_decides_a_promotion(level: Level) -> None:
    LevelRequirementFactory(level=level, decides=True)
    assert rows()[1][2] == "Working (expected, decides)"


def test_a_ladder_without_requirements_counts_what_it_says(level: Level) -> None:
    skill = SkillFactory(title="Risk", group=SkillGroupFactory(title="Delivery"))
    ExpectationFactory.create_batch(2, level=level, skill=skill, group=None)
    assert rows() == [["group", "under", "Senior (R4)"], ["Delivery", "Risk", "2"]]


def test_an_empty_ladder_has_its_heads_alone(level: Level) -> None:
    assert rows() == [["group", "under", "Senior (R4)"]]


def test_what_is_not_published_is_not_in_it(level: Level) -> None:
    requirement = LevelRequirementFactory(level=level)
    for status in HIDDEN:
        set_status(requirement.skill, status)
        assert len(rows()) == 1
        set_status(level.ladder, status)
        assert Client().get("/ladders/tpm/matrix.csv").status_code == 404
        set_status(level.ladder, level.ladder.status)


def test_the_ladder_leads_to_it(level: Level) -> None:
    LevelRequirementFactory(level=level)
    assert 'href="/ladders/tpm/matrix.csv"' in Client().get("/ladders/tpm/").text
