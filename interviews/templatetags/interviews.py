"""What pages of skills, roles and ladders show of interviews."""

from django import template
from django.db.models import Exists, OuterRef, QuerySet

from interviews.models import Question, QuestionSet, QuestionSkill
from ladders.models import Level, LevelRequirement
from roles.models import Role
from skills.models import Skill

SHOWN = 8

register = template.Library()


@register.simple_tag
def questions_probing(skill: Skill) -> QuerySet[Question]:
    """A handful of public questions that probe this skill."""
    within = skill.collection
    probing = QuestionSkill.objects.filter(skill=skill).published(given="skill", within=within).order_by("question")
    keys = list(probing.values_list("question", flat=True)[:SHOWN])
    return Question.objects.filter(pk__in=keys).published(within=within).for_list(within)


@register.simple_tag
def questions_for_level(level: Level) -> QuerySet[Question]:
    """A handful of public questions that probe what this level needs, at its band."""
    within = level.ladder.collection
    needed = LevelRequirement.objects.filter(level=level).published(given="level", within=within).values("skill")
    tested = QuestionSkill.objects.filter(question=OuterRef("pk"), skill__in=needed)
    questions = Question.objects.published(within=within).filter(Exists(tested), audience="interviewer").order_by("id")
    if level.band:
        questions = questions.for_band(level.band)
    return questions.for_list(within)[:SHOWN]


@register.simple_tag
def question_sets_for_role(role: Role) -> QuerySet[QuestionSet]:
    """The public question sets for this role."""
    return QuestionSet.objects.filter(role=role).published(within=role.collection)


@register.simple_tag
def question_sets_for_level(level: Level) -> QuerySet[QuestionSet]:
    """The public question sets for this level."""
    return QuestionSet.objects.filter(level=level).published(within=level.ladder.collection)
