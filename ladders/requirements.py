"""What the levels of a ladder require: the skills, and the table of levels and skills.

A level that includes the level below it has the requirements of that level too. They are called
inherited, and a requirement that the level states itself replaces an inherited one.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

from content.models import Collection
from ladders.level_order import LevelOrder, load_levels, load_moves, load_with_moves
from ladders.models import Level, LevelMove, LevelRequirement
from roles.models import is_required
from skills.models import Proficiency, Skill, SkillGroup

COLUMNS = (
    *("level", "importance", "note"),
    *("proficiency", "proficiency__title", "proficiency__position"),
    *("skill", "skill__title", "skill__slug", "skill__position"),
    *("skill__collection", "skill__collection__slug", "skill__collection__is_home"),
    *("skill__group", "skill__group__title", "skill__group__position"),
)
#: What the page of one level shows of each proficiency in addition.
RANK_COLUMNS = ("proficiency__summary", "rank", "scale_length")
#: The signs of changes that a reader of the table looks for.
CHANGE_MARKS = {"added": "↑", "raised": "↑", "lowered": "↓"}

#: The columns of one requirement.
Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RequiredSkill:
    """A skill that a level requires; of skill and proficiency only what pages show is loaded."""

    level_id: int
    skill: Skill
    proficiency: Proficiency | None
    importance: str
    note: str
    #: The proficiency is number `rank` of `scale_length`, if that was read.
    rank: int | None
    scale_length: int | None
    #: The level that states the requirement, if another level inherits it.
    inherited_from: Level | None = None

    @property
    def is_desirable(self) -> bool:
        """Whether the skill helps without being required."""
        return not is_required(self.importance)


def load_required_skills(
    levels: Sequence[Level], *, with_ranks: bool = False
) -> list[RequiredSkill]:
    """Read what these levels state themselves, without what they inherit. One query.

    A ladder has hundreds of requirements of few skills, so they are read as columns, and all
    requirements of a skill share one `Skill`.

    :param levels: levels whose visibility the caller has checked.
    :param with_ranks: whether to read rank and explanation of proficiencies, which doubles the
        cost.
    """
    requirements = LevelRequirement.objects.filter(level__in=levels).shown_on(*levels)
    columns = list(COLUMNS)
    if with_ranks:
        requirements = requirements.with_ranks()
        columns += RANK_COLUMNS
    values = requirements.order_by("position", "id").values(*columns)
    distinct_skills, distinct_proficiencies = _skills(values), _proficiencies(values)
    required_skills = []
    for row in values:
        required_skills.append(
            RequiredSkill(
                level_id=row["level"],
                skill=distinct_skills[row["skill"]],
                proficiency=distinct_proficiencies.get(row["proficiency"]),
                importance=row["importance"],
                note=row["note"],
                rank=row.get("rank"),
                scale_length=row.get("scale_length"),
            )
        )
    return required_skills


def _skills(rows: Iterable[Values]) -> dict[int, Skill]:
    """The skills of requirements by primary key, with their groups and collections."""
    skills: dict[int, Skill] = {}
    groups: dict[int | None, SkillGroup | None] = {None: None}
    collections: dict[int, Collection] = {}
    for row in rows:
        if row["skill"] in skills:
            continue
        if row["skill__group"] not in groups:
            groups[row["skill__group"]] = SkillGroup(
                pk=row["skill__group"],
                title=row["skill__group__title"],
                position=row["skill__group__position"],
            )
        if row["skill__collection"] not in collections:
            collections[row["skill__collection"]] = Collection(
                pk=row["skill__collection"],
                slug=row["skill__collection__slug"],
                is_home=row["skill__collection__is_home"],
            )
        skills[row["skill"]] = Skill(
            pk=row["skill"],
            title=row["skill__title"],
            slug=row["skill__slug"],
            position=row["skill__position"],
            group=groups[row["skill__group"]],
            collection=collections[row["skill__collection"]],
        )
    return skills


def _proficiencies(rows: Iterable[Values]) -> dict[int, Proficiency]:
    """The proficiencies of requirements by primary key."""
    proficiencies: dict[int, Proficiency] = {}
    for row in rows:
        pk = row["proficiency"]
        if pk is not None and pk not in proficiencies:
            proficiencies[pk] = Proficiency(
                pk=pk,
                title=row["proficiency__title"],
                position=row["proficiency__position"],
                summary=row.get("proficiency__summary", ""),
            )
    return proficiencies


class CellLabel(NamedTuple):
    """What a reader sees in a cell of the table; many cells of a table look alike."""

    #: The proficiency; empty if the level does not require the skill.
    text: str
    change: str
    is_desirable: bool = False
    is_inherited: bool = False

    @property
    def mark(self) -> str:
        """The arrow of a change; empty if the change needs none."""
        return CHANGE_MARKS.get(self.change, "")

    @property
    def csv_text(self) -> str:
        """The label as a cell of a CSV file."""
        notes = []
        if self.is_desirable:
            notes.append("desirable")
        if self.is_inherited:
            notes.append("inherited")
        if notes:
            return f"{self.text} ({', '.join(notes)})"
        return self.text


@dataclass(frozen=True)
class MatrixCell:
    """What one level requires of one skill, and how that differs from the level below."""

    requirement: RequiredSkill | None
    #: See `change_between`; empty also if there is no level to compare with.
    change: str

    @property
    def label(self) -> CellLabel:
        """How the table shows the cell."""
        requirement = self.requirement
        if requirement is None:
            return CellLabel("", self.change)
        proficiency = requirement.proficiency
        return CellLabel(
            proficiency.title if proficiency else "Needed",
            self.change,
            requirement.is_desirable,
            requirement.inherited_from is not None,
        )


@dataclass(frozen=True)
class MatrixRow:
    """One skill with a cell for each level."""

    skill: Skill
    cells: Sequence[MatrixCell]


class RequirementMatrix:
    """The table of the levels of one ladder and the skills they require.

    :param order: the levels of the ladder.
    :param required_skills: what each level states itself; see `load_required_skills`.
    """

    def __init__(self, order: LevelOrder, required_skills: Iterable[RequiredSkill]) -> None:
        self.order = order
        self.levels = order.levels
        #: What each level states itself, by skill and by the primary key of the level.
        self._stated: defaultdict[Skill, dict[int, RequiredSkill]] = defaultdict(dict)
        for required in required_skills:
            self._stated[required.skill][required.level_id] = required

    @classmethod
    def load(
        cls, levels: Sequence[Level], moves: Iterable[LevelMove], *, with_ranks: bool = False
    ) -> "RequirementMatrix":
        """Read the table of these levels of one ladder; see `load_required_skills`."""
        return cls(LevelOrder(levels, moves), load_required_skills(levels, with_ranks=with_ranks))

    @property
    def has_requirements(self) -> bool:
        """Whether any level requires any skill."""
        return bool(self._stated)

    @property
    def has_changes(self) -> bool:
        """Whether any level can be compared with the level below it."""
        return any(self.compared_with(level) for level in self.levels)

    @cached_property
    def skills(self) -> list[Skill]:
        """Every skill that a level requires, in the order of the skill groups."""
        return sorted(self._stated, key=_vocabulary_order)

    @property
    def rows(self) -> list[MatrixRow]:
        """The rows of the table, in the order of the skill groups."""
        return [self.row(skill) for skill in self.skills]

    def row(self, skill: Skill) -> MatrixRow:
        """The cells of one skill."""
        return MatrixRow(skill, [self.cell(level, skill) for level in self.levels])

    def cells_of_level(self, level: Level) -> list[MatrixCell]:
        """The cells of all skills that a level requires, inherited ones included."""
        cells = [self.cell(level, skill) for skill in self.skills]
        return [cell for cell in cells if cell.requirement]

    def required_skills(self, level: Level) -> list[RequiredSkill]:
        """What a level requires, inherited requirements included."""
        required = [self.requirement(level, skill) for skill in self.skills]
        return [requirement for requirement in required if requirement]

    def cell(self, level: Level, skill: Skill) -> MatrixCell:
        """What a level requires of a skill, compared with the level below."""
        requirement = self.requirement(level, skill)
        lower = self.compared_with(level)
        if lower is None:
            return MatrixCell(requirement, "")
        return MatrixCell(requirement, change_between(self.requirement(lower, skill), requirement))

    def requirement(self, level: Level, skill: Skill) -> RequiredSkill | None:
        """What a level requires of a skill, stated by itself or inherited."""
        stated = self._stated[skill]
        source = self.order.source(level, stated)
        if source is None or source == level:
            return stated.get(level.pk)
        return replace(stated[source.pk], inherited_from=source)

    def compared_with(self, level: Level) -> Level | None:
        """The level below, if both require skills.

        Compared with a level that names no skills, everything would look added.
        """
        lower = self.order.below.get(level.pk)
        if lower and {level.pk, lower.pk} <= self.requiring_levels.keys():
            return lower
        return None

    @cached_property
    def requiring_levels(self) -> dict[int, Level]:
        """The levels that require any skill, by primary key."""
        stating: set[int] = set()
        for stated in self._stated.values():
            stating.update(stated)
        return {level.pk: level for level in self.levels if self.order.source(level, stating)}


def change_between(previous: RequiredSkill | None, current: RequiredSkill | None) -> str:
    """Return how a requirement changes from one level to another.

    That is added, dropped, raised, lowered or same; *ungraded* if only one of them states a
    proficiency; empty if neither level requires the skill.
    """
    if previous is None:
        return "added" if current else ""
    if current is None:
        return "dropped"
    return _proficiency_change(previous.proficiency, current.proficiency)


def _proficiency_change(before: Proficiency | None, after: Proficiency | None) -> str:
    if before is None or after is None:
        return "same" if before is after else "ungraded"
    if before.position == after.position:
        return "same"
    return "raised" if after.position > before.position else "lowered"


def _vocabulary_order(skill: Skill) -> tuple[bool, tuple[int, str, int], int, str, int]:
    """Sort skills by group, and in it by position; skills without a group come last."""
    group = skill.group
    group_order = (group.position, group.title, group.pk) if group else (0, "", 0)
    return group is None, group_order, skill.position, skill.title, skill.pk


def requirements_at(level: Level, levels: Sequence[Level] = ()) -> list[RequiredSkill]:
    """Read what a level requires, inherited requirements included; empty if it is not public.

    Takes three queries.

    :param levels: the public levels of its ladder, if they are loaded, which saves a query.
    """
    levels = levels or load_levels(level.ladder)
    if level not in levels:
        return []
    matrix = RequirementMatrix.load(levels, load_moves(levels))
    return matrix.required_skills(levels[levels.index(level)])


def levels_requiring(skill: Skill) -> list[LevelRequirement]:
    """Read what each level requires of this skill, ladder by ladder from the bottom up.

    Takes two queries. A level that inherits the requirement has a row too, which is not stored.

    :param skill: a skill whose visibility the caller has checked.
    """
    requirements = LevelRequirement.objects.filter(skill=skill).shown_on(skill)
    stated = {}
    for requirement in requirements.select_related("proficiency").with_ranks().order_by():
        stated[requirement.level_id] = requirement
    levels, moves = _load_ladders_of(stated, skill)
    rows = []
    for _, levels_of_ladder in groupby(levels, key=attrgetter("ladder_id")):
        order = LevelOrder(list(levels_of_ladder), moves)
        for level in order.levels:
            source = order.source(level, stated)
            if source:
                row = copy(stated[source.pk])
                row.level = level
                row.is_inherited = source != level
                rows.append(row)
    return rows


def _load_ladders_of(level_ids: Iterable[int], skill: Skill) -> tuple[list[Level], list[LevelMove]]:
    """Read the levels of the ladders of these levels, and the moves to them. One query."""
    ladders = Level.objects.filter(pk__in=list(level_ids)).values("ladder")
    levels = Level.objects.filter(ladder__in=ladders).shown_on(skill)
    in_order = ("ladder__position", "ladder__title", "ladder", "position", "id")
    return load_with_moves(levels.order_by(*in_order))
