"""The page of one level of a ladder."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import NamedTuple
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.text import Truncator

from content.markdown import text_in_one_line
from content.text import number_with_noun, title_in_sentence
from ladders.band_chart import band_chart
from ladders.band_map import load_levels_by_ladder
from ladders.expectations import (
    ExpectationHeading,
    HeadingGroup,
    Subject,
    expectation_groups,
)
from ladders.level_strip import level_strip
from ladders.levels_with_skills import reference_level
from ladders.models import BandMapping, Level, LevelMove
from ladders.requirements import CHANGE_MARKS, RequiredSkill, RequirementMatrix
from roles.importance import Importance, importance_legend
from skills.models import Skill, SkillGroup
from skills.proficiencies import Descriptors, load_descriptors, proficiency_legend

#: A heading of a Markdown text.
HEADING = re.compile(r"^#+ +(.+?) *#*$", re.MULTILINE)
TRACK_MEANINGS = {
    Level.Track.INDIVIDUAL: "leads by their own work, not by leading people",
    Level.Track.MANAGER: "leads people",
}
#: The changes that a summary counts, in its order.
CHANGE_VERBS = ("raised", "added", "lowered")


class Link(NamedTuple):
    """A link of the page."""

    label: str
    url: str


@dataclass(frozen=True)
class Fact:
    """A line of the key facts: a text, or links."""

    label: str
    text: str = ""
    links: Sequence[Link] = ()


@dataclass(frozen=True)
class Change:
    """A text of the level, such as its scope, with that of the level below."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class SkillRow:
    """A required skill with all that the level says about it."""

    requirement: RequiredSkill
    #: What the skill looks like at the required proficiency, as Markdown.
    descriptor: str
    #: How it differs from the level below, if that is worth marking.
    change: str
    #: The proficiency that the level below requires, if it is another one.
    previous: str
    #: What is expected at the level under this skill.
    expectations: ExpectationHeading | None

    @property
    def importance_class(self) -> str:
        """The CSS classes of its importance: a tag, unless it is the usual one or decides."""
        required = self.requirement
        if required.decides or not required.importance or required.is_expected:
            return "hidden"
        return f"tag tag--{required.importance}"

    @property
    def continues_unchanged(self) -> bool:
        """Whether the skill is inherited, is not essential, and has nothing new at this level."""
        required = self.requirement
        has_new_text = self.expectations and self.expectations.stated
        return bool(required.inherited_from and not required.is_essential and not has_new_text)

    @property
    def change_text(self) -> str:
        """How it differs from the level below, in words that follow the mark."""
        if self.change == "added":
            return "new at this level"
        return f"from {self.previous}" if self.previous else ""


@dataclass(frozen=True)
class SkillSection:
    """The required skills of one skill group."""

    group: SkillGroup | None
    rows: Sequence[SkillRow]


