"""What is expected at the levels of a ladder, under skills and dimensions.

An expectation stands under a skill, under a skill group (a dimension), or under neither. A level
that includes the level below it has the expectations of that level too, but not its examples.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from django.db.models import Q

from ladders.level_order import LevelOrder
from ladders.models import Expectation, Level
from skills.models import Skill, SkillGroup

#: What an expectation stands under.
Subject = Skill | SkillGroup

#: What the table of a ladder shows of an expectation.
TABLE_FIELDS = (
    *("level", "text", "group__title", "group__slug"),
    *("skill__title", "skill__slug", "skill__group__title"),
    *("skill__collection__slug", "skill__collection__is_home"),
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
    #: Whether it is a skill, which has a page to link to.
    is_skill: bool
    stated: list[Expectation] = field(default_factory=list)
    #: Expectations of the levels below that the level includes.
    inherited: list[Expectation] = field(default_factory=list)


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
    expectations = load_expectations(order.included(level), all_kinds_at=level)
    skill_groups = {row.skill.group for row in expectations if row.skill}
    headings: dict[Subject | None, ExpectationHeading] = {}
    groups: dict[SkillGroup | None, HeadingGroup] = {}
    for expectation in without_repeats(expectations):
        skill = expectation.skill
        subject = skill or expectation.group
        if subject not in headings:
            headings[subject] = ExpectationHeading(subject, is_skill=skill is not None)
            group = skill.group if skill else expectation.group
            if group not in skill_groups:
                group = None
            groups.setdefault(group, HeadingGroup(group)).headings.append(headings[subject])
        if expectation.level == level:
            headings[subject].stated.append(expectation)
        else:
            headings[subject].inherited.append(expectation)
    return list(groups.values())


def without_repeats(expectations: Iterable[Expectation]) -> list[Expectation]:
    """Return expectations without those that a level further up states in the same words.

    :param expectations: of a level and of the levels that it includes, from the top level down.
    """
    stating: dict[tuple[int | None, int | None, str], int] = {}
    remaining = []
    for row in expectations:
        statement = (row.skill_id, row.group_id, row.text)
        if stating.setdefault(statement, row.level_id) == row.level_id:
            remaining.append(row)
    return remaining


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
    expectations = _expectations_with_heading(order.levels)
    stated: defaultdict[int, list[Expectation]] = defaultdict(list)
    for expectation in expectations:
        stated[expectation.level_id].append(expectation)
    numbers = {level: _numbers(level, order, stated) for level in order.levels}
    groups: dict[str, list[CoverageRow]] = {}
    for subject in dict.fromkeys(map(_subject, expectations)):
        counts = []
        for level, by_subject in numbers.items():
            counts.append(
                ExpectationCount(level, by_subject[subject, True], by_subject[subject, False])
            )
        row = CoverageRow(subject, counts)
        groups.setdefault(row.group_title, []).append(row)
    return list(chain.from_iterable(groups.values()))


def _numbers(
    level: Level, order: LevelOrder, stated: Mapping[int, Sequence[Expectation]]
) -> Counter[tuple[Subject, bool]]:
    """The numbers of expectations of a level by heading, and whether it states them itself.

    :param stated: what each level of the ladder states itself, by primary key.
    """
    numbers: Counter[tuple[Subject, bool]] = Counter()
    expectations = [stated.get(included.pk, []) for included in order.included(level)]
    for expectation in without_repeats(chain.from_iterable(expectations)):
        numbers[_subject(expectation), expectation.level_id == level.pk] += 1
    return numbers


def _expectations_with_heading(levels: Sequence[Level]) -> list[Expectation]:
    """Read the expectations of these levels under skills and dimensions, by position."""
    rows = Expectation.objects.filter(level__in=levels, kind=Expectation.Kind.EXPECTATION)
    rows = rows.shown_on(*levels).exclude(skill=None, group=None)
    rows = rows.select_related("skill__collection", "skill__group", "group").only(*TABLE_FIELDS)
    return list(rows.order_by("position", "level", "pk"))


def _subject(expectation: Expectation) -> Subject:
    subject = expectation.skill or expectation.group
    assert subject is not None
    return subject
