"""How well questions in rounds test the skills that a level requires.

Rounds are those of a loop, or the sections of a question set.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import NamedTuple

from django.template.defaultfilters import pluralize

from interviews.models import Question, QuestionSkill
from ladders.requirements import RequiredSkill
from roles.importance import word_for_required
from skills.models import Skill

LABELS = {1: "tested once", 2: "tested twice"}


def minutes_label(minutes: int | None) -> str:
    """Minutes in words; they may be unknown."""
    return f"{minutes or '?'} min"


class RoundQuestions(NamedTuple):
    """The name of a round, and the questions that are asked in it."""

    name: str
    questions: Sequence[Question]


class SkillTest(NamedTuple):
    """A question that tests a skill."""

    question: Question
    #: Whether a good answer shows as much as the level requires; true if either names no
    #: proficiency.
    is_high_enough: bool
    #: Whether both name a proficiency.
    is_compared: bool

    @property
    def label(self) -> str:
        """The minutes of the question, and whether it tests the skill too low."""
        minutes = minutes_label(self.question.minutes)
        if self.is_high_enough:
            return minutes
        return f"{minutes}, too low"


class RoundTests(NamedTuple):
    """The name of a round, and what tests one skill in it."""

    name: str
    tests: Sequence[SkillTest]


@dataclass(frozen=True)
class SkillCoverage:
    """A skill that the level requires, and what tests it in each round."""

    requirement: RequiredSkill
    rounds: Sequence[RoundTests]
    #: Those of all rounds.
    tests: Sequence[SkillTest]

    @property
    def skill(self) -> Skill:
        """The skill that is required."""
        return self.requirement.skill

    @property
    def is_essential(self) -> bool:
        """Whether the loop should test it; see `ImportanceMixin.is_essential`."""
        return self.requirement.is_essential

    @property
    def is_tested_enough(self) -> bool:
        """Whether anything tests it as high as the level requires it."""
        return any(test.is_high_enough for test in self.tests)

    @property
    def is_known_to_be_enough(self) -> bool:
        """Whether what tests it, and the level, say how high, and that is high enough."""
        return any(test.is_high_enough and test.is_compared for test in self.tests)

    @property
    def is_gap(self) -> bool:
        """Whether it is essential and nothing tests it high enough."""
        return self.is_essential and not self.is_tested_enough

    @property
    def label(self) -> str:
        """How well it is tested, in words."""
        if not self.tests:
            return "not tested"
        if not self.is_tested_enough:
            return "tested too low"
        return LABELS.get(len(self.tests), "tested often")

    @property
    def time_label(self) -> str:
        """The minutes of all questions that test it, in words; empty if nothing does.

        They are unknown if one of the questions does not state its minutes. The questions may test
        other skills as well.
        """
        minutes = [test.question.minutes or 0 for test in self.tests]
        if not minutes:
            return ""
        return minutes_label(sum(minutes) if all(minutes) else None)

    @property
    def inherited_note(self) -> str:
        """The level that the requirement is inherited from, in parentheses; may be empty."""
        source = self.requirement.inherited_from
        if source is None:
            return ""
        return f"(inherited from {source.full_title})"


class Coverage:
    """How well the questions of all rounds test what a level requires."""

    def __init__(
        self,
        requirements: Iterable[RequiredSkill],
        rounds: Sequence[RoundQuestions],
        *,
        are_all_asked: bool = True,
    ) -> None:
        """
        :param rounds: with questions whose skills are loaded.
        :param are_all_asked: whether every interview asks all these questions.
        """
        self.are_all_asked = are_all_asked
        self.round_names = list(map(attrgetter("name"), rounds))
        skills = [_skill_coverage(requirement, rounds) for requirement in requirements]
        self.skills = sorted(skills, key=attrgetter("requirement.importance_order"))

    @property
    def untested(self) -> list[SkillCoverage]:
        """The essential skills that nothing tests high enough."""
        return [skill for skill in self.skills if skill.is_gap]

    @property
    def is_complete(self) -> bool:
        """Whether there are essential skills, and all of them are tested high enough."""
        return not self.untested and bool(self._essential)

    @property
    def _essential(self) -> list[SkillCoverage]:
        return list(filter(attrgetter("is_essential"), self.skills))

    @property
    def extent(self) -> str:
        """How well each of those skills is tested if it is complete, within a sentence."""
        extent = "tested"
        if all(skill.is_known_to_be_enough for skill in self._essential):
            extent = "tested at the required proficiency"
        if not self.are_all_asked:
            extent += " if all questions are asked"
        return extent

    @property
    def required(self) -> str:
        """How the essential skills are called: “required” if the level states no importance."""
        return word_for_required(skill.requirement.importance for skill in self._essential)

    @property
    def requires(self) -> str:
        """The verb for what the level does with those skills."""
        if self.required == "essential":
            return "cannot do without"
        return "requires"

    @property
    def untested_note(self) -> str:
        """How many essential skills are not tested high enough, in words."""
        count = len(self.untested)
        skills = f"{count} {self.required} skill{pluralize(count)}"
        return f"{skills} {pluralize(count, 'is,are')} not tested at the required proficiency"


def is_high_enough(requirement: RequiredSkill, question_skill: QuestionSkill) -> bool:
    """Whether a good answer to a question shows as much of the skill as is required.

    It does if either of them names no proficiency.
    """
    if requirement.proficiency is None or question_skill.proficiency is None:
        return True
    return question_skill.proficiency.position >= requirement.proficiency.position


def _skill_coverage(requirement: RequiredSkill, rounds: Sequence[RoundQuestions]) -> SkillCoverage:
    round_tests: list[RoundTests] = []
    all_tests: list[SkillTest] = []
    for name, questions in rounds:
        tests = _tests(requirement, questions)
        round_tests.append(RoundTests(name, tests))
        all_tests += tests
    return SkillCoverage(requirement, round_tests, all_tests)


def _tests(requirement: RequiredSkill, questions: Iterable[Question]) -> list[SkillTest]:
    tests = []
    for question in questions:
        for row in question.question_skills.all():
            if row.skill_id == requirement.skill.pk:
                is_compared = bool(requirement.proficiency and row.proficiency)
                tests.append(SkillTest(question, is_high_enough(requirement, row), is_compared))
    return tests
