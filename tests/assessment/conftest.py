"""A level to assess oneself against."""

import pytest

from ladders.models import Level
from roles.importance import Importance
from tests import factories
from tests.factories import (
    LadderFactory,
    LevelFactory,
    LevelRequirementFactory,
    SkillFactory,
    step_of,
)

STEPS = ["Aware", "Working", "Expert"]


@pytest.fixture
def level() -> Level:
    """A level that asks for two skills at the second of three steps, one of them helpful."""
    level = LevelFactory(
        title="Senior", slug="senior", ladder=LadderFactory(title="Reference", slug="tpm")
    )
    scale = factories.ScaleFactory(steps=STEPS)
    for title, importance in {
        "Risk": Importance.ESSENTIAL,
        "Writing": Importance.HELPFUL,
    }.items():
        skill = SkillFactory(title=title, slug=title.lower(), scale=scale)
        for step in range(3):
            text = f"{title} at step {step + 1}."
            factories.SkillDescriptorFactory(
                skill=skill, proficiency=step_of(skill, step), text=text
            )
        LevelRequirementFactory(
            level=level, skill=skill, proficiency=step_of(skill, 1), importance=importance
        )
    return level
