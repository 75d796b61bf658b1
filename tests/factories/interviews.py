"""Factories of the interviews app."""

import factory
from factory import LazyAttribute, LazyAttributeSequence, SelfAttribute, Sequence, SubFactory

from interviews import models as interviews
from tests.factories.content import GatedFactory, PublishableFactory, slug_of_title
from tests.factories.skills import SkillFactory, step_of


class AnswerFrameworkFactory(PublishableFactory):
    """A way to tell a story."""

    class Meta:
        model = interviews.AnswerFramework

    title = Sequence(lambda n: f"Framework {n:04}")


class AnswerStepFactory(GatedFactory):
    """One step of an answer framework, each after the one before."""

    class Meta:
        model = interviews.AnswerStep

    framework = SubFactory(AnswerFrameworkFactory)
    title = Sequence(lambda n: f"Part {n:04}")
    slug = LazyAttributeSequence(slug_of_title)
    position = Sequence(lambda n: n)
    candidate = "What was it like?"


class QuestionFactory(PublishableFactory):
    """A question; `roles=[…]` names the roles it is for."""

    class Meta:
        model = interviews.Question
        skip_postgeneration_save = True

    title = Sequence(lambda n: f"Question {n:04}")
    prompt = LazyAttribute(lambda row: f"Tell me about {row.title}.")
    kind = interviews.Question.Kind.BEHAVIORAL
    audience = interviews.AskedBy.INTERVIEWER
    guidance = "Ask for one case."
    avoid = "Do not reward names."
    minutes = 10
    roles = factory.PostGeneration(lambda row, create, given: given and row.roles.set(given))


class QuestionSkillFactory(GatedFactory):
    """A skill that a question probes."""

    class Meta:
        model = interviews.QuestionSkill

    question = SubFactory(QuestionFactory)
    skill = SubFactory(SkillFactory, collection=SelfAttribute("..question.collection"))
    proficiency = LazyAttribute(lambda row: step_of(row.skill))


class ProbeFactory(GatedFactory):
    """A follow-up."""

    class Meta:
        model = interviews.Probe

    question = SubFactory(QuestionFactory)
    text = Sequence(lambda n: f"And then {n:04}?")


class AnchorFactory(GatedFactory):
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

    title = Sequence(lambda n: f"Question set {n:04}")
    stage = interviews.QuestionSet.Stage.ONSITE
    audience = interviews.Audience.INTERVIEWER
    intro = "Say hello."
    minutes = 45


class SetSectionFactory(GatedFactory):
    """A part of a question set."""

    class Meta:
        model = interviews.SetSection

    question_set = SubFactory(QuestionSetFactory)
    title = Sequence(lambda n: f"Section {n:04}")
    position = Sequence(lambda n: n)


class SetItemFactory(GatedFactory):
    """A question in its place in a set."""

    class Meta:
        model = interviews.SetItem

    section = SubFactory(SetSectionFactory)
    question = SubFactory(
        QuestionFactory, collection=SelfAttribute("..section.question_set.collection")
    )
    position = Sequence(lambda n: n)
    required = True
    minutes = 10
