"""Factories of guides and of synonyms."""

import factory
from factory import Sequence

from guides.models import Guide
from search.models import SynonymGroup
from tests.factories.content import GatedFactory, PublishableFactory


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


class SynonymGroupFactory(GatedFactory):
    """A group of two synonyms."""

    class Meta:
        model = SynonymGroup

    title = Sequence(lambda n: f"Synonyms {n:04}")
    slug = Sequence(lambda n: f"synonyms-{n:04}")
    terms = Sequence(lambda n: f"abbreviation{n:04}\nwords of abbreviation{n:04}")
