"""What the levels of a ladder ask for, read in one query without an instance for every cell."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from content.models import Collection
from ladders.models import Level, LevelRequirement
from skills.models import Proficiency, Skill, SkillGroup
from skills.steps import steps

Stored = Mapping[str, Any]
Made = TypeVar("Made")

COLUMNS = (
    *("level", "importance", "note"),
    *("proficiency", "proficiency__title", "proficiency__position"),
    *("skill", "skill__title", "skill__slug", "skill__position"),
    *("skill__collection", "skill__collection__slug", "skill__collection__is_home"),
    *("skill__group", "skill__group__title", "skill__group__position"),
)


#: What a page of one level says of a step beside its name.
EXPLAINED = ("proficiency__summary",)


@dataclass(frozen=True, slots=True)
class Needed:
    """A skill that a level needs.

    Of skill and proficiency only what a ladder shows is filled in.
    """

    skill: Skill
    proficiency: Proficiency | None
    step: int | None
    steps: int | None
    importance: str
    note: str
    #: The level below that states it, where a level that includes that one states nothing itself.
    inherited_from: Level | None = None


def needed_skills(
    levels: Sequence[Level], *, with_steps: bool = False
) -> dict[tuple[int, int], Needed]:
    """What each level asks for itself, by level and skill.

    :param levels: whose visibility is checked.
    :param with_steps: whether to count how far up its scale each proficiency stands, which doubles
        the cost, and to read what it means.
    """
    needed = LevelRequirement.objects.filter(level__in=levels).shown_on(*levels)
    counted = steps() if with_steps else {}
    explained = EXPLAINED if with_steps else ()
    rows = list(
        needed.annotate(**counted).order_by("position", "id").values(*COLUMNS, *explained, *counted)
    )
    # One object for a skill, its group, its collection and a proficiency, however many levels need
    # them.
    groups = _one_of_each("skill__group", rows, _group)
    collections = _one_of_each("skill__collection", rows, _collection)
    skills = _one_of_each("skill", rows, lambda row: _skill(row, groups, collections))
    proficiencies = _one_of_each("proficiency", rows, _proficiency)
    return {
        (row["level"], row["skill"]): Needed(
            skills[row["skill"]],
            proficiencies.get(row["proficiency"]),
            row.get("step"),
            row.get("steps"),
            row["importance"],
            row["note"],
        )
        for row in rows
    }


def _one_of_each(
    column: str, rows: Sequence[Stored], make: Callable[[Stored], Made]
) -> dict[Any, Made]:
    """What is made of a row for every value of the column that is not empty."""
    firsts = {row[column]: row for row in reversed(rows)}
    return {value: make(row) for value, row in firsts.items() if value is not None}


def _skill(
    row: Stored, groups: Mapping[Any, SkillGroup], collections: Mapping[Any, Collection]
) -> Skill:
    return Skill(
        pk=row["skill"],
        title=row["skill__title"],
        slug=row["skill__slug"],
        position=row["skill__position"],
        collection=collections[row["skill__collection"]],
        group=groups.get(row["skill__group"]),
    )


def _collection(row: Stored) -> Collection:
    return Collection(
        pk=row["skill__collection"],
        slug=row["skill__collection__slug"],
        is_home=row["skill__collection__is_home"],
    )


def _group(row: Stored) -> SkillGroup:
    return SkillGroup(
        pk=row["skill__group"],
        title=row["skill__group__title"],
        position=row["skill__group__position"],
    )


def _proficiency(row: Stored) -> Proficiency:
    return Proficiency(
        pk=row["proficiency"],
        title=row["proficiency__title"],
        position=row["proficiency__position"],
        summary=row.get("proficiency__summary", ""),
    )
