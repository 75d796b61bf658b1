"""Template tags about skills, for pages of skills and of what refers to them."""

from collections.abc import Iterable
from operator import attrgetter
from typing import Protocol

from django import template
from django.utils.html import format_html, format_html_join

from skills.models import Proficiency

register = template.Library()


class HasProficiency(Protocol):
    """A row that may name a proficiency."""

    @property
    def proficiency(self) -> Proficiency | None:
        """The proficiency it names."""


@register.simple_tag
def proficiency_legend(rows: Iterable[HasProficiency]) -> str:
    """What the titles of the proficiencies of these rows mean, the lowest first."""
    explained = {}
    for row in rows:
        proficiency = row.proficiency
        if proficiency and proficiency.summary:
            explained[proficiency.pk] = proficiency
    if not explained:
        return ""
    ordered = sorted(explained.values(), key=attrgetter("position", "pk"))
    terms = format_html_join("", "<dt>{}</dt><dd>{}</dd>", [(p.title, p.summary) for p in ordered])
    return format_html(
        '<details class="words"><summary>What the steps mean</summary><dl>{}</dl></details>', terms
    )
