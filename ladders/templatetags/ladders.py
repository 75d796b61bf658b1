"""What pages of skills, roles and above show of ladders."""

from typing import Any

from django import template
from django.db.models import QuerySet
from django.template import Context
from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from ladders.matrix import Look, Row
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
def cells_of(context: Context, row: Row) -> SafeString:
    """The cells of one row of a ladder's table. There are hundreds in it: those that look the same are made once."""
    made: Any = context.render_context.setdefault("looks", {})  # type: ignore[arg-type]
    cells = ((cell.change, cell.level.name, _made_once(cell.look, made)) for cell in row.cells)
    return format_html_join("", '<td class="is-{}" data-level="{}">{}</td>', cells)


def _made_once(look: Look, made: dict[Look, str]) -> str:
    if look not in made:
        made[look] = render_to_string("ladders/_look.html", {"look": look})
    return made[look]
