"""A ladder as a table of levels × skills, with what each level adds to the one below it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Q

from content.models import Collection
from ladders.models import Level, LevelMove
from ladders.needed_skills import Needed, needed_skills
from roles.models import Importance
from skills.models import Skill, SkillGroup

LADDERS_OF_ENDS = ["from_level__ladder__collection", "to_level__ladder__collection"]
#: What the link to a level is made of.
NAMES_OF_ENDS = [
    f"{end}__{name}"
    for end in ("from_level", "to_level")
    for name in ("title", "code", "slug", "ladder__slug", "ladder__collection__slug", "ladder__collection__is_home")
]
STEP_UP: dict[str, int] = {LevelMove.Kind.PROMOTION: 0, LevelMove.Kind.TRACK_CHANGE: 1}
MARKS = {"added": "↑", "raised": "↑", "lowered": "↓"}


@dataclass(frozen=True)
class Cell:
    """What one level needs of one skill, and how that differs from the level below."""

    level: Level
    requirement: Needed | None
    change: str = ""
    carried: bool = False

    @property
    def words(self) -> str:
        """What stands in the cell; nothing where the level does not ask for the skill."""
        if self.requirement is None:
            return ""
        return self.requirement.proficiency.title if self.requirement.proficiency else "Needed"

    @property
    def mark(self) -> str:
        """The arrow of a change that a reader looks for."""
        return MARKS.get(self.change, "")

    @property
    def level_name(self) -> str:
        """What the level is called by where its column has no heading."""
        return self.level.name

    @property
    def is_desirable(self) -> bool:
        """Whether one can do without."""
        return self.requirement is not None and self.requirement.importance == Importance.DESIRABLE


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
    """The whole table. Two queries, whatever the size of the ladder."""

    def __init__(self, levels: Sequence[Level], within: Collection | None = None) -> None:
        """
        :param levels: of one ladder, whose visibility is checked.
        :param within: the ladder's collection; see `GatedQuerySet.published`.
        """
        self.levels = levels
        self.moves = moves_of(levels, within)
        self.below = levels_below(levels, self.moves)
        self._own = needed_skills(levels, within)

    @property
    def from_top(self) -> list[Level]:
        """The levels as rungs, top first; a branch stands beside the rungs of its own height."""
        return sorted(self.levels, key=lambda level: (self._height(level), level.track, level.position), reverse=True)

    @property
    def has_needs(self) -> bool:
        """Whether any level asks for any skill."""
        return bool(self._own)

    @property
    def sections(self) -> list[Section]:
        """The rows under their skill groups."""
        grouped = groupby(self.skills, key=lambda skill: skill.group)
        return [Section(group, [self.row(skill) for skill in skills]) for group, skills in grouped]

    @property
    def skills(self) -> list[Skill]:
        """Every skill that some level needs, in the order of the groups."""
        return sorted({needed.skill for needed in self._own.values()}, key=_place)

    def moves_at(self, level: Level) -> list[LevelMove]:
        """The steps from and to one level."""
        return [move for move in self.moves if level.pk in {move.from_level_id, move.to_level_id}]

    def row(self, skill: Skill) -> Row:
        """One skill over all levels."""
        return Row(skill, [self.cell(level, skill) for level in self.levels])

    def column(self, level: Level) -> list[Cell]:
        """All that one level needs, what it carries over from below included."""
        cells = [self.cell(level, skill) for skill in self.skills]
        return [cell for cell in cells if cell.requirement]

    def cell(self, level: Level, skill: Skill) -> Cell:
        """What `level` needs of `skill`."""
        here, carried = self._needed(level, skill)
        lower = self.below.get(level.pk)
        there = self._needed(lower, skill)[0] if lower else None
        return Cell(level, here, _change(there, here) if lower else "", carried)

    def _height(self, level: Level) -> int:
        height = 0
        while lower := self.below.get(level.pk):
            level, height = lower, height + 1
        return height

    def _needed(self, level: Level, skill: Skill) -> tuple[Needed | None, bool]:
        """The requirement in force at a level, and whether it comes from a level below."""
        at = level
        while not (needed := self._own.get((at.pk, skill.pk))) and at.cumulative and (lower := self.below.get(at.pk)):
            at = lower
        return needed, needed is not None and at is not level


def moves_of(levels: Sequence[Level], within: Collection | None = None) -> list[LevelMove]:
    """Steps that start or end at one of these levels, whose visibility is checked; the other end is public."""
    starts, ends = Q(from_level__in=levels), Q(to_level__in=levels)
    moves = LevelMove.objects.filter(starts | ends).filter(
        starts | Level.published_q("from_level__", within=within), ends | Level.published_q("to_level__", within=within)
    )
    at_hand = {level.pk: level for level in levels}
    named = moves.select_related(*LADDERS_OF_ENDS).only("kind", "text", *NAMES_OF_ENDS)
    return [_with_ends(move, at_hand) for move in named]


def _with_ends(move: LevelMove, at_hand: dict[int, Level]) -> LevelMove:
    """The move with the levels at hand in place of its ends; of a level of another ladder it has the name alone."""
    move.from_level = at_hand.get(move.from_level_id, move.from_level)
    move.to_level = at_hand.get(move.to_level_id, move.to_level)
    return move


def levels_below(levels: Sequence[Level], moves: Iterable[LevelMove]) -> dict[int, Level]:
    """The level each level is measured against: where its promotion starts, else the next lower of its track.

    Of several promotions the shortest counts. Only lower positions count, so that a loop of moves cannot make
    the ladder endless.
    """
    by_key = {level.pk: level for level in levels}
    below = _next_lower(levels)
    steps = [move for move in moves if move.kind in STEP_UP and {move.from_level_id, move.to_level_id} <= by_key.keys()]
    for move in sorted(steps, key=lambda move: (-STEP_UP[move.kind], by_key[move.from_level_id].position)):
        lower, upper = by_key[move.from_level_id], by_key[move.to_level_id]
        if lower.position < upper.position and (move.kind == LevelMove.Kind.PROMOTION or _starts_track(upper, levels)):
            below[upper.pk] = lower
    return below


def _next_lower(levels: Iterable[Level]) -> dict[int, Level]:
    last: dict[str, Level] = {}
    below = {}
    for level in levels:
        if level.track in last:
            below[level.pk] = last[level.track]
        last[level.track] = level
    return below


def _starts_track(level: Level, levels: Iterable[Level]) -> bool:
    return not any(other.track == level.track and other.position < level.position for other in levels)


def _change(there: Needed | None, here: Needed | None) -> str:
    """added, raised, lowered, dropped, same, or nothing where neither level needs it."""
    if there is None or here is None:
        return "added" if here else "dropped" if there else ""
    before, after = _rank(there), _rank(here)
    return "raised" if after > before else "lowered" if after < before else "same"


def _rank(needed: Needed) -> int:
    return needed.proficiency.position if needed.proficiency else 0


def _place(skill: Skill) -> tuple[bool, tuple[int, str, int], int, str, int]:
    group = skill.group
    under = (group.position, group.title, group.pk) if group else (0, "", 0)
    return group is None, under, skill.position, skill.title, skill.pk
