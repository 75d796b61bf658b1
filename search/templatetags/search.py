"""Template language of search results."""

from django import template

from search.index import kind_names

register = template.Library()


@register.filter
def kind_name(kind: str) -> str:
    """What a thing of this kind of search entry is called."""
    return kind_names()[kind]
