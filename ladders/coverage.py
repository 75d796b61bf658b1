"""How much a ladder says at each level under each skill or dimension.

This is the table of a ladder without requirements.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ladders.matrix import Matrix
from ladders.models import Expectation, Level
from ladders.standing import included, without_repeats
from skills.models import Skill, SkillGroup

RELATED = ("skill__collection", "skill__group", "group")
#: What the table and the links in it are made of.
NAMES = (
    *("level", "text", "group__title", "group__slug"),
    *("skill__title", "skill__slug", "skill__group__title"),
    *("skill__collection__slug", "skill__collection__is_home"),
)


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
    headed = told.shown_on(*matrix.levels).exclude(skill=None, group=None)
    rows = headed.select_related(*RELATED).only(*NAMES).order_by("position", "level", "pk")
    by_level: dict[int, list[Expectation]] = defaultdict(list)
    for row in rows:
        by_level[row.level_id].append(row)
    columns = [_Column(level, matrix, by_level) for level in matrix.levels]
    found = [
        CoverageRow(subject, [column.told_on(subject) for column in columns])
        for subject in dict.fromkeys(map(_subject, rows))
    ]
    first = {row.heading: place for place, row in reversed(list(enumerate(found)))}
    return sorted(found, key=lambda row: first[row.heading])


class _Column:
    """How much one level says under each heading."""

    def __init__(
        self, level: Level, matrix: Matrix, stated: Mapping[int, Sequence[Expectation]]
    ) -> None:
        self.level = level
        chain = included(level, matrix.below)
        in_force = list(without_repeats(row for each in chain for row in stated.get(each.pk, ())))
        self._own = Counter(_subject(row) for row in in_force if row.level_id == level.pk)
        self._inherited = Counter(_subject(row) for row in in_force if row.level_id != level.pk)

    def told_on(self, subject: Skill | SkillGroup) -> Told:
        return Told(self.level, self._own[subject], self._inherited[subject])


def _subject(row: Expectation) -> Skill | SkillGroup:
    subject = row.skill or row.group
    assert subject is not None
    return subject
