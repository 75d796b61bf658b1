"""What pages of skills, roles, ladders and kits show of questions and question sets."""

from collections.abc import Iterable, Sequence
from operator import attrgetter

from django import template
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, When
from django.template.defaultfilters import pluralize

from content.lists import BoundedPaginator
from interviews.models import Question, QuestionSet, QuestionSkill
from interviews.unfair_topics import LAWS, TOPICS, Law, Topic
from ladders.models import Ladder, Level
from roles.models import Role
from skills.models import HasSkill, Skill

MAX_QUESTIONS = 8

register = template.Library()


@register.simple_tag
def questions_probing(skill: Skill) -> list[Question]:
    """Some public questions that probe this skill, by title."""
    probing = QuestionSkill.objects.filter(skill=skill).shown_on(skill).order_by("question")
    question_ids = probing.values("question")[:MAX_QUESTIONS]
    questions = Question.objects.filter(pk__in=question_ids).shown_on(skill)
    return list(questions.select_related("band_from", "band_to").order_by("title", "id"))


@register.simple_tag
def questions_for_level(level: Level, rows: Iterable[HasSkill]) -> list[Question]:
    """Some public questions for interviewers about these skills, at the band of the level.

    They are sorted by title.
    """
    skills = [row.skill for row in rows]
    tests = QuestionSkill.objects.filter(question=OuterRef("pk"), skill__in=skills)
    questions = Question.objects.shown_on(level).filter(Exists(tests))
    questions = questions.for_interviewers().order_by("id")
    if level.band:
        questions = questions.for_band(level.band)
    return sorted(questions[:MAX_QUESTIONS], key=attrgetter("title", "pk"))


@register.simple_tag
def tested_skills(rows: Iterable[HasSkill]) -> set[Skill]:
    """The skills of these rows for which the list of questions has any. One query."""
    skills = {row.skill.pk: row.skill for row in rows}
    tests = QuestionSkill.objects.filter(skill__in=skills).published().order_by()
    return {skills[key] for key in tests.values_list("skill", flat=True).distinct()}


@register.simple_tag
def question_sets_for_role(role: Role) -> QuerySet[QuestionSet]:
    """The public question sets for a role.

    First those of the role, then those of levels on its ladders, then those of its collection that
    are for any role and level.
    """
    of_role = Q(role=role)
    of_level = Q(role=None, level__ladder__in=Ladder.objects.for_role(role))
    of_any_role = Q(role=None, level=None, collection=role.collection)
    group = Case(When(of_role, then=0), When(of_level, then=1), default=2)
    sets = QuestionSet.objects.filter(of_role | of_level | of_any_role)
    return sets.shown_on(role).order_by(group, "position", "title", "id")


@register.simple_tag
def question_sets_for_level(level: Level) -> QuerySet[QuestionSet]:
    """The public question sets for this level."""
    return QuestionSet.objects.filter(level=level).shown_on(level)


@register.filter
def question_count(paginator: BoundedPaginator) -> str:
    """How many questions a list has, in words."""
    count = f"{paginator.count} question{pluralize(paginator.count)}"
    if paginator.more:
        return f"More than {count}"
    return count


@register.inclusion_tag("interviews/_not_to_ask.html")
def not_to_ask() -> dict[str, Sequence[Topic] | Sequence[Law]]:
    """The topics not to ask a candidate about."""
    return {"topics": TOPICS, "laws": LAWS}
