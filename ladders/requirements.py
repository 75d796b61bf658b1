"""What the levels of a ladder require: the skills, and the table of levels and skills.

A level that includes the level below it has the requirements of that level too. They are called
inherited, and a requirement that the level states itself replaces an inherited one. Likewise, if a
level marks what decides a promotion into it, inherited marks do not count.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from itertools import groupby
from operator import attrgetter
from typing import Any, Self

from django.db.models import F

from content.models import Collection
from ladders.level_order import LevelOrder, load_levels, load_with_moves, moves_between
from ladders.models import Level, LevelMove, LevelRequirement
from roles.importance import ImportanceMixin
from skills.models import Proficiency, Skill, SkillGroup
from skills.proficiencies import proficiency_ranks

COLUMNS = (
    *("level", "importance", "decides", "note"),
    *("proficiency", "proficiency__title", "proficiency__position"),
    *("skill", "skill__title", "skill__slug", "skill__group", "skill__group__title"),
    *("skill__collection", "skill__collection__slug", "skill__collection__is_home"),
    "skill__collection__language",
)
#: By group, and in it by position; skills without a group come last.
VOCABULARY_ORDER = (
    F("skill__group__position").asc(nulls_last=True),
    *("skill__group__title", "skill__group"),
    *("skill__position", "skill__title", "skill"),
)
#: What the page of one level shows of each proficiency in addition.
RANK_COLUMNS = ("proficiency__summary", "rank", "scale_length")
#: The signs of changes that a reader of the table looks for.
CHANGE_MARKS = {"added": "↑", "raised": "↑", "lowered": "↓"}

#: The label of the cells of a level that names no skills: it may require them all the same.
NOT_STATED = "not stated"

#: The columns of one requirement.
Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RequiredSkill(ImportanceMixin):
    """A skill that a level requires; of skill and proficiency only what pages show is loaded."""

    level_id: int
    skill: Skill
    proficiency: Proficiency | None
    importance: str
    #: Whether it decides a promotion into the level.
    decides: bool
    note: str
    #: The proficiency is number `rank` of `scale_length`, if that was read.
    rank: int | None
    scale_length: int | None
    #: The level that states the requirement, if another level inherits it.
    inherited_from: Level | None = None

    def __str__(self) -> str:
        if self.proficiency is None:
            return self.skill.title
        return f"{self.skill.title} ({self.proficiency.title})"

    @property
    def descriptor_key(self) -> tuple[int, int | None]:
        """The key of what the skill looks like at the proficiency, see `load_descriptors`."""
        return self.skill.pk, self.proficiency.pk if self.proficiency else None

    def inherited(self, source: Level, *, decides: bool) -> Self:
        """The requirement as a level has it that includes the level `source`."""
        return replace(self, inherited_from=self.inherited_from or source, decides=decides)


#: What one level requires, by skill.
RequiredSkills = dict[Skill, RequiredSkill]


def load_required_skills(
    levels: Sequence[Level], *, with_ranks: bool = False
) -> list[RequiredSkill]:
    """Read what these levels state themselves, in the order of the skill groups. One query.

    A ladder has hundreds of requirements of few skills, so they are read as columns, and all
    requirements of a skill share one `Skill`.

    :param levels: levels whose visibility the caller has checked.
    :param with_ranks: whether to read rank and explanation of proficiencies, which doubles the
        cost.
    """
    requirements = LevelRequirement.objects.filter(level__in=levels).shown_on(*levels)
    columns = list(COLUMNS)
    if with_ranks:
        requirements = requirements.annotate(**proficiency_ranks())
        columns += RANK_COLUMNS
    skills: dict[int, Skill] = {}
    proficiencies: dict[int | None, Proficiency | None] = {None: None}
    required_skills = []
    for row in requirements.order_by(*VOCABULARY_ORDER).values(*columns):
        if row["skill"] not in skills:
            skills[row["skill"]] = _skill(row)
        if row["proficiency"] not in proficiencies:
            proficiencies[row["proficiency"]] = Proficiency(
                pk=row["proficiency"],
                title=row["proficiency__title"],
                position=row["proficiency__position"],
                summary=row.get("proficiency__summary", ""),
            )
        required_skills.append(
            RequiredSkill(
                level_id=row["level"],
                skill=skills[row["skill"]],
                proficiency=proficiencies[row["proficiency"]],
                importance=row["importance"],
                decides=row["decides"],
                note=row["note"],
                rank=row.get("rank"),
                scale_length=row.get("scale_length"),
            )
        )
    return required_skills


def _skill(row: Values) -> Skill:
    group = None
    if row["skill__group"]:
        group = SkillGroup(pk=row["skill__group"], title=row["skill__group__title"])
    collection = Collection(
        pk=row["skill__collection"],
        slug=row["skill__collection__slug"],
        is_home=row["skill__collection__is_home"],
        language=row["skill__collection__language"],
    )
    return Skill(
        pk=row["skill"],
        title=row["skill__title"],
        slug=row["skill__slug"],
        group=group,
        collection=collection,
    )


@dataclass(frozen=True)
class MatrixCell:
    """What one level requires of one skill, and how that differs from the level below."""

    requirement: RequiredSkill | None
    #: See `change_between`; empty also if there is no level to compare with.
    change: str
    #: Whether the level names skills at all.
    is_stated: bool

    @property
    def csv_text(self) -> str:
        """The cell as text, such as “Expert (essential, inherited)”; empty if not required."""
        requirement = self.requirement
        if requirement is None:
            return "" if self.is_stated else NOT_STATED
        proficiency = requirement.proficiency.title if requirement.proficiency else "Not graded"
        notes = [requirement.importance] if requirement.importance else []
        if requirement.inherited_from:
            notes.append("inherited")
        if requirement.decides:
            notes.append("decides")
        return f"{proficiency} ({', '.join(notes)})" if notes else proficiency


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
        stated: defaultdict[int, RequiredSkills] = defaultdict(dict)
        skills: dict[Skill, None] = {}
        for required in required_skills:
            stated[required.level_id][required.skill] = required
            skills[required.skill] = None
        #: Every skill that a level requires, in the order of the skill groups.
        self.skills = list(skills)
        #: The level below each level, by primary key, if both require skills. Compared with a level
        #: that names no skills, everything would look added.
        self.compared_with: dict[int, Level] = {}
        self._required: dict[int, RequiredSkills] = {}
        for level in order.levels:
            lower = order.below.get(level.pk)
            requirements = dict(stated[level.pk])
            if lower and level.cumulative:
                requirements = self._inherited_by(lower, requirements) | requirements
            if lower and requirements and self._required[lower.pk]:
                self.compared_with[level.pk] = lower
            self._required[level.pk] = requirements

    def _inherited_by(self, lower: Level, stated: RequiredSkills) -> RequiredSkills:
        """What a level inherits from the level below it.

        :param stated: what the inheriting level states itself.
        """
        marks_own = any(required.decides for required in stated.values())
        inherited = {}
        for skill, required in self._required[lower.pk].items():
            decides = required.decides and not marks_own
            inherited[skill] = required.inherited(lower, decides=decides)
        return inherited

    @property
    def marks_decisions(self) -> bool:
        """Whether any level names what decides a promotion into it."""
        for requirements in self._required.values():
            if any(required.decides for required in requirements.values()):
                return True
        return False

    @property
    def rows(self) -> list[MatrixRow]:
        """The rows of the table, in the order of the skill groups."""
        return [self.row(skill) for skill in self.skills]

    def row(self, skill: Skill) -> MatrixRow:
        """The cells of one skill."""
        return MatrixRow(skill, [self.cell(level, skill) for level in self.levels])

    def required_skills(self, level: Level) -> list[RequiredSkill]:
        """What a level requires, inherited requirements included, in the order of the groups."""
        required = self._required[level.pk]
        return [required[skill] for skill in self.skills if skill in required]

    @property
    def levels_with_skills(self) -> list[Level]:
        """The levels that require any skill, inherited requirements included."""
        return [level for level in self.levels if self._required[level.pk]]

    def cell(self, level: Level, skill: Skill) -> MatrixCell:
        """What a level requires of a skill, compared with the level below."""
        required = self._required[level.pk]
        requirement = required.get(skill)
        change = ""
        if level.pk in self.compared_with:
            lower = self.compared_with[level.pk]
            change = change_between(self._required[lower.pk].get(skill), requirement)
        return MatrixCell(requirement, change, is_stated=bool(required))


def change_between(previous: RequiredSkill | None, current: RequiredSkill | None) -> str:
    """Return how a requirement changes from one level to another.

    That is added, dropped, raised, lowered or same; *ungraded* if only one of them states a
    proficiency; empty if neither level requires the skill.
    """
    if previous is None:
        return "added" if current else ""
    if current is None:
        return "dropped"
    before, after = previous.proficiency, current.proficiency
    if before is None or after is None:
        return "same" if before is after else "ungraded"
    if before.position == after.position:
        return "same"
    return "raised" if after.position > before.position else "lowered"


def requirements_at(level: Level) -> list[RequiredSkill]:
    """Read what a level requires, inherited requirements included; empty if it is not public.

    Takes three queries.
    """
    levels = load_levels(level.ladder)
    if level not in levels:
        return []
    order = LevelOrder(levels, moves_between(levels))
    return RequirementMatrix(order, load_required_skills(levels)).required_skills(level)


def levels_requiring(skill: Skill) -> list[LevelRequirement]:
    """Read what each level requires of this skill, ladder by ladder from the bottom up.

    Takes two queries. A level that inherits the requirement has a row too, which is not stored.

    :param skill: a skill whose visibility the caller has checked.
    """
    requirements = LevelRequirement.objects.filter(skill=skill).shown_on(skill).order_by()
    with_ranks = requirements.select_related("proficiency").annotate(**proficiency_ranks())
    stated = {requirement.level_id: requirement for requirement in with_ranks}
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
