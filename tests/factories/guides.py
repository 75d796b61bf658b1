"""Factories of the guides app."""

import factory
from factory import Sequence

from guides.models import Guide
from tests.factories.content import PublishableFactory


class GuideFactory(PublishableFactory):
    """A guide; `roles=[…]`, `skills=[…]`, `ladders=[…]` link it."""

    class Meta:
        model = Guide
        skip_postgeneration_save = True

    title = Sequence(lambda n: f"Guide {n:04}")
    audience = Guide.Audience.NEWCOMER
    body = "## First\n\nRead this."
    roles = factory.PostGeneration(lambda row, create, given: given and row.roles.set(given))
    skills = factory.PostGeneration(lambda row, create, given: given and row.skills.set(given))
    ladders = factory.PostGeneration(lambda row, create, given: given and row.ladders.set(given))
