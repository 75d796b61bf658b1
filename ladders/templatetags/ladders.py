"""What pages of skills, roles and above show of ladders."""

from functools import reduce
from operator import add
from typing import Any

from django import template
from django.db.models import QuerySet
from django.template import Context
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ladders.matrix import Cell, Row
from ladders.models import Ladder, Level
from ladders.skill_levels import levels_needing
from roles.models import Role

register = template.Library()

#: Letters of a title that has room beside the texts of its level; longer ones stand above them.
LONGEST_BESIDE = 60


@register.simple_tag
def ladders_for(role: Role) -> QuerySet[Ladder]:
    """The public ladders of this role."""
    return Ladder.objects.for_role(role).shown_on(role)


register.simple_tag(levels_needing)


@register.filter
def level_class(level: Level) -> str:
    """The CSS classes of a level in the list of a ladder."""
    names = ["levels__level"]
    if level.track:
        names.append(f"levels__level--{level.track}")
    if len(level.title) > LONGEST_BESIDE:
        names.append("levels__level--long")
    return " ".join(names)


@register.simple_tag(takes_context=True)
def cells_of(context: Context, row: Row) -> SafeString:
    """The cells of one row of a ladder's table.

    There are hundreds in it: those that look the same are made once.
    """
    made: Any = context.render_context.setdefault("looks", {})  # type: ignore[arg-type]
    return reduce(add, (_cell(cell, made) for cell in row.cells))


def _cell(cell: Cell, made: dict[Any, SafeString]) -> SafeString:
    look = cell.look
    if look not in made:
        words = render_to_string("ladders/_look.html", {"look": look})
        made[look] = format_html('<td class="is-{}">{}</td>', look.change, words)
    return made[look]
