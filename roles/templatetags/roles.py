"""Template tags about roles, for pages of skills and of roles."""

from collections.abc import Iterable

from django import template
from django.db.models import F

from roles.models import Requirement, RequirementQuerySet, SkillRequirement
from skills.models import Skill
from skills.proficiencies import proficiency_ranks

register = template.Library()


@register.filter
def states_importance(requirements: Iterable[Requirement]) -> bool:
    """Whether any of these requirements states its importance."""
    return any(requirement.importance for requirement in requirements)


@register.simple_tag
def roles_requiring(skill: Skill) -> RequirementQuerySet:
    """The requirements of public roles for this skill, the highest proficiency first."""
    requirements = SkillRequirement.objects.filter(skill=skill).shown_on(skill)
    rows = requirements.select_related("role__collection", "proficiency").annotate(
        **proficiency_ranks()
    )
    return rows.order_by(
        F("proficiency__position").desc(nulls_last=True), "-importance", "role__title", "id"
    )
