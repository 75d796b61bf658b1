"""What pages of skills and above show of roles."""

from collections.abc import Iterable

from django import template
from django.db.models import F
from django.template import Context
from django.utils.safestring import SafeString

from content.linked_data import linked_data, part
from content.markdown import plain_text
from roles.models import RequirementQuerySet, Role, SkillRequirement
from skills.models import Skill
from skills.steps import steps

register = template.Library()


@register.simple_tag
def roles_needing(skill: Skill) -> RequirementQuerySet:
    """The public roles that need this skill, those that need it most first."""
    needing = SkillRequirement.objects.filter(skill=skill).published(given="skill", within=skill.collection)
    rows = needing.select_related("role__collection", "proficiency").annotate(**steps())
    return rows.order_by(F("proficiency__position").desc(nulls_last=True), "-importance", "role__title", "id")


@register.simple_tag(takes_context=True)
def occupation(context: Context, role: Role, requirements: Iterable[SkillRequirement]) -> SafeString:
    """The role as programs read it."""
    absolute = context["request"].build_absolute_uri
    skills = [row.skill for row in requirements]
    return linked_data(
        "Occupation",
        name=role.title,
        alternateName=role.aliases.splitlines(),
        description=role.summary,
        responsibilities=plain_text(role.responsibilities),
        skills=[part("DefinedTerm", name=skill.title, url=absolute(skill.get_absolute_url())) for skill in skills],
        url=absolute(role.get_absolute_url()),
    )
