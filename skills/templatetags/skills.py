"""Template tags about skills, for pages of skills and of what refers to them."""

from collections.abc import Iterable
from operator import attrgetter
from typing import Protocol

from django import template

from skills.models import Proficiency

register = template.Library()


class HasProficiency(Protocol):
    """A row that may name a proficiency."""

    @property
    def proficiency(self) -> Proficiency | None:
        """The proficiency it names."""


@register.filter
def explained_proficiencies(rows: Iterable[HasProficiency]) -> list[Proficiency]:
    """Return the proficiencies of these rows that have an explanation, each once, lowest first."""
    explained = {}
    for row in rows:
        proficiency = row.proficiency
        if proficiency and proficiency.summary:
            explained[proficiency.pk] = proficiency
    return sorted(explained.values(), key=attrgetter("position", "pk"))
