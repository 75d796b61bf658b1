"""One factory a model: published, in the portal's own collection, complete enough to be shown.

Every value can be given by keyword. A part takes the collection and the scale of what it belongs to, so
that `QuestionFactory(collection=imported)` makes one consistent question.
"""

from typing import Any

import factory
from django.contrib.auth.models import Group, Permission, User
from django.utils.text import slugify
from factory import LazyAttribute, LazyAttributeSequence, LazyFunction, SelfAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory

from content.gate import Status
from content.models import Collection
from guides.models import Guide
from interviews import models as interviews
from ladders import models as ladders
from roles import models as roles
from skills import models as skills

CONTENT_APPS = ["content", "skills", "roles", "ladders", "interviews", "guides"]
STEPS = ["Awareness", "Working", "Practitioner", "Expert"]


def home_collection() -> Collection:
    """The portal's own collection, made on first use."""
    return Collection.objects.filter(is_home=True).first() or CollectionFactory(
        slug="portal", title="TPM Portal", is_home=True
    )


def slug_of_title(row: Any, number: int) -> str:
    """The slug an editor would get from the title; a number where the title has no ASCII letters."""
    return slugify(row.title)[:80].strip("-") or f"untitled-{number}"


def step_of(skill: skills.Skill, position: int = 1) -> skills.Proficiency | None:
    """A step of the skill's scale, counted from 0; none if the skill has no scale."""
    return skill.scale and skill.scale.proficiencies.order_by("position")[position]


class CollectionFactory(DjangoModelFactory):
    """A foreign collection; `home_collection` gives the portal's own."""

    class Meta:
        model = Collection

    title = Sequence(lambda n: f"Collection {n}")
    slug = LazyAttributeSequence(slug_of_title)
    summary = "A framework."
    status = Status.PUBLISHED
    publisher = "Example Publisher"
    version = "1.0"
    licence = "CC-BY-4.0"
    licence_url = "https://creativecommons.org/licenses/by/4.0/"
    attribution = "Example Publisher, CC BY 4.0"


class OwnedFactory(DjangoModelFactory):
    """What rows of a collection share."""

    class Meta:
        abstract = True

    collection = LazyFunction(home_collection)
    slug = LazyAttributeSequence(slug_of_title)
    summary = LazyAttribute(lambda row: f"{row.title} in one sentence.")


class PublishableFactory(OwnedFactory):
    """What rows with a publishing state share."""

    class Meta:
        abstract = True

    status = Status.PUBLISHED


class ScaleFactory(OwnedFactory):
    """The collection's scale of this slug, with four steps; `steps=[…]` names others."""

    class Meta:
        model = skills.Scale
        django_get_or_create = ("collection", "slug")
        skip_postgeneration_save = True

    title = "Standard"

    @factory.post_generation
    def steps(self, create: bool, titles: list[str] | None, **kwargs: Any) -> None:
        """Steps in this order; a scale that has some keeps them."""
        if create and not self.proficiencies.exists():
            for position, title in enumerate(STEPS if titles is None else titles, start=1):
                ProficiencyFactory(scale=self, title=title, position=position)


class ProficiencyFactory(DjangoModelFactory):
    """One more step of a scale."""

    class Meta:
        model = skills.Proficiency

    scale = SubFactory(ScaleFactory, steps=[])
    title = Sequence(lambda n: f"Step {n}")
    slug = LazyAttributeSequence(slug_of_title)
    position = Sequence(lambda n: n + 100)


class SkillGroupFactory(OwnedFactory):
    """A heading over skills."""

    class Meta:
        model = skills.SkillGroup

    title = Sequence(lambda n: f"Skill group {n}")


class SkillFactory(PublishableFactory):
    """A skill on its collection's standard scale; `descriptors=True` describes every step."""

    class Meta:
        model = skills.Skill
        skip_postgeneration_save = True

    title = Sequence(lambda n: f"Skill {n}")
    group = SubFactory(SkillGroupFactory, collection=SelfAttribute("..collection"))
    scale = SubFactory(ScaleFactory, collection=SelfAttribute("..collection"))
    body = "What it is."

    @factory.post_generation
    def descriptors(self, create: bool, wanted: bool | None, **kwargs: Any) -> None:
        """A descriptor at each step of the scale."""
        for step in self.scale.proficiencies.all() if create and wanted else []:
            SkillDescriptorFactory(skill=self, proficiency=step)


