"""Template language of all content: Markdown, lists in text columns, provenance."""

from collections.abc import Iterable

from django import template
from django.conf import settings
from django.template import Context
from django.template.defaultfilters import stringfilter
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils.safestring import SafeString

from content.base_models import ContentModel
from content.markdown import plain_text, render_markdown
from content.models import CollectionItem

register = template.Library()

#: Letters of a column's name with which it takes at most seven lines of the narrowest column.
LONGEST_STICKING = 48


@register.filter
@stringfilter
def markdown(source: str, top: int = 3) -> SafeString:
    """Markdown as safe HTML, its highest headings at level `top`."""
    return render_markdown(source, top)


@register.filter
@stringfilter
def unmarked(source: str) -> str:
    """Markdown as plain words on one line."""
    return " ".join(plain_text(source).split())


@register.filter
@stringfilter
def lines(text: str) -> list[str]:
    """The lines of a text column that holds a list."""
    return [line for line in map(str.strip, text.splitlines()) if line]


@register.filter
def is_shown_with(row: ContentModel, thing: CollectionItem) -> bool:
    """Whether a row that the page of `thing` names is public, or shown to editors beside it."""
    return row.is_shown_on(thing)


@register.filter
def matrix_class(columns: Iterable[object]) -> str:
    """The CSS class of a table with these columns.

    Their names stay in view unless they would hide too much of it.
    """
    sticks = all(len(str(column)) <= LONGEST_STICKING for column in columns)
    return "matrix" if sticks else "matrix matrix--whole"


@register.filter
def upto(count: int | None) -> range:
    """1 … count, to draw as many marks as there are steps."""
    return range(1, (count or 0) + 1)


@register.filter
@stringfilter
def direction(language: str) -> str:
    """The way a language is written: rtl or ltr."""
    return "rtl" if language.lower().partition("-")[0] in settings.LANGUAGES_BIDI else "ltr"


@register.simple_tag(takes_context=True)
def block_again(context: Context, name: str) -> SafeString:
    """A block of the page once more, for a title that is in the page and in its description."""
    block = context.render_context[BLOCK_CONTEXT_KEY].get_block(name)
    return block.nodelist.render(context)
