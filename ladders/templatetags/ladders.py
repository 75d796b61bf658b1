"""Template tags about ladders, for pages of ladders, roles and skills."""

from collections.abc import Iterable

from django import template
from django.db.models import QuerySet
from django.template import Context
from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from ladders.heat_map import HeatLabel
from ladders.models import Ladder, Level
from ladders.requirements import levels_requiring
from roles.models import Role

register = template.Library()
register.simple_tag(levels_requiring)

#: How many letters of a title fit beside the texts of its level; longer titles are above them.
MAX_LETTERS_BESIDE = 60


@register.simple_tag
def ladders_for(role: Role) -> QuerySet[Ladder]:
    """The public ladders of this role."""
    return Ladder.objects.for_role(role).shown_on(role)


@register.filter
def level_class(level: Level) -> str:
    """The CSS classes of a level in the list of a ladder."""
    names = ["levels__level"]
    if level.track:
        names.append(f"levels__level--{level.track}")
    if len(level.title) > MAX_LETTERS_BESIDE:
        names.append("levels__level--long")
    return " ".join(names)


@register.simple_tag(takes_context=True)
def heat_cells(context: Context, labels: Iterable[HeatLabel]) -> SafeString:
    """The cells of one row of a heat map.

    A table has hundreds of cells, so each different label is rendered once.
    """
    if "heat_cells" not in context.render_context:
        context.render_context["heat_cells"] = {}
    rendered: dict[HeatLabel, SafeString] = context.render_context["heat_cells"]
    cells = []
    for label in labels:
        if label not in rendered:
            rendered[label] = render_to_string("ladders/_heat_cell.html", {"label": label})
        cells.append(rendered[label])
    return format_html_join("", "{}", [(cell,) for cell in cells])
