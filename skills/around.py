"""The skills around one skill.

They are those before and after it in its group, and those that it names as related.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from skills.models import Skill


@dataclass(frozen=True)
class Around:
    """What a skill's page leads on to."""

    before: Skill | None
    after: Skill | None
    related: Sequence[Skill]


def around(skill: Skill) -> Around:
    """The public skills around this one. One query: a related skill may be the next one too."""
    group = Skill.objects.filter(group=skill.group)
    is_before, is_after = group.neighbour_conditions(skill, "position", "title", "id")
    is_related = Q(pk__in=skill.related.values("pk"))
    shown = Skill.objects.shown_on(skill).filter(is_before | is_after | is_related)
    found = shown.order_by("title", "id").annotate(
        is_before=is_before, is_after=is_after, is_related=is_related
    )
    return Around(
        before=next((row for row in found if row.is_before), None),
        after=next((row for row in found if row.is_after), None),
        related=[row for row in found if row.is_related],
    )
