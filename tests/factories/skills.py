"""Factories of the skills app."""

from typing import Any

import factory
from factory import LazyAttribute, LazyAttributeSequence, SelfAttribute, Sequence, SubFactory

from skills import models as skills
from tests.factories.content import GatedFactory, OwnedFactory, PublishableFactory, slug_of_title

STEPS = ["Awareness", "Working", "Practitioner", "Expert"]


def step_of(skill: skills.Skill, position: int = 1) -> skills.Proficiency | None:
    """A step of the skill's scale, counted from 0; none if the skill has no scale."""
    return skill.scale and skill.scale.proficiencies.order_by("position")[position]


class ScaleFactory(OwnedFactory):
    """The collection's scale of this slug, with four steps; `steps=[…]` names others."""

    class Meta:
        model = skills.Scale
        django_get_or_create = ("collection", "slug")
        skip_postgeneration_save = True

    title = "Standard"

    @factory.post_generation
    def steps(self, create: bool, titles: list[str] | None, **kwargs: Any) -> None:
        """Proficiencies in this order; a scale that already has some is not changed."""
        if create and not self.proficiencies.exists():
            for position, title in enumerate(STEPS if titles is None else titles, start=1):
                ProficiencyFactory(scale=self, title=title, position=position)


class ProficiencyFactory(GatedFactory):
    """One more step of a scale."""

    class Meta:
        model = skills.Proficiency

    scale = SubFactory(ScaleFactory, steps=[])
    title = Sequence(lambda n: f"Step {n:04}")
    slug = LazyAttributeSequence(slug_of_title)
    position = Sequence(lambda n: n + 100)


class SkillGroupFactory(OwnedFactory):
    """A heading over skills."""

    class Meta:
        model = skills.SkillGroup

    title = Sequence(lambda n: f"Skill group {n:04}")


class SkillFactory(PublishableFactory):
    """A skill on its collection's standard scale; `descriptors=True` describes every step."""

    class Meta:
        model = skills.Skill
        skip_postgeneration_save = True

    kind = skills.Skill.Kind.SKILL
    title = Sequence(lambda n: f"Skill {n:04}")
    group = SubFactory(SkillGroupFactory, collection=SelfAttribute("..collection"))
    scale = SubFactory(ScaleFactory, collection=SelfAttribute("..collection"))
    body = "What it is."

    @factory.post_generation
    def descriptors(self, create: bool, wanted: bool | None, **kwargs: Any) -> None:
        """A descriptor at each step of the scale."""
        for step in self.scale.proficiencies.all() if create and wanted else []:
            SkillDescriptorFactory(skill=self, proficiency=step)


class SkillDescriptorFactory(GatedFactory):
    """How a skill looks at one step of its scale."""

    class Meta:
        model = skills.SkillDescriptor

    skill = SubFactory(SkillFactory)
    proficiency = LazyAttribute(lambda row: step_of(row.skill))
    text = LazyAttribute(lambda row: f"{row.skill.title} at {row.proficiency.title}.")


class IndicatorFactory(GatedFactory):
    """A sign of one step of a skill."""

    class Meta:
        model = skills.Indicator

    skill = SubFactory(SkillFactory)
    proficiency = LazyAttribute(lambda row: step_of(row.skill))
    text = "Names the next risk before anybody asks."


class LearningResourceFactory(PublishableFactory):
    """A book to learn from; `skills=[…]` links it."""

    class Meta:
        model = skills.LearningResource
        skip_postgeneration_save = True

    title = Sequence(lambda n: f"Book {n:04}")
    kind = skills.LearningResource.Kind.BOOK
    author = "A. Author"
    skills = factory.PostGeneration(lambda row, create, given: given and row.skills.set(given))