class SkillDescriptorFactory(DjangoModelFactory):
    """How a skill looks at one step of its scale."""

    class Meta:
        model = skills.SkillDescriptor

    skill = SubFactory(SkillFactory)
    proficiency = LazyAttribute(lambda row: step_of(row.skill))
    text = LazyAttribute(lambda row: f"{row.skill.title} at {row.proficiency.title}.")


class LearningResourceFactory(PublishableFactory):
    """A book to learn from; `skills=[…]` links it."""

    class Meta:
        model = skills.LearningResource
        skip_postgeneration_save = True

    title = Sequence(lambda n: f"Book {n}")
    author = "A. Author"
    skills = factory.PostGeneration(lambda row, create, given: given and row.skills.set(given))


class RoleFamilyFactory(OwnedFactory):
    """A heading over roles."""

    class Meta:
        model = roles.RoleFamily

    title = Sequence(lambda n: f"Role family {n}")


class RoleFactory(PublishableFactory):
    """A role."""

    class Meta:
        model = roles.Role

    title = Sequence(lambda n: f"Role {n}")
    family = SubFactory(RoleFamilyFactory, collection=SelfAttribute("..collection"))
    purpose = "Why it exists."
    responsibilities = "- Answers for the programme."


class SkillRequirementFactory(DjangoModelFactory):
    """A skill that a role needs."""

    class Meta:
        model = roles.SkillRequirement

    role = SubFactory(RoleFactory)
    skill = SubFactory(SkillFactory, collection=SelfAttribute("..role.collection"))
    proficiency = LazyAttribute(lambda row: step_of(row.skill))


class RoleMoveFactory(DjangoModelFactory):
    """A move between two roles; `from_role=None, origin="…"` starts outside."""

    class Meta:
        model = roles.RoleMove

    from_role = SubFactory(RoleFactory)
    to_role = SubFactory(RoleFactory)
    text = "What it takes."


class BandFactory(DjangoModelFactory):
    """A reference rank, each above the one before."""

    class Meta:
        model = ladders.Band

    title = Sequence(lambda n: f"Band {n}")
    slug = LazyAttributeSequence(slug_of_title)
    position = Sequence(lambda n: n)


class LadderFactory(PublishableFactory):
    """A ladder; `levels=3` gives it that many levels."""

    class Meta:
        model = ladders.Ladder
        skip_postgeneration_save = True

    title = Sequence(lambda n: f"Ladder {n}")
    role = SubFactory(RoleFactory, collection=SelfAttribute("..collection"))
    body = "How to read it."

    @factory.post_generation
    def levels(self, create: bool, count: int | None, **kwargs: Any) -> None:
        """Levels in order."""
        for position in range(1, (count or 0) + 1 if create else 1):
            LevelFactory(ladder=self, position=position)


class LevelFactory(DjangoModelFactory):
    """One rung, each above the one before."""

    class Meta:
        model = ladders.Level

    ladder = SubFactory(LadderFactory)
    title = Sequence(lambda n: f"Level {n}")
    slug = LazyAttributeSequence(slug_of_title)
    position = Sequence(lambda n: n)
    summary = LazyAttribute(lambda row: f"{row.title} in one sentence.")
    scope = "One team."
    autonomy = "Decides how, not what."
    reach = "The teams around it."


class LevelMoveFactory(DjangoModelFactory):
    """A promotion on one ladder."""

    class Meta:
        model = ladders.LevelMove

    from_level = SubFactory(LevelFactory)
    to_level = SubFactory(LevelFactory, ladder=SelfAttribute("..from_level.ladder"))


class LevelRequirementFactory(DjangoModelFactory):
    """A skill that a level needs."""

    class Meta:
        model = ladders.LevelRequirement

    level = SubFactory(LevelFactory)
    skill = SubFactory(SkillFactory, collection=SelfAttribute("..level.ladder.collection"))
    proficiency = LazyAttribute(lambda row: step_of(row.skill))


class ExpectationFactory(DjangoModelFactory):
    """What a level does, under a skill; `skill=None, group=…` puts it under a dimension."""

    class Meta:
        model = ladders.Expectation

    level = SubFactory(LevelFactory)
    skill = SubFactory(SkillFactory, collection=SelfAttribute("..level.ladder.collection"))
    text = Sequence(lambda n: f"Does thing {n}.")


