"""Template tags and filters of all content: Markdown, lists in text columns, tables, languages."""

from collections.abc import Iterable

from django import template
from django.conf import settings
from django.template import Context
from django.template.defaultfilters import stringfilter
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils.safestring import SafeString

from content.base_models import ContentModel
from content.markdown import render_markdown, text_in_one_line
from content.models import CollectionItem

register = template.Library()
register.filter("markdown", stringfilter(render_markdown))
register.filter("strip_markdown", stringfilter(text_in_one_line))

#: Characters of a column's name that take at most seven lines of the narrowest column.
MAX_STICKY_LENGTH = 48


@register.filter
@stringfilter
def lines(text: str) -> list[str]:
    """The lines of a text column that has a list, without blank ones."""
    stripped = map(str.strip, text.splitlines())
    return [line for line in stripped if line]


@register.filter
def is_shown_with(row: ContentModel, page: CollectionItem) -> bool:
    """Whether the page of a row may show another row: a public one, or for editors a draft."""
    return row.is_shown_on(page)


@register.filter
def matrix_class(columns: Iterable[object]) -> str:
    """The CSS class of a table with these columns.

    The names of the columns stay visible while the table is scrolled, unless they are too long.
    """
    is_sticky = all(len(str(column)) <= MAX_STICKY_LENGTH for column in columns)
    return "matrix" if is_sticky else "matrix matrix--whole"


@register.filter
def times(count: int | None) -> range:
    """1 … count, for a loop that draws so many marks."""
    return range(1, (count or 0) + 1)


@register.filter
@stringfilter
def direction(language: str) -> str:
    """The direction in which a language (BCP 47) is written: rtl or ltr."""
    return "rtl" if language.lower().partition("-")[0] in settings.LANGUAGES_BIDI else "ltr"


@register.simple_tag(takes_context=True)
def repeat_block(context: Context, name: str) -> SafeString:
    """A block of the page once more, for a title that the page and its description have."""
    block = context.render_context[BLOCK_CONTEXT_KEY].get_block(name)
    return block.nodelist.render(context)
