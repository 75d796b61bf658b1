"""What a skill looks like, step by step of its scale.

Each step has its descriptor and the signs by which it is recognised.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import F, Value

from content.querysets import ContentQuerySet
from skills.models import Indicator, Proficiency, Skill, SkillDescriptor
from skills.steps import steps

COLUMNS = (
    *(
        "proficiency__position",
        "proficiency",
        "proficiency__title",
        "proficiency__summary",
        "step",
        "steps",
    ),
    *("part", "place", "key", "text"),
)
#: The part of a rung that a descriptor is; the others are kinds of signs.
DESCRIPTOR = ""


@dataclass(frozen=True)
class Signs:
    """Signs of one kind."""

    label: str
    texts: Sequence[str]


@dataclass(frozen=True)
class Rung:
    """One step."""

    proficiency: Proficiency
    step: int
    steps: int
    text: str
    signs: Sequence[Signs]


def rungs_of(skill: Skill) -> list[Rung]:
    """The steps that are described, from the lowest. One query."""
    described = _parts(
        SkillDescriptor.objects.filter(skill=skill), skill, part=Value(DESCRIPTOR), place=Value(0)
    )
    signs = _parts(
        Indicator.objects.filter(skill=skill), skill, part=F("kind"), place=F("position")
    )
    rows = sorted(described.union(signs, all=True), key=_order)
    return [_rung(list(parts)) for _, parts in groupby(rows, key=lambda row: row[:2])]


def _parts(rows: ContentQuerySet, skill: Skill, **told: F | Value) -> Any:
    shown = rows.shown_on(skill)
    return shown.order_by().annotate(**steps(), key=F("pk"), **told).values_list(*COLUMNS)


def _order(row: tuple[Any, ...]) -> tuple[Any, ...]:
    position, proficiency, *_, part, place, key, _ = row
    kinds = [DESCRIPTOR, *Indicator.Kind.values]
    return position, proficiency, kinds.index(part), place, key


def _rung(parts: list[tuple[Any, ...]]) -> Rung:
    position, proficiency, title, summary, step, of, *_ = parts[0]
    texts = {
        part: [row[-1] for row in rows] for part, rows in groupby(parts, key=lambda row: row[-4])
    }
    text = "".join(texts.pop(DESCRIPTOR, []))
    signs = [Signs(Indicator.Kind(kind).label, found) for kind, found in texts.items()]
    return Rung(
        Proficiency(pk=proficiency, title=title, position=position, summary=summary),
        step,
        of,
        text,
        signs,
    )
