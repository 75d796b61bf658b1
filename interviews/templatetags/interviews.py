"""What pages of skills, roles and ladders show of interviews."""

from collections.abc import Iterable
from typing import Any, Protocol

from django import template
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, When

from interviews.discrimination_laws import LAWS
from interviews.models import Question, QuestionSet, QuestionSkill
from interviews.unfair_topics import TOPICS
from ladders.models import Ladder, Level
from roles.models import Role
from skills.models import Skill

SHOWN = 8

register = template.Library()


class HasSkill(Protocol):
    """A row about one skill."""

    @property
    def skill(self) -> Skill:
        """The skill it is about."""


@register.simple_tag
def questions_probing(skill: Skill) -> QuerySet[Question]:
    """A handful of public questions that probe this skill."""
    probing = QuestionSkill.objects.filter(skill=skill).shown_on(skill).order_by("question")
    keys = probing.values("question")[:SHOWN]
    return (
        Question.objects.filter(pk__in=keys).shown_on(skill).select_related("band_from", "band_to")
    )


@register.simple_tag
def questions_for_level(level: Level, rows: Iterable[HasSkill]) -> QuerySet[Question]:
    """A few public questions about the skills of these rows, at the band of this level."""
    tested = QuestionSkill.objects.filter(
        question=OuterRef("pk"), skill__in=[row.skill for row in rows]
    )
    questions = (
        Question.objects.shown_on(level)
        .filter(Exists(tested))
        .exclude(audience="candidate")
        .order_by("id")
    )
    if level.band:
        questions = questions.for_band(level.band)
    return questions.for_list(level)[:SHOWN]


@register.simple_tag
def question_sets_for_role(role: Role) -> QuerySet[QuestionSet]:
    """The public question sets for this role, its ladders' levels, or any role of its collection.

    They come in that order.
    """
    its_own, of_level = Q(role=role), Q(role=None, level__ladder__in=Ladder.objects.for_role(role))
    place = Case(When(its_own, then=0), When(of_level, then=1), default=2)
    of_any = Q(role=None, level=None, collection=role.collection)
    sets = QuestionSet.objects.filter(its_own | of_level | of_any)
    return sets.shown_on(role).order_by(place, "position", "title", "id")


@register.simple_tag
def question_sets_for_level(level: Level) -> QuerySet[QuestionSet]:
    """The public question sets for this level."""
    return QuestionSet.objects.filter(level=level).shown_on(level)


@register.inclusion_tag("interviews/_not_to_ask.html")
def not_to_ask() -> dict[str, Any]:
    """What nobody asks a candidate."""
    return {"topics": TOPICS, "laws": LAWS}