class LevelPage:
    """What the page of a level shows, apart from what other packages say about the level.

    Takes four queries, and one more for a level without skills.

    :param matrix: the table of its ladder, with ranks of proficiencies.
    :param moves: the moves from and to all levels of the ladder.
    """

    def __init__(self, level: Level, matrix: RequirementMatrix, moves: Sequence[LevelMove]) -> None:
        order = matrix.order
        self.level = level
        self.below = order.below.get(level.pk)
        self.levels_above = order.above[level.pk]
        self.required_skills = matrix.required_skills(level)
        #: The reference level of the same band, if the level itself names no skills.
        self.reference = None if self.required_skills else reference_level(level)
        self.kind = _kind(level, level.band_mapping, order.has_tracks)
        self.strip = level_strip(order, level)
        self.actions = self._tools() + self._comparisons()
        self.facts = _facts(level, self.levels_above, self.required_skills, order.has_tracks)
        self.deciding_skills = list(filter(attrgetter("decides"), self.required_skills))
        self.changes = _changes(level, self.below)
        #: Whether the skills are marked by how they differ from the level below.
        self.is_compared = level.pk in matrix.compared_with
        self.moves = [move for move in moves if level in (move.from_level, move.to_level)]
        ladders = []
        if level.band:
            others = load_levels_by_ladder(Level.objects.shown_on(level))
            ladders = [order.levels, *others]
        #: The level at other companies; None if it is not mapped to bands, or no other level is.
        self.chart = band_chart(level, ladders)
        groups = expectation_groups(level, order)
        rows = _skill_rows(level, matrix, self.required_skills, groups)
        shown, unchanged = _split_unchanged(rows)
        self.skill_sections = _by_group(shown)
        #: Skills that continue unchanged from the level below are listed separately.
        self.unchanged_sections = _by_group(unchanged)
        self.unchanged_count = len(unchanged)
        #: What is expected under dimensions, under skills that are not required, or under neither.
        self.expectation_groups = _without_skills(groups, self.required_skills)
        self.proficiency_legend = proficiency_legend(self.required_skills)
        self.importance_legend = importance_legend(self.required_skills)

    def _tools(self) -> list[Link]:
        """The tools for the level; those for the reference level if the level names no skills."""
        level = self.level if self.required_skills else self.reference
        if level is None:
            return []
        suffix = f" for {level}" if level == self.reference else ""
        query = urlencode({"level": level.key})
        return [
            Link(f"Start a self-assessment{suffix}", level.get_assessment_url()),
            Link(f"Build an interview loop{suffix}", f"{reverse('hiring:loop_builder')}?{query}"),
            Link(f"Practice interviews{suffix}", f"{reverse('interviews:practice')}?{query}"),
        ]

    def _comparisons(self) -> list[Link]:
        """The comparisons with the levels above; with the level below at the top of the ladder."""
        links = []
        for upper in self.levels_above:
            links.append(Link(f"Compare with {upper}", comparison_url(self.level, upper)))
        if self.below and not self.levels_above:
            links.append(Link(f"Compare with {self.below}", self.comparison_url))
        return links

    @property
    def change_summary(self) -> str:
        """How many skills differ from the level below, such as “3 skills raised, 1 added”."""
        changes: Counter[str] = Counter()
        for section in self.skill_sections:
            changes.update(row.change for row in section.rows if row.change)
        parts: list[str] = []
        for verb in CHANGE_VERBS:
            if changes[verb]:
                count = str(changes[verb]) if parts else number_with_noun(changes[verb], "skill")
                parts.append(f"{count} {verb}")
        return ", ".join(parts)

    @property
    def body_topics(self) -> str:
        """The headings of the further text, or else its first words."""
        topics = HEADING.findall(self.level.body)
        return ", ".join(topics) or Truncator(text_in_one_line(self.level.body)).words(8)

    @property
    def comparison_url(self) -> str:
        """The comparison with the level below; empty if there is none."""
        return comparison_url(self.below, self.level) if self.below else ""

    @property
    def contents(self) -> list[Link]:
        """The parts of the page, apart from those of other packages."""
        below = self.below
        changes_title = f"What changes from {below}" if below else "Scope, autonomy and reach"
        parts: list[tuple[str, str, object]] = [
            ("What decides", "decides", self.deciding_skills),
            (changes_title, "changes", self.changes or self.is_compared),
            ("At other companies", "equivalents", self.chart),
            ("Required skills", "skills", self.skill_sections),
            ("Expectations", "expectations", self.expectation_groups),
            ("Career paths", "moves", self.moves),
            ("More about this level", "more", self.level.body),
        ]
        return [Link(title, f"#{anchor}") for title, anchor, content in parts if content]


def comparison_url(before: Level, after: Level) -> str:
    """The address of the comparison of two levels."""
    pair = urlencode({"from": before.key, "to": after.key})
    return f"{reverse('ladders:level_compare')}?{pair}"


def _kind(level: Level, mapping: BandMapping, has_tracks: bool) -> str:
    """The line above the title: company, code, band, and the track if the ladder has several."""
    parts = [level.ladder.organization, level.separate_code]
    if level.band:
        bands = title_in_sentence(mapping.bands)
        parts.append(f"{bands} band" if mapping.defines_band else f"about {bands}")
    if has_tracks:
        parts.append(level.get_track_display())
    return " · ".join(filter(None, parts))