class AnswerFrameworkFactory(PublishableFactory):
    """A way to tell a story."""

    class Meta:
        model = interviews.AnswerFramework

    title = Sequence(lambda n: f"Framework {n}")


class AnswerStepFactory(DjangoModelFactory):
    """One step of an answer framework, each after the one before."""

    class Meta:
        model = interviews.AnswerStep

    framework = SubFactory(AnswerFrameworkFactory)
    title = Sequence(lambda n: f"Part {n}")
    slug = LazyAttributeSequence(slug_of_title)
    position = Sequence(lambda n: n)
    candidate = "What was it like?"


class QuestionFactory(PublishableFactory):
    """A question; `roles=[…]` names the roles it is for."""

    class Meta:
        model = interviews.Question
        skip_postgeneration_save = True

    title = Sequence(lambda n: f"Question {n}")
    prompt = LazyAttribute(lambda row: f"Tell me about {row.title}.")
    guidance = "Ask for one case."
    avoid = "Do not reward names."
    minutes = 10
    roles = factory.PostGeneration(lambda row, create, given: given and row.roles.set(given))


class QuestionSkillFactory(DjangoModelFactory):
    """A skill that a question probes."""

    class Meta:
        model = interviews.QuestionSkill

    question = SubFactory(QuestionFactory)
    skill = SubFactory(SkillFactory, collection=SelfAttribute("..question.collection"))
    proficiency = LazyAttribute(lambda row: step_of(row.skill))


class ProbeFactory(DjangoModelFactory):
    """A follow-up."""

    class Meta:
        model = interviews.Probe

    question = SubFactory(QuestionFactory)
    text = Sequence(lambda n: f"And then {n}?")


class AnchorFactory(DjangoModelFactory):
    """What a good answer shows."""

    class Meta:
        model = interviews.Anchor

    question = SubFactory(QuestionFactory)
    rating = interviews.Anchor.Rating.GOOD
    text = LazyAttribute(lambda row: f"Evidence for {row.rating}.")


class QuestionSetFactory(PublishableFactory):
    """The kit of one interview, without sections."""

    class Meta:
        model = interviews.QuestionSet

    title = Sequence(lambda n: f"Question set {n}")
    intro = "Say hello."
    minutes = 45


class SetSectionFactory(DjangoModelFactory):
    """A part of a question set."""

    class Meta:
        model = interviews.SetSection

    question_set = SubFactory(QuestionSetFactory)
    title = Sequence(lambda n: f"Section {n}")
    position = Sequence(lambda n: n)


class SetItemFactory(DjangoModelFactory):
    """A question in its place in a set."""

    class Meta:
        model = interviews.SetItem

    section = SubFactory(SetSectionFactory)
    question = SubFactory(QuestionFactory, collection=SelfAttribute("..section.question_set.collection"))
    position = Sequence(lambda n: n)
    minutes = 10


class GuideFactory(PublishableFactory):
    """A guide; `roles=[…]`, `skills=[…]`, `ladders=[…]` link it."""

    class Meta:
        model = Guide
        skip_postgeneration_save = True

    title = Sequence(lambda n: f"Guide {n}")
    body = "## First\n\nRead this."
    roles = factory.PostGeneration(lambda row, create, given: given and row.roles.set(given))
    skills = factory.PostGeneration(lambda row, create, given: given and row.skills.set(given))
    ladders = factory.PostGeneration(lambda row, create, given: given and row.ladders.set(given))


class UserFactory(DjangoModelFactory):
    """A person with an account and no rights; `password="…"` where a test logs in through the form."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = Sequence(lambda n: f"person-{n}")

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **kwargs: Any) -> User:
        return model_class.objects.create_user(*args, **kwargs)


class EditorFactory(UserFactory):
    """A member of the Editors group."""

    is_staff = True
    groups = factory.PostGeneration(lambda user, create, given: user.groups.set([editors()]))


class SuperuserFactory(UserFactory):
    """Somebody who may do everything."""

    is_staff = True
    is_superuser = True


def editors() -> Group:
    """The group that migrations make; a test that flushed the database has lost it."""
    group, created = Group.objects.get_or_create(name="Editors")
    if created:
        group.permissions.set(Permission.objects.filter(content_type__app_label__in=CONTENT_APPS))
    return group
