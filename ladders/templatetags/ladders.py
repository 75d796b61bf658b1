"""What pages of skills, roles and above show of ladders."""

from typing import Any

from django import template
from django.db.models import QuerySet
from django.template import Context
from django.template.loader import render_to_string

from ladders.matrix import Cell
from ladders.models import Ladder
from ladders.skill_levels import levels_needing
from roles.models import Role

register = template.Library()


@register.simple_tag
def ladders_for(role: Role) -> QuerySet[Ladder]:
    """The public ladders of this role."""
    return Ladder.objects.for_role(role).published(within=role.collection)


register.simple_tag(levels_needing)


@register.simple_tag(takes_context=True)
def look_of(context: Context, cell: Cell) -> str:
    """What stands in the cell of a ladder's table; cells that look the same are rendered once."""
    rendered: Any = context.render_context.setdefault("looks", {})  # type: ignore[arg-type]
    if cell.look not in rendered:
        rendered[cell.look] = render_to_string("ladders/_look.html", {"look": cell.look})
    return rendered[cell.look]
