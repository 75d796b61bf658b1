"""The starter content has enough questions for the loops that its readers build."""

import pytest

from hiring.builder import LoopBuilder
from ladders.models import Level

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

ROUNDS, MINUTES = 4, 60


def test_four_hours_test_every_essential_skill_of_every_individual_level() -> None:
    levels = Level.objects.filter(ladder__organization="", track=Level.Track.INDIVIDUAL)
    assert len(levels) == 12
    for level in levels:
        builder = LoopBuilder(level, None, ROUNDS, MINUTES)
        essential = [skill for skill in builder.coverage.skills if skill.is_essential]
        assert len(essential) >= 6, level
        assert [str(skill.skill) for skill in essential if skill.is_gap] == [], level
