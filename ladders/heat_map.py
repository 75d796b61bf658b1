"""The heat map of a ladder: a table of skills and levels whose cells are tinted by proficiency.

A cell has the tint and the rank of the proficiency, and words for screen readers. What changed from
the level below is bold with a gap at its left; a cell that did not change is joined to the cell of
that level. A helpful skill has a smaller tile, and a skill that is not required a dash.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from content.svg import tint_of_rank
from ladders.models import Level
from ladders.requirements import NOT_STATED, MatrixCell, RequiredSkill, RequirementMatrix
from roles.importance import Importance
from skills.models import Proficiency, Skill

#: The most levels of one table; a ladder with more has several tables.
MAX_COLUMNS = 12
#: With more columns, or with longer headings, the headings of a narrow table are turned upright.
MAX_NARROW_COLUMNS, MAX_NARROW_LETTERS = 9, 4
#: Longer headings do not stay in view: they would cover too much of the table.
MAX_STICKY_LETTERS = 48
#: The changes from the level below that are marked.
MARKED_CHANGES = {"added", "raised", "lowered", "dropped"}
#: What a cell shows in place of a rank: not required, without a proficiency, not known.
DASH, CHECK, UNKNOWN = "–", "✓", "?"
#: What screen readers say for these.
NOT_REQUIRED, NOT_GRADED = "not required", "required, not graded"


class HeatLabel(NamedTuple):
    """What a reader sees in a cell; many cells of a table look alike."""

    css_class: str
    sign: str
    words: str
    #: Whether the skill decides a promotion into the level.
    decides: bool = False


@dataclass(frozen=True)
class HeatColumn:
    """The column of one level; a gap divides the managers from the others."""

    level: Level
    begins_track: bool
    #: Whether the column at the left is that of the level below.
    follows_lower: bool


@dataclass(frozen=True)
class HeatRow:
    """One skill with a label for each column."""

    skill: Skill
    labels: Sequence[HeatLabel]


@dataclass(frozen=True)
class HeatSection:
    """The rows of one skill group; the title is empty if no skill has a group."""

    title: str
    rows: Sequence[HeatRow]


@dataclass(frozen=True)
class HeatKeyEntry:
    """A proficiency and how its cells look."""

    css_class: str
    sign: str
    title: str


class HeatTable:
    """One table of some levels of a ladder."""

    def __init__(self, matrix: RequirementMatrix, levels: Sequence[Level]) -> None:
        self._matrix = matrix
        self.columns = _columns(matrix, levels)
        self.column_count = len(levels) + 1

    @property
    def css_class(self) -> str:
        """The CSS classes of the table."""
        names = ["heat"]
        headings = [column.level.heading for column in self.columns]
        if len(headings) > MAX_NARROW_COLUMNS or max(map(len, headings)) > MAX_NARROW_LETTERS:
            names.append("heat--upright")
        subheadings = [column.level.subheading for column in self.columns]
        if max(map(len, headings + subheadings)) > MAX_STICKY_LETTERS:
            names.append("heat--long")
        return " ".join(names)

    @property
    def caption(self) -> str:
        """What the table shows."""
        first, last = self.columns[0].level, self.columns[-1].level
        return f"Proficiency in skills, {first.name} to {last.name}"

    @cached_property
    def sections(self) -> list[HeatSection]:
        """The rows by skill group."""
        sections: list[HeatSection] = []
        for group, skills in groupby(self._matrix.skills, key=attrgetter("group")):
            title = group.title if group else "Other skills" if sections else ""
            sections.append(HeatSection(title, [self._row(skill) for skill in skills]))
        return sections

    def _row(self, skill: Skill) -> HeatRow:
        labels = []
        for column in self.columns:
            labels.append(heat_label(self._matrix.cell(column.level, skill), column))
        return HeatRow(skill, labels)


class HeatMap:
    """The tables of a ladder. No query.

    :param matrix: the requirements of the ladder; `load_required_skills` has read them with ranks.
    """

    def __init__(self, matrix: RequirementMatrix) -> None:
        self._matrix = matrix

    @cached_property
    def tables(self) -> list[HeatTable]:
        """One table, or several of about the same width; none if no level requires a skill."""
        if not self._matrix.skills:
            return []
        levels = self._matrix.levels
        table_count = -(-len(levels) // MAX_COLUMNS)
        width = -(-len(levels) // table_count)
        starts = range(0, len(levels), width)
        return [HeatTable(self._matrix, levels[start : start + width]) for start in starts]

    @property
    def key(self) -> list[HeatKeyEntry]:
        """The proficiencies of the table, the lowest first; empty for several scales.

        Ranks of different scales look alike, so a key of several scales would contradict itself.
        """
        titles: dict[int, str] = {}
        entries: dict[int, HeatKeyEntry] = {}
        for required in self._graded:
            proficiency, rank = required.proficiency, required.rank or 0
            title = proficiency.title if proficiency else ""
            if titles.setdefault(rank, title) != title:
                return []
            css_class = f"h{tint_of_rank(rank, required.scale_length or rank)}"
            entries[rank] = HeatKeyEntry(css_class, str(rank), title)
        return [entries[rank] for rank in sorted(entries)]

    @property
    def marks_decisions(self) -> bool:
        """Whether any level names what decides a promotion into it."""
        return self._matrix.marks_decisions

    @property
    def is_compared(self) -> bool:
        """Whether any level is compared with the level below it."""
        return bool(self._matrix.compared_with)

    @property
    def has_helpful(self) -> bool:
        """Whether any skill is only helpful, so that the key explains smaller tiles."""
        return any(required.is_helpful for required in self._graded)

    @cached_property
    def _graded(self) -> list[RequiredSkill]:
        graded = []
        for level in self._matrix.levels:
            for required in self._matrix.required_skills(level):
                if required.rank:
                    graded.append(required)
        return graded


def heat_label(cell: MatrixCell, column: HeatColumn) -> HeatLabel:
    """How the heat map shows what one level requires of one skill."""
    css_class = _css_class(cell, column)
    requirement = cell.requirement
    if requirement:
        sign = str(requirement.rank) if requirement.rank else CHECK
        return HeatLabel(css_class, sign, _words(requirement, cell.change), requirement.decides)
    if not cell.is_stated:
        return HeatLabel(css_class, UNKNOWN, NOT_STATED)
    words = f"{NOT_REQUIRED}, dropped" if cell.change == "dropped" else NOT_REQUIRED
    return HeatLabel(css_class, DASH, words)


def _css_class(cell: MatrixCell, column: HeatColumn) -> str:
    """The CSS classes of a cell; ``h0`` is the tint of cells without a proficiency."""
    requirement = cell.requirement
    tint = 0
    if requirement and requirement.rank:
        tint = tint_of_rank(requirement.rank, requirement.scale_length or requirement.rank)
    names = [f"h{tint}"]
    if cell.change in MARKED_CHANGES:
        names.append("new")
    if cell.change == "same" and column.follows_lower:
        names.append("same")
    if column.begins_track:
        names.append("gap")
    if requirement and requirement.is_helpful:
        names.append("help")
    return " ".join(names)


def _words(requirement: RequiredSkill, change: str) -> str:
    """What a cell says in words, e.g. ``Expert, raised``."""
    parts = [_proficiency_in_words(requirement.proficiency)]
    if change in MARKED_CHANGES:
        parts.append(change)
    if requirement.importance not in ("", Importance.EXPECTED):
        parts.append(requirement.importance)
    if requirement.inherited_from:
        parts.append("inherited")
    if requirement.decides:
        parts.append("decides")
    return ", ".join(parts)


def _proficiency_in_words(proficiency: Proficiency | None) -> str:
    return proficiency.title if proficiency else NOT_GRADED


def _columns(matrix: RequirementMatrix, levels: Sequence[Level]) -> list[HeatColumn]:
    columns = []
    previous: Level | None = None
    for level in levels:
        lower = matrix.compared_with.get(level.pk)
        begins_track = previous is not None and previous.is_managers != level.is_managers
        follows_lower = lower is not None and lower == previous
        columns.append(HeatColumn(level, begins_track, follows_lower and not begins_track))
        previous = level
    return columns
