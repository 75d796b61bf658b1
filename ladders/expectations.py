"""What is expected at the levels of a ladder, under skills and dimensions.

An expectation stands under a skill, under a skill group (a dimension), or under neither. A level
that includes the level below it has the expectations of that level too, but not its examples.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Min, Q

from content.models import Collection
from ladders.level_order import LevelOrder
from ladders.models import Expectation, Level
from skills.models import Skill, SkillGroup

#: What an expectation stands under.
Subject = Skill | SkillGroup

SUBJECT_COLUMNS = (
    *("skill", "skill__title", "skill__slug", "skill__group", "skill__group__title"),
    *("skill__collection", "skill__collection__slug", "skill__collection__is_home"),
    *("group", "group__title", "group__slug"),
)


def load_expectations(
    levels: Iterable[Level], *, all_kinds_at: Level | None = None
) -> list[Expectation]:
    """Read the expectations of these levels from the top level down. One query.

    Each expectation has the object in `levels` as its level.

    :param levels: levels whose visibility the caller has checked.
    :param all_kinds_at: the level whose examples and notes are read too.
    """
    by_id = {level.pk: level for level in levels}
    condition = Q(level__in=by_id, kind=Expectation.Kind.EXPECTATION)
    if all_kinds_at:
        condition |= Q(level=all_kinds_at)
    rows = Expectation.objects.filter(condition).shown_on(*by_id.values())
    rows = rows.select_related("skill__collection", "skill__group", "group")
    expectations = list(rows.order_by("-level__position", "-level_id", "position", "id"))
    for expectation in expectations:
        expectation.level = by_id[expectation.level_id]
    return expectations


@dataclass
class ExpectationHeading:
    """The expectations of a level under one skill or dimension, or under neither."""

    subject: Subject | None
    stated: list[Expectation] = field(default_factory=list)
    #: Expectations of the levels below that the level includes.
    inherited: list[Expectation] = field(default_factory=list)

    @property
    def is_skill(self) -> bool:
        """Whether it is a skill, which has a page to link to."""
        return isinstance(self.subject, Skill)


@dataclass(frozen=True)
class HeadingGroup:
    """The headings of one skill group, or those without a group."""

    group: SkillGroup | None
    headings: list[ExpectationHeading] = field(default_factory=list)


def expectation_groups(level: Level, order: LevelOrder) -> list[HeadingGroup]:
    """Read what is expected at a level, inherited expectations included, by skill group.

    Groups and headings come in the order in which they first occur. A dimension is a heading in its
    own group if skills of that group are headings too; otherwise it has no group. One query.
    """
    headings: dict[Subject | None, ExpectationHeading] = {}
    for expectation in _effective_expectations(level, order):
        subject = expectation.skill or expectation.group
        heading = headings.setdefault(subject, ExpectationHeading(subject))
        if expectation.level == level:
            heading.stated.append(expectation)
        else:
            heading.inherited.append(expectation)
    return _grouped(headings)


def _grouped(headings: Mapping[Subject | None, ExpectationHeading]) -> list[HeadingGroup]:
    skill_groups = {subject.group for subject in headings if isinstance(subject, Skill)}
    groups: dict[SkillGroup | None, HeadingGroup] = {}
    for subject, heading in headings.items():
        group = subject.group if isinstance(subject, Skill) else subject
        if group not in skill_groups:
            group = None
        groups.setdefault(group, HeadingGroup(group)).headings.append(heading)
    return list(groups.values())


def _effective_expectations(level: Level, order: LevelOrder) -> list[Expectation]:
    """The expectations of a level and those it inherits, without repeating the same text."""
    expectations = load_expectations(order.included(level), all_kinds_at=level)
    texts = {expectation.text for expectation in expectations if expectation.level == level}
    effective = []
    for expectation in expectations:
        if expectation.level == level or expectation.text not in texts:
            effective.append(expectation)
    return effective


@dataclass(frozen=True)
class ExpectationCount:
    """How many expectations a level has under one heading, stated by itself and inherited."""

    level: Level
    stated: int
    inherited: int

    @property
    def csv_text(self) -> str:
        """Both numbers as a cell of a CSV file."""
        if self.inherited:
            return f"{self.stated} + {self.inherited} inherited"
        return str(self.stated)


@dataclass(frozen=True)
class CoverageRow:
    """One skill or dimension with a count for each level."""

    subject: Subject
    counts: Sequence[ExpectationCount]

    @property
    def group_title(self) -> str:
        """The title of the group of a skill; empty for a dimension."""
        if isinstance(self.subject, Skill) and self.subject.group:
            return self.subject.group.title
        return ""

    @property
    def is_skill(self) -> bool:
        """Whether it is a skill, which has a page to link to."""
        return isinstance(self.subject, Skill)


def expectation_coverage(order: LevelOrder) -> list[CoverageRow]:
    """Count the expectations of each level under each heading, for a ladder without skills.

    Rows come in the order in which they and their groups first occur. One query.
    """
    rows = _counts_by_subject(order.levels)
    numbers: dict[Subject, dict[int, int]] = {}
    for row in sorted(rows, key=_first_occurrence):
        numbers.setdefault(_subject(row), {})[row["level"]] = row["number"]
    groups: dict[str, list[CoverageRow]] = {}
    for subject, by_level in numbers.items():
        coverage_row = CoverageRow(subject, [_count(order, lv, by_level) for lv in order.levels])
        groups.setdefault(coverage_row.group_title, []).append(coverage_row)
    return [row for rows in groups.values() for row in rows]


def _counts_by_subject(levels: Sequence[Level]) -> Iterable[dict[str, Any]]:
    expectations = Expectation.objects.filter(level__in=levels, kind=Expectation.Kind.EXPECTATION)
    with_heading = expectations.shown_on(*levels).exclude(skill=None, group=None)
    grouped = with_heading.order_by().values("level", *SUBJECT_COLUMNS)
    return grouped.annotate(number=Count("pk"), first_position=Min("position"))


def _first_occurrence(row: Mapping[str, int]) -> tuple[int, int]:
    return row["first_position"], row["level"]


def _count(order: LevelOrder, level: Level, numbers: Mapping[int, int]) -> ExpectationCount:
    """
    :param numbers: the expectations of each level under one heading, by primary key.
    """
    stated = numbers.get(level.pk, 0)
    included = sum(numbers.get(lower.pk, 0) for lower in order.included(level))
    return ExpectationCount(level, stated, included - stated)


def _subject(row: Mapping[str, Any]) -> Subject:
    """The skill or dimension of a row of columns, as far as the table shows it."""
    if row["skill"] is None:
        return SkillGroup(pk=row["group"], title=row["group__title"], slug=row["group__slug"])
    group = None
    if row["skill__group"]:
        group = SkillGroup(pk=row["skill__group"], title=row["skill__group__title"])
    collection = Collection(
        pk=row["skill__collection"],
        slug=row["skill__collection__slug"],
        is_home=row["skill__collection__is_home"],
    )
    return Skill(
        pk=row["skill"],
        title=row["skill__title"],
        slug=row["skill__slug"],
        group=group,
        collection=collection,
    )
