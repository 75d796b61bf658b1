"""What pages of skills and above show of roles."""

from collections.abc import Iterable

from django import template
from django.db.models import F

from roles.models import Requirement, RequirementQuerySet, SkillRequirement
from skills.models import Skill
from skills.steps import steps

register = template.Library()


@register.filter
def states_importance(rows: Iterable[Requirement]) -> bool:
    """Whether any of these requirements says how much it matters."""
    return any(row.importance for row in rows)


@register.simple_tag
def roles_needing(skill: Skill) -> RequirementQuerySet:
    """The public roles that need this skill, those that need it most first."""
    needing = SkillRequirement.objects.filter(skill=skill).shown_on(skill)
    rows = needing.select_related("role__collection", "proficiency").annotate(**steps())
    return rows.order_by(
        F("proficiency__position").desc(nulls_last=True), "-importance", "role__title", "id"
    )
