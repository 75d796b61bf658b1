"""The comparison of two levels, of one ladder or of two: skills, expectations, scope and reach."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set, Sized
from dataclasses import dataclass
from itertools import chain, groupby
from operator import attrgetter
from typing import NamedTuple

from content.markdown import plain_text
from content.text import number_with_noun
from content.text_diff import DiffSpan, marked_lines
from ladders.expectations import load_expectations, without_repeats
from ladders.level_order import LevelOrder, moves_between
from ladders.level_profile import LevelProfile, level_facts
from ladders.levels_with_skills import reference_levels
from ladders.models import Expectation, Level, mark_owners, mark_shared_codes
from ladders.requirements import (
    RequiredSkill,
    RequirementMatrix,
    change_between,
    load_required_skills,
)
from roles.importance import importance_difference
from skills.models import Skill, SkillGroup
from skills.proficiencies import Descriptors, load_descriptors

#: Headings of changes of skills within one ladder, in the order in which they are shown.
SKILL_CHANGES = {
    "added": "Added",
    "raised": "Raised",
    "lowered": "Lowered",
    "dropped": "Dropped",
    "ungraded": "Required by both, but one of them does not state a proficiency",
    "importance": "Same proficiency, different importance",
    "same": "Unchanged",
}
#: The same for levels of two ladders, where no one adds or raises anything.
SKILL_CHANGES_ACROSS = {
    "added": "Required only at {after}",
    "raised": "Higher at {after}",
    "lowered": "Higher at {before}",
    "dropped": "Required only at {before}",
    "ungraded": SKILL_CHANGES["ungraded"],
    "importance": SKILL_CHANGES["importance"],
    "same": "Alike",
}
#: Headings of changes of expectations within one ladder. An expectation is *extended* if a new one
#: stands under the same skill or dimension.
EXPECTATION_CHANGES = {
    "new": "New",
    "extended": "Extended by new expectations",
    "same": "Unchanged",
    "dropped": "No longer stated",
}
#: The same for levels of two ladders.
EXPECTATION_CHANGES_ACROSS = {
    "new": "Stated for {after}",
    "extended": "Stated for {before} under the same headings",
    "same": "Stated for both",
    "dropped": "Stated only for {before}",
}
#: The primary keys of skill and dimension of an expectation under neither.
NO_SUBJECT = (None, None)

#: A text with its changed words marked.
MarkedText = Sequence[DiffSpan]


@dataclass(frozen=True)
class ComparisonSide:
    """What one level requires of a skill, with the lines of the descriptor."""

    requirement: RequiredSkill | None
    lines: Sequence[MarkedText]


@dataclass(frozen=True)
class SkillChange:
    """A skill that at least one of the two levels requires."""

    skill: Skill
    before: ComparisonSide
    after: ComparisonSide


@dataclass(frozen=True)
class SkillChanges:
    """The skills with the same kind of change."""

    kind: str
    heading: str
    changes: Sequence[SkillChange]

    @property
    def count(self) -> str:
        """The number of skills and what happens to them, e.g. ``3 skills added``."""
        return f"{number_with_noun(len(self.changes), 'skill')} {self.heading.lower()}"


@dataclass(frozen=True)
class ComparedExpectation:
    """An expectation with its skill or dimension and the level that states it."""

    text: str
    skill: Skill | None
    group: SkillGroup | None
    #: The level, e.g. ``Senior`` or ``inherited from Senior``.
    origin: str


@dataclass(frozen=True)
class ExpectationChanges:
    """The expectations with the same kind of change."""

    kind: str
    heading: str
    expectations: Sequence[ComparedExpectation]


@dataclass(frozen=True)
class FactChange:
    """One of the short texts that say how large a level is, for both levels."""

    title: str
    before: MarkedText
    after: MarkedText


class OneSided(NamedTuple):
    """Two levels of which only one states something."""

    known: LevelProfile
    unknown: LevelProfile


class LevelComparison:
    """Two levels side by side; `before` may also be the higher one.

    Levels are compared by skills only if both name skills, and by expectations only if both have
    expectations: what a publisher leaves out would look like a change.

    Takes four queries, and one for `alternative` if too little is known of a level.

    :param levels: the levels of their ladders in order, whose visibility the caller has checked;
        `before` and `after` are among them.
    """

    def __init__(self, before: Level, after: Level, levels: Sequence[Level]) -> None:
        self.before, self.after = before, after
        self.is_across = before.ladder_id != after.ladder_id
        mark_shared_codes(levels)
        mark_owners(levels)
        matrices = _load_matrices(levels)
        self._included = {
            level: matrices[level.ladder_id].order.included(level) for level in (before, after)
        }
        expectations = load_expectations(set(chain(*self._included.values())))
        self.profiles = []
        for level in (before, after):
            required_skills = matrices[level.ladder_id].required_skills(level)
            self.profiles.append(self._profile(level, required_skills, expectations))
        self.facts = self._compare_facts()
        self.facts_of_one = self._facts_of_one()
        self.skills = self._compare_skills()
        self.expectations = self._compare_expectations()

    @property
    def title(self) -> str:
        """The title of the page."""
        return f"{self.before.full_title} and {self.after.full_title}"

    @property
    def skill_counts(self) -> str:
        """How many skills change in which way; empty for levels of two ladders."""
        if self.is_across:
            return ""
        return ", ".join(changes.count for changes in self.skills)

    @property
    def new_expectations(self) -> int:
        """How many expectations are new; 0 for levels of two ladders."""
        if self.is_across:
            return 0
        counts = {changes.kind: len(changes.expectations) for changes in self.expectations}
        return counts.get("new", 0)

    @property
    def sparse(self) -> list[LevelProfile]:
        """The levels of which too little is known for a complete comparison."""
        sparse = []
        for profile, other in self._profiles_with_others():
            if not profile.skills or profile.is_sparse_beside(other):
                sparse.append(profile)
        return sparse

    @property
    def one_with_skills(self) -> OneSided | None:
        """Which level names skills and which does not, if that is only one of them."""
        before, after = self.profiles
        return self._one_sided(before.skills, after.skills)

    @property
    def one_with_expectations(self) -> OneSided | None:
        """Which level has expectations and which has none, if that is only one of them."""
        before, after = self.profiles
        return self._one_sided(before.expectations, after.expectations)

    def _one_sided(self, before: Sized, after: Sized) -> OneSided | None:
        """Which level states something and which does not, if that is only one of them."""
        if bool(before) == bool(after):
            return None
        return OneSided(*self.profiles) if before else OneSided(*reversed(self.profiles))

    @property
    def uncompared_expectations(self) -> list[ComparedExpectation]:
        """The expectations of the only level that has some."""
        sides = self.one_with_expectations
        return [self._compared(row) for row in sides.known.expectations] if sides else []

    @property
    def alternative(self) -> tuple[Level, Level] | None:
        """The two levels to compare instead.

        A level of which too little is known is replaced by the reference level of the same band.
        None if there is no such reference level, or if it is the other one of the two.
        """
        sparse = []
        for profile in self.sparse:
            if not profile.skills or not profile.level.ladder.is_reference:
                sparse.append(profile.level)
        if not sparse:
            return None
        references = reference_levels(sparse)
        before = references.get(self.before.pk, self.before)
        after = references.get(self.after.pk, self.after)
        if before == after or (before, after) == (self.before, self.after):
            return None
        return before, after

    def _profile(
        self,
        level: Level,
        required_skills: Sequence[RequiredSkill],
        expectations: Iterable[Expectation],
    ) -> LevelProfile:
        included = self._included[level]
        return LevelProfile(
            level,
            {required.skill: required for required in required_skills},
            without_repeats(row for row in expectations if row.level in included),
            level_facts(level, required_skills),
        )

    def _profiles_with_others(self) -> list[tuple[LevelProfile, LevelProfile]]:
        """The profile of each level with that of the other level."""
        before, after = self.profiles
        return [(before, after), (after, before)]

    def _compare_facts(self) -> list[FactChange]:
        """The facts that both levels state."""
        before, after = (profile.facts for profile in self.profiles)
        changes = []
        for title, old in before.items():
            if title in after:
                new = after[title]
                [old_text] = marked_lines([old], [new])
                [new_text] = marked_lines([new], [old])
                changes.append(FactChange(title, old_text, new_text))
        return changes

    def _facts_of_one(self) -> list[tuple[Level, dict[str, str]]]:
        """The facts that only one level states, by level."""
        facts_of_one = []
        for profile, other in self._profiles_with_others():
            facts = {
                title: text for title, text in profile.facts.items() if title not in other.facts
            }
            if facts:
                facts_of_one.append((profile.level, facts))
        return facts_of_one

    def _compare_skills(self) -> list[SkillChanges]:
        """Compare the required skills; empty unless both levels name skills. One query."""
        before, after = (profile.skills for profile in self.profiles)
        if not before or not after:
            return []
        descriptors = load_descriptors({**before, **after}, self.before, self.after)
        by_kind: defaultdict[str, list[SkillChange]] = defaultdict(list)
        for skill in {**before, **after}:
            old, new = before.get(skill), after.get(skill)
            by_kind[_kind_of_change(old, new)].append(_skill_change(skill, old, new, descriptors))
        changes = []
        for kind, heading in self._headings(SKILL_CHANGES, SKILL_CHANGES_ACROSS).items():
            if by_kind[kind]:
                changes.append(SkillChanges(kind, heading, by_kind[kind]))
        return changes

    def _compare_expectations(self) -> list[ExpectationChanges]:
        """Compare the expectations; empty unless both levels have some."""
        before, after = (profile.expectations for profile in self.profiles)
        if not before or not after:
            return []
        headings = self._headings(EXPECTATION_CHANGES, EXPECTATION_CHANGES_ACROSS)
        by_kind = self._expectations_by_kind(before, after)
        changes = []
        for kind, heading in headings.items():
            if by_kind[kind]:
                compared = [self._compared(row) for row in by_kind[kind]]
                changes.append(ExpectationChanges(kind, heading, compared))
        return changes

    def _expectations_by_kind(
        self, before: Sequence[Expectation], after: Sequence[Expectation]
    ) -> defaultdict[str, list[Expectation]]:
        """The expectations of both levels by kind of change; see `EXPECTATION_CHANGES`."""
        texts = {row.text for row in before} & {row.text for row in after}
        by_kind: defaultdict[str, list[Expectation]] = defaultdict(list)
        by_kind["new"] = [row for row in after if not self._holds_at(self.before, row, texts)]
        new_subjects = {_subject(row) for row in by_kind["new"]} - {NO_SUBJECT}
        for row in before:
            if _subject(row) in new_subjects:
                by_kind["extended"].append(row)
            elif self._holds_at(self.after, row, texts):
                by_kind["same"].append(row)
            else:
                by_kind["dropped"].append(row)
        return by_kind

    def _holds_at(self, level: Level, expectation: Expectation, shared_texts: Set[str]) -> bool:
        """Whether an expectation of one level holds at the other, included or in equal words."""
        return expectation.text in shared_texts or expectation.level in self._included[level]

    def _compared(self, expectation: Expectation) -> ComparedExpectation:
        origin = expectation.level.full_name
        if expectation.level not in (self.before, self.after):
            origin = f"inherited from {origin}"
        return ComparedExpectation(expectation.text, expectation.skill, expectation.group, origin)

    def _headings(self, within: Mapping[str, str], across: Mapping[str, str]) -> Mapping[str, str]:
        """Headings by kind of change, for levels of two ladders with the names of both levels."""
        if not self.is_across:
            return within
        names = {"before": self.before.full_name, "after": self.after.full_name}
        return {kind: template.format(**names) for kind, template in across.items()}


def _load_matrices(levels: Sequence[Level]) -> dict[int, RequirementMatrix]:
    """Read the tables of one ladder or two, by the primary key of the ladder. Two queries."""
    moves = list(moves_between(levels))
    required_skills = load_required_skills(levels, with_ranks=True)
    matrices = {}
    for ladder_id, levels_of_ladder in groupby(levels, key=attrgetter("ladder_id")):
        order = LevelOrder(list(levels_of_ladder), moves)
        matrices[ladder_id] = RequirementMatrix(order, required_skills)
    return matrices


def _kind_of_change(old: RequiredSkill | None, new: RequiredSkill | None) -> str:
    """How the requirement of a skill changes; see `SKILL_CHANGES`."""
    change = change_between(old, new)
    if old and new and change == "same" and importance_difference([old, new]):
        return "importance"
    return change


def _skill_change(
    skill: Skill, old: RequiredSkill | None, new: RequiredSkill | None, descriptors: Descriptors
) -> SkillChange:
    old_lines, new_lines = _lines(old, descriptors), _lines(new, descriptors)
    return SkillChange(
        skill,
        before=ComparisonSide(old, marked_lines(old_lines, new_lines)),
        after=ComparisonSide(new, marked_lines(new_lines, old_lines)),
    )


def _lines(required: RequiredSkill | None, descriptors: Descriptors) -> list[str]:
    """The statements of the descriptor of a requirement; empty if there is none."""
    if required is None:
        return []
    return plain_text(descriptors.get(required.descriptor_key, "")).splitlines()


def _subject(expectation: Expectation) -> tuple[int | None, int | None]:
    return expectation.skill_id, expectation.group_id
