"""How much a ladder says at each level under each skill or dimension.

This is the table of a ladder without requirements.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Min

from content.models import Collection
from ladders.matrix import Matrix
from ladders.models import Expectation, Level
from ladders.standing import included
from skills.models import Skill, SkillGroup

SKILL = ("skill", "skill__title", "skill__slug", "skill__group", "skill__group__title")
OWNER = ("skill__collection", "skill__collection__slug", "skill__collection__is_home")
GROUP = ("group", "group__title", "group__slug")


@dataclass(frozen=True)
class Told:
    """How much one level says under one heading: itself, and by the levels below in it."""

    level: Level
    number: int
    inherited: int = 0


@dataclass(frozen=True)
class CoverageRow:
    """One skill or dimension over all levels."""

    subject: Skill | SkillGroup
    cells: Sequence[Told]

    @property
    def heading(self) -> str:
        """The skill group it stands under."""
        return (
            self.subject.group.title
            if isinstance(self.subject, Skill) and self.subject.group
            else ""
        )

    @property
    def is_skill(self) -> bool:
        """Whether the subject has a page of its own."""
        return isinstance(self.subject, Skill)


def coverage_of(matrix: Matrix) -> list[CoverageRow]:
    """The headings, with the number of expectations at each level.

    They are in the order in which they and their groups first occur. One query.
    """
    told = Expectation.objects.filter(level__in=matrix.levels, kind=Expectation.Kind.EXPECTATION)
    headed = told.shown_on(*matrix.levels).exclude(skill=None, group=None).order_by()
    rows = headed.values("level", *SKILL, *OWNER, *GROUP).annotate(
        number=Count("pk"), place=Min("position")
    )
    subjects: dict[Skill | SkillGroup, dict[int, int]] = {}
    for row in sorted(rows, key=lambda row: (row["place"], row["level"])):
        subjects.setdefault(_subject(row), {})[row["level"]] = row["number"]
    found = [
        CoverageRow(subject, [_told(level, matrix, numbers) for level in matrix.levels])
        for subject, numbers in subjects.items()
    ]
    first = {row.heading: place for place, row in reversed(list(enumerate(found)))}
    return sorted(found, key=lambda row: first[row.heading])


def _told(level: Level, matrix: Matrix, numbers: Mapping[int, int]) -> Told:
    own, *lower = (numbers.get(each.pk, 0) for each in included(level, matrix.below))
    return Told(level, own, sum(lower))


def _subject(row: dict[str, Any]) -> Skill | SkillGroup:
    if not row["skill"]:
        return SkillGroup(pk=row["group"], title=row["group__title"], slug=row["group__slug"])
    key, slug, is_home = (row[column] for column in OWNER)
    owner = Collection(pk=key, slug=slug, is_home=is_home)
    group = (
        SkillGroup(pk=row["skill__group"], title=row["skill__group__title"])
        if row["skill__group"]
        else None
    )
    return Skill(
        pk=row["skill"],
        title=row["skill__title"],
        slug=row["skill__slug"],
        collection=owner,
        group=group,
    )
