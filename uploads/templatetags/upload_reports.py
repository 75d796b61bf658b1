"""Template tags for the reports of uploads in the admin.

Reports count everything and show the first rows of each kind.
"""

from collections.abc import Sequence
from typing import TypeVar

from django import template
from django.template.defaultfilters import pluralize
from django.utils.html import format_html
from django.utils.safestring import SafeString

from content.text import first_names
from packs.report import MAX_DISPLAYED

register = template.Library()
Row = TypeVar("Row")


@register.filter(name="first_names")
def displayed_names(names: Sequence[str]) -> list[str]:
    """The names that a page displays, and how many more there are."""
    return first_names(names, MAX_DISPLAYED)


@register.filter
def first_shown(rows: Sequence[Row]) -> Sequence[Row]:
    """The rows that a report shows."""
    return rows[:MAX_DISPLAYED]


@register.simple_tag
def more_than_shown(rows: Sequence[object]) -> str | SafeString:
    """A paragraph that says how many more rows there are; empty if all are shown."""
    count = len(rows) - MAX_DISPLAYED
    if count <= 0:
        return ""
    return format_html('<p class="more">{} more.</p>', count)


@register.simple_tag
def row_tally(changed: int, unchanged: int, repeated: int) -> str:
    """How many rows of a file of questions change anything, as a sentence.

    :param repeated: how many rows only repeat another.
    """
    tally = f"{changed} row{pluralize(changed)} with changes, {unchanged} without"
    if repeated:
        tally += f", {repeated} that only repeat{pluralize(repeated, 's,')} another"
    return f"{tally}."


@register.filter
def ignored_columns_note(columns: Sequence[str]) -> str:
    """Which columns of the file were left out, as a sentence; may be empty."""
    if not columns:
        return ""
    return (
        "Columns that were ignored because a question file does not have them: "
        f"{', '.join(columns)}."
    )


@register.filter
def new_sections_note(titles: Sequence[str]) -> str:
    """Which sections the file adds to the set, as a sentence; may be empty."""
    if not titles:
        return ""
    return f"New section{pluralize(titles)}: {', '.join(titles)}."


@register.filter
def also_changed_note(titles: Sequence[str]) -> str:
    """Which other sets a changed question belongs to, as a sentence; may be empty."""
    if not titles:
        return ""
    return f"The question also changes in {', '.join(titles)}."
