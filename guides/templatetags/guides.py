"""Template tags about guides, for pages of what guides are about."""

from collections.abc import Iterable

from django import template
from django.db.models import QuerySet

from guides.models import Guide
from ladders.models import Ladder
from roles.models import Role
from skills.models import HasSkill, Skill

#: How many guides a page lists that is not about one role, skill or ladder.
MAX_GUIDES = 5

register = template.Library()


@register.simple_tag
def guides_about(subject: Role | Skill | Ladder) -> QuerySet[Guide]:
    """The public guides about this role, skill or ladder."""
    return subject.guides.shown_on(subject)


@register.simple_tag
def guides_for_skills(rows: Iterable[HasSkill]) -> QuerySet[Guide]:
    """A few public guides about the skills of these rows."""
    skills = [row.skill for row in rows]
    return Guide.objects.filter(skills__in=skills).published().distinct()[:MAX_GUIDES]
