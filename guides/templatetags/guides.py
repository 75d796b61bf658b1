"""What the pages below show of guides."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.db.models import QuerySet

from guides.models import Guide
from ladders.models import Ladder
from roles.models import Role
from skills.models import Skill

RELATIONS = {Role: "roles", Skill: "skills", Ladder: "ladders"}
#: Guides of a list beside other things.
SHOWN = 5

register = template.Library()


@register.simple_tag
def guides_about(thing: Role | Skill | Ladder) -> QuerySet[Guide]:
    """The public guides that speak of this role, skill or ladder."""
    return Guide.objects.filter(**{RELATIONS[type(thing)]: thing}).shown_on(thing)


@register.simple_tag
def guides_for_skills(needs: Iterable[Any]) -> QuerySet[Guide]:
    """A few public guides that speak of the skills of these."""
    return (
        Guide.objects.filter(skills__in=[need.skill for need in needs])
        .published()
        .distinct()[:SHOWN]
    )
