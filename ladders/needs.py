"""What one level asks for, ready to read.

Its skills have their descriptor in place, and its expectations have headings.
"""

from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass

from django.db.models import Q

from ladders.matrix import Cell, Matrix
from ladders.models import Expectation, Level
from ladders.standing import included, without_repeats
from skills.models import Proficiency, Skill, SkillDescriptor, SkillGroup


@dataclass(frozen=True)
class Need:
    """A skill the level needs, and how that skill looks at the proficiency needed."""

    cell: Cell
    descriptor: SkillDescriptor | None

    @property
    def recedes(self) -> bool:
        """Whether the level below asks for the same, so that what changes can stand out."""
        return self.cell.change == "same"

    @property
    def skill(self) -> Skill | None:
        """What is needed."""
        return self.cell.requirement.skill if self.cell.requirement else None

    @property
    def proficiency(self) -> Proficiency | None:
        """The step that is needed."""
        return self.cell.requirement.proficiency if self.cell.requirement else None

    @property
    def importance(self) -> str:
        """How much it matters; empty if that is not stated."""
        return self.cell.requirement.importance if self.cell.requirement else ""

    @property
    def group(self) -> SkillGroup | None:
        """The heading it stands under."""
        return self.skill.group if self.skill else None


def needs_of(level: Level, matrix: Matrix) -> list[Need]:
    """In the order of the skill groups. One query."""
    cells = matrix.column(level)
    wanted = {_place(cell): cell for cell in cells}
    descriptors = SkillDescriptor.objects.filter(skill__in={skill for skill, _ in wanted})
    rows = descriptors.shown_on(level)
    described: dict[tuple[int, int | None], SkillDescriptor] = {
        (row.skill_id, row.proficiency_id): row for row in rows
    }
    return [Need(cell, described.get(_place(cell))) for cell in cells]


def _place(cell: Cell) -> tuple[int, int | None]:
    assert cell.requirement is not None
    needed = cell.requirement
    return needed.skill.pk, needed.proficiency.pk if needed.proficiency else None


@dataclass(frozen=True)
class Heading:
    """The expectations of a level under one skill or dimension, or under none."""

    subject: Skill | SkillGroup | None
    #: What the subject stands under: the group of a skill; a group itself, if skills of it have
    #: headings too.
    group: SkillGroup | None
    expectations: Sequence[Expectation]
    #: What the levels below say that this level includes, each with its level at hand.
    inherited: Sequence[Expectation]

    @property
    def is_skill(self) -> bool:
        """Whether the subject has a page of its own."""
        return isinstance(self.subject, Skill)


def expectations_of(level: Level, matrix: Matrix) -> list[Heading]:
    """What is expected at a level, what it inherits included.

    Headings come in the order in which they, and the groups they stand under, first occur. One
    query.
    """
    by_subject: dict[Skill | SkillGroup | None, list[Expectation]] = {}
    for row in _in_force(level, matrix):
        by_subject.setdefault(row.skill or row.group, []).append(row)
    groups = {subject.group for subject in by_subject if isinstance(subject, Skill)}
    headings = [_heading(subject, groups, rows, level) for subject, rows in by_subject.items()]
    first = {heading.group: place for place, heading in reversed(list(enumerate(headings)))}
    return sorted(headings, key=lambda heading: first[heading.group])


def _in_force(level: Level, matrix: Matrix) -> Iterator[Expectation]:
    """All that the level says, then the expectations of the levels that it includes.

    Examples are not inherited.
    """
    chain = {each.pk: each for each in included(level, matrix.below)}
    handed_up = Q(level__in=chain, kind=Expectation.Kind.EXPECTATION)
    rows = Expectation.objects.filter(Q(level=level) | handed_up).shown_on(*chain.values())
    found = sorted(
        rows.select_related("skill__collection", "skill__group", "group"),
        key=_place_in(list(chain)),
    )
    for row in without_repeats(found):
        row.level = chain[row.level_id]
        yield row


def _place_in(chain: Sequence[int]) -> Callable[[Expectation], tuple[int, int, int]]:
    """The order of expectations: level by level from the top down, each in its own order."""
    return lambda row: (chain.index(row.level_id), row.position, row.pk)


def _heading(
    subject: Skill | SkillGroup | None,
    groups: Set[SkillGroup | None],
    rows: Sequence[Expectation],
    level: Level,
) -> Heading:
    own = [row for row in rows if row.level == level]
    return Heading(
        subject, _group(subject, groups), own, [row for row in rows if row.level != level]
    )


def _group(subject: Skill | SkillGroup | None, groups: Set[SkillGroup | None]) -> SkillGroup | None:
    if isinstance(subject, Skill):
        return subject.group
    return subject if subject in groups else None
