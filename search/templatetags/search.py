"""The template filter of search results."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from search.text import Part

register = template.Library()


@register.filter
def highlighted(parts: Iterable[Part]) -> SafeString:
    """The text of the parts as HTML, in which the highlighted ones are marked."""
    html = []
    for part in parts:
        html.append(format_html("<mark>{}</mark>", part.text) if part.highlighted else part.text)
    return format_html_join("", "{}", ((text,) for text in html))
