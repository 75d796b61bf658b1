"""What pages of skills, roles and above show of ladders."""

from django import template
from django.db.models import QuerySet

from ladders.models import Ladder
from ladders.skill_levels import levels_needing
from roles.models import Role

register = template.Library()


@register.simple_tag
def ladders_for(role: Role) -> QuerySet[Ladder]:
    """The public ladders of this role."""
    return Ladder.objects.for_role(role).published()


register.simple_tag(levels_needing)
