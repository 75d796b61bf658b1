"""Template language of all content: Markdown, lists in text columns, provenance."""

from django import template
from django.template.defaultfilters import stringfilter
from django.utils.safestring import SafeString

from content.markdown import plain_text, render_markdown
from content.search_index import kind_names

register = template.Library()


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
def kind_name(kind: str) -> str:
    """What a thing of this kind of search entry is called."""
    return kind_names()[kind]


@register.filter
def upto(count: int | None) -> range:
    """1 … count, to draw as many marks as there are steps."""
    return range(1, (count or 0) + 1)
