"""Factories of the ladders app."""

from typing import Any

import factory
from factory import LazyAttribute, LazyAttributeSequence, SelfAttribute, Sequence, SubFactory

from ladders import models as ladders
from roles.importance import Importance
from tests.factories.content import GatedFactory, PublishableFactory, slug_of_title
from tests.factories.roles import RoleFactory
from tests.factories.skills import SkillFactory, step_of


class BandFactory(GatedFactory):
    """A reference rank, each above the one before."""

    class Meta:
        model = ladders.Band

    title = Sequence(lambda n: f"Band {n:04}")
    slug = LazyAttributeSequence(slug_of_title)
    position = Sequence(lambda n: n)


class LadderFactory(PublishableFactory):
    """A ladder; `levels=3` gives it that many levels."""

    class Meta:
        model = ladders.Ladder
        skip_postgeneration_save = True

    title = Sequence(lambda n: f"Ladder {n:04}")
    role = SubFactory(RoleFactory, collection=SelfAttribute("..collection"))
    confidence = ladders.Confidence.HIGH
    rule = ladders.Ladder.Rule.PER_SKILL
    body = "How to read it."

    @factory.post_generation
    def levels(self, create: bool, count: int | None, **kwargs: Any) -> None:
        """Levels in order."""
        for position in range(1, (count or 0) + 1 if create else 1):
            LevelFactory(ladder=self, position=position)


class LevelFactory(GatedFactory):
    """One rung, each above the one before."""

    class Meta:
        model = ladders.Level

    ladder = SubFactory(LadderFactory)
    title = Sequence(lambda n: f"Level {n:04}")
    slug = LazyAttributeSequence(slug_of_title)
    position = Sequence(lambda n: n)
    summary = LazyAttribute(lambda row: f"{row.title} in one sentence.")
    track = ladders.Level.Track.INDIVIDUAL
    band_relation = ladders.Relation.OVERLAPS
    band_confidence = ladders.BandConfidence.MEDIUM
    scope = "One team."
    autonomy = "Decides how, not what."
    reach = "The teams around it."


class LevelMoveFactory(GatedFactory):
    """A promotion on one ladder."""

    class Meta:
        model = ladders.LevelMove

    from_level = SubFactory(LevelFactory)
    to_level = SubFactory(LevelFactory, ladder=SelfAttribute("..from_level.ladder"))


class LevelRequirementFactory(GatedFactory):
    """A skill that a level needs."""

    class Meta:
        model = ladders.LevelRequirement

    level = SubFactory(LevelFactory)
    skill = SubFactory(SkillFactory, collection=SelfAttribute("..level.ladder.collection"))
    importance = Importance.EXPECTED
    proficiency = LazyAttribute(lambda row: step_of(row.skill))


class ExpectationFactory(GatedFactory):
    """What a level does, under a skill; `skill=None, group=…` puts it under a dimension."""

    class Meta:
        model = ladders.Expectation

    level = SubFactory(LevelFactory)
    skill = SubFactory(SkillFactory, collection=SelfAttribute("..level.ladder.collection"))
    text = Sequence(lambda n: f"Does thing {n:04}.")