def _facts(
    level: Level,
    levels_above: Sequence[Level],
    required_skills: Sequence[RequiredSkill],
    has_tracks: bool,
) -> list[Fact]:
    """The key facts; what is not stated is left out."""
    experience = f"{level.usual_years}, usually" if level.usual_years else ""
    band_map = Link(str(level.band_mapping), reverse("ladders:band_map"))
    above = [Link(str(upper), upper.get_absolute_url()) for upper in levels_above]
    facts = [
        Fact("Experience", experience),
        Fact("Track", _track(level) if has_tracks else ""),
        Fact("Band", links=[band_map] if level.band else []),
        Fact("Skills", _skill_count(required_skills)),
        Fact("Next level", links=above),
        Fact("Not yet expected", level.not_yet_expected),
    ]
    return [fact for fact in facts if fact.text or fact.links]


def _track(level: Level) -> str:
    """The track of a level and what it means; empty if it is not stated."""
    if not level.track:
        return ""
    return f"{level.get_track_display()}: {TRACK_MEANINGS[Level.Track(level.track)]}"


def _skill_count(required_skills: Sequence[RequiredSkill]) -> str:
    """How many skills a level requires, and how many of them are stated to be essential."""
    if not required_skills:
        return ""
    essential = sum(required.importance == Importance.ESSENTIAL for required in required_skills)
    count = str(len(required_skills))
    return f"{count}, of which {essential} essential" if essential else count


def _changes(level: Level, below: Level | None) -> list[Change]:
    """Scope, autonomy and reach, next to those of the level below."""
    changes = []
    for label in ("Scope", "Autonomy", "Reach"):
        field = label.lower()
        after = getattr(level, field)
        if after:
            changes.append(Change(label, getattr(below, field, ""), after))
    return changes


def _skill_rows(
    level: Level,
    matrix: RequirementMatrix,
    required_skills: Sequence[RequiredSkill],
    groups: Iterable[HeadingGroup],
) -> list[SkillRow]:
    """The required skills with descriptors and expectations. One query."""
    descriptors = load_descriptors([required.skill for required in required_skills], level)
    headings = {}
    for group in groups:
        headings.update({heading.subject: heading for heading in group.headings})
    rows = []
    for required in required_skills:
        rows.append(_skill_row(level, matrix, required, descriptors, headings))
    return rows


def _split_unchanged(rows: list[SkillRow]) -> tuple[list[SkillRow], list[SkillRow]]:
    """The rows to show, and those that continue unchanged. If all do, all are shown."""
    unchanged = [row for row in rows if row.continues_unchanged]
    if len(unchanged) == len(rows):
        return rows, []
    return [row for row in rows if not row.continues_unchanged], unchanged


def _by_group(rows: Iterable[SkillRow]) -> list[SkillSection]:
    """Rows by skill group, in their order."""
    sections: dict[SkillGroup | None, list[SkillRow]] = {}
    for row in rows:
        sections.setdefault(row.requirement.skill.group, []).append(row)
    return [SkillSection(group, group_rows) for group, group_rows in sections.items()]


def _skill_row(
    level: Level,
    matrix: RequirementMatrix,
    required: RequiredSkill,
    descriptors: Descriptors,
    headings: Mapping[Subject | None, ExpectationHeading],
) -> SkillRow:
    change = matrix.cell(level, required.skill).change
    previous = ""
    if change in {"raised", "lowered"}:
        lower = matrix.compared_with[level.pk]
        before = matrix.cell(lower, required.skill).requirement
        previous = before.proficiency.title if before and before.proficiency else ""
    return SkillRow(
        requirement=required,
        descriptor=descriptors.get(required.descriptor_key, ""),
        change=change if change in CHANGE_MARKS else "",
        previous=previous,
        expectations=headings.get(required.skill),
    )


def _without_skills(
    groups: Iterable[HeadingGroup], required_skills: Iterable[RequiredSkill]
) -> list[HeadingGroup]:
    """The groups without the headings of required skills; empty groups are left out."""
    skills: set[Skill] = {required.skill for required in required_skills}
    remaining = []
    for group in groups:
        headings = [heading for heading in group.headings if heading.subject not in skills]
        if headings:
            remaining.append(HeadingGroup(group.group, headings))
    return remaining
