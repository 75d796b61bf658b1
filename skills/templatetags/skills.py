"""What pages of skills and above say of skills."""

from collections.abc import Iterable
from typing import Any

from django import template

from skills.models import Proficiency

register = template.Library()


@register.filter
def steps_explained(rows: Iterable[Any]) -> list[Proficiency]:
    """The proficiencies that rows name and whose scale explains them, each once, lowest first."""
    named = {
        row.proficiency.pk: row.proficiency
        for row in rows
        if row.proficiency and row.proficiency.summary
    }
    return sorted(named.values(), key=lambda step: (step.position, step.pk))
