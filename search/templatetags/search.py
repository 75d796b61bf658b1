"""Template language of search results."""

from django import template

from search.index import kind_labels

register = template.Library()


@register.filter
def kind_name(kind: str) -> str:
    """What a thing of this kind of search entry is called."""
    return kind_labels()[kind]
