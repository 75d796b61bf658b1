"""A ladder as a table of levels × skills, with what each level adds to the one below it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

from ladders.models import Level, LevelMove
from ladders.needed_skills import Needed, needed_skills
from ladders.standing import levels_below, levels_of, moves_of, where_stated
from roles.models import Importance
from skills.models import Skill, SkillGroup

MARKS = {"added": "↑", "raised": "↑", "lowered": "↓"}


class Look(NamedTuple):
    """What a reader sees in a cell. Most cells of a table look like many others."""

    #: Nothing where the level does not ask for the skill.
    words: str
    change: str
    is_desirable: bool
    is_inherited: bool = False

    @property
    def mark(self) -> str:
        """The arrow of a change that a reader looks for."""
        return MARKS.get(self.change, "")


@dataclass(frozen=True)
class Cell:
    """What one level needs of one skill, and how that differs from the level below."""

    level: Level
    requirement: Needed | None
    change: str = ""

    @property
    def carried(self) -> bool:
        """Whether it is inherited."""
        return bool(self.requirement and self.requirement.inherited_from)

    @property
    def look(self) -> Look:
        """How it is shown."""
        if self.requirement is None:
            return Look("", self.change, is_desirable=False)
        words = self.requirement.proficiency.title if self.requirement.proficiency else "Needed"
        return Look(
            words, self.change, self.requirement.importance == Importance.DESIRABLE, self.carried
        )


@dataclass(frozen=True)
class Row:
    """One skill over all levels."""

    skill: Skill
    cells: Sequence[Cell]


@dataclass(frozen=True)
class Section:
    """The rows of one skill group."""

    group: SkillGroup | None
    rows: Sequence[Row]


class Matrix:
    """The whole table."""

    def __init__(
        self,
        levels: Sequence[Level],
        moves: Iterable[LevelMove],
        needed: Mapping[tuple[int, int], Needed],
    ) -> None:
        """
        :param levels: of one ladder, whose visibility is checked.
        :param moves: the steps between the levels; any others do not count.
        :param needed: what each level asks for itself (see `needed_skills`).
        """
        self.levels = levels
        self.below = levels_below(levels, moves)
        self._own = needed

    @property
    def from_top(self) -> list[Level]:
        """The levels as rungs, top first.

        A branch stands whole, right above the rung that it leaves.
        """
        above = self._above
        rungs: list[Level] = []
        waiting = above[0][::-1]
        while waiting:
            at = waiting.pop()
            rungs.append(at)
            waiting += sorted(above[at.pk], key=lambda upper: upper.track == at.track)[::-1]
        return rungs[::-1]

    @property
    def has_tracks(self) -> bool:
        """Whether it has levels of more than one track, so that a level's track says something."""
        return len({level.track for level in self.levels if level.track}) > 1

    @property
    def has_needs(self) -> bool:
        """Whether any level asks for any skill."""
        return bool(self._own)

    @property
    def has_changes(self) -> bool:
        """Whether any level can be compared with the level below it."""
        return any(self.compared_with(level) for level in self.levels)

    @property
    def sections(self) -> list[Section]:
        """The rows under their skill groups."""
        grouped = groupby(self.skills, key=lambda skill: skill.group)
        return [Section(group, [self.row(skill) for skill in skills]) for group, skills in grouped]

    @property
    def skills(self) -> list[Skill]:
        """Every skill that some level needs, in the order of the groups."""
        return sorted({needed.skill for needed in self._own.values()}, key=_place)

    def row(self, skill: Skill) -> Row:
        """One skill over all levels."""
        return Row(skill, [self.cell(level, skill) for level in self.levels])

    def column(self, level: Level) -> list[Cell]:
        """All that one level needs, what it carries over from below included."""
        cells = [self.cell(level, skill) for skill in self.skills]
        return [cell for cell in cells if cell.requirement]

    def cell(self, level: Level, skill: Skill) -> Cell:
        """What `level` needs of `skill`."""
        here = self._needed(level, skill)
        lower = self.compared_with(level)
        there = self._needed(lower, skill) if lower else None
        return Cell(level, here, change_between(there, here) if lower else "")

    def compared_with(self, level: Level) -> Level | None:
        """The level below, if both name skills.

        Against one that names none, everything would look added.
        """
        lower = self.below.get(level.pk)
        return lower if lower and {level.pk, lower.pk} <= self._naming_skills else None

    @property
    def _above(self) -> dict[int, list[Level]]:
        """The levels that stand on each level, by its key; under 0 those that stand on none."""
        above: dict[int, list[Level]] = defaultdict(list)
        for level in self.levels:
            lower = self.below.get(level.pk)
            above[lower.pk if lower else 0].append(level)
        return above

    @cached_property
    def _naming_skills(self) -> set[int]:
        """The keys of the levels where any skill is required.

        They require it themselves or by a level that they include.
        """
        own = {level for level, _ in self._own}
        return {
            level.pk
            for level in self.levels
            if where_stated(level, self.below, lambda level: level.pk in own)
        }

    def _needed(self, level: Level, skill: Skill) -> Needed | None:
        """The requirement in force at a level."""
        at = where_stated(level, self.below, lambda level: (level.pk, skill.pk) in self._own)
        if at is None:
            return None
        stated = self._own[at.pk, skill.pk]
        return stated if at is level else replace(stated, inherited_from=at)


def change_between(there: Needed | None, here: Needed | None) -> str:
    """How the skill changes: added, raised, lowered, dropped, same, ungraded, or nothing.

    It is ungraded where only one states a proficiency, and nothing where neither level needs the
    skill.
    """
    if there is None or here is None:
        return "added" if here else "dropped" if there else ""
    before, after = there.proficiency, here.proficiency
    if before is None or after is None:
        return "same" if before is after else "ungraded"
    if before.position == after.position:
        return "same"
    return "raised" if after.position > before.position else "lowered"


def _place(skill: Skill) -> tuple[bool, tuple[int, str, int], int, str, int]:
    group = skill.group
    under = (group.position, group.title, group.pk) if group else (0, "", 0)
    return group is None, under, skill.position, skill.title, skill.pk


def needed_at(level: Level, ladder_levels: Sequence[Level] = ()) -> list[Needed]:
    """What a level requires, with what it inherits; nothing if it is not public.

    It makes three queries.

    :param ladder_levels: the public levels of its ladder if they are loaded, which saves a query.
    """
    levels = ladder_levels or levels_of(level.ladder)
    matrix = Matrix(levels, moves_of(levels), needed_skills(levels))
    for public_level in levels:
        if public_level.pk == level.pk:
            return [cell.requirement for cell in matrix.column(public_level) if cell.requirement]
    return []
