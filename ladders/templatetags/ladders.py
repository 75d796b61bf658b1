"""What pages of skills, roles and above show of ladders."""

from django import template
from django.db.models import Q, QuerySet

from ladders.models import Ladder, LevelRequirement
from roles.models import RequirementQuerySet, Role
from skills.models import Skill
from skills.steps import steps

register = template.Library()


@register.simple_tag
def ladders_for(role: Role) -> QuerySet[Ladder]:
    """The public ladders of this role."""
    ladders = Ladder.objects.filter(Q(role=role) | Q(pk__in=role.shared_ladders.values("pk")))
    return ladders.published(within=role.collection)


@register.simple_tag
def levels_needing(skill: Skill) -> RequirementQuerySet:
    """The public levels that need this skill, ladder by ladder from the bottom up."""
    needing = LevelRequirement.objects.filter(skill=skill).published(given="skill", within=skill.collection)
    rows = needing.select_related("level__ladder__collection", "proficiency").annotate(**steps())
    return rows.order_by("level__ladder__position", "level__ladder__title", "level__ladder", "level__position", "id")
