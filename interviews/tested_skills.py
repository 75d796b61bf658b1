"""Which skills that a level needs are tested by questions in rounds.

Each is tested once, twice, too low, or not at all.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from interviews.models import Question, QuestionSkill
from ladders.requirements import RequiredSkill
from roles.models import is_required, word_for_required
from skills.models import Skill


@dataclass(frozen=True)
class Test:
    """A question that tests a skill."""

    question: Question
    #: Whether a good answer shows as much as the level needs; so too where either names no
    #: proficiency.
    is_enough: bool


class AskedIn(NamedTuple):
    """One round of a loop or section of a set, with what it asks or what in it tests a skill."""

    name: str
    asked: Sequence[Any]


@dataclass(frozen=True)
class Tested:
    """A skill that the level needs, with what tests it in each round."""

    needed: RequiredSkill
    rounds: Sequence[AskedIn]

    @property
    def skill(self) -> Skill:
        """What is tested."""
        return self.needed.skill

    @property
    def is_required(self) -> bool:
        """Whether it is more than desirable."""
        return is_required(self.needed.importance)

    @property
    def tests(self) -> list[Test]:
        """All of them."""
        return [test for part in self.rounds for test in part.asked]

    @property
    def minutes(self) -> int | None:
        """Of all questions that test it; they test other skills as well.

        None if one of them does not say how long it takes.
        """
        stated = [test.question.minutes for test in self.tests if test.question.minutes]
        return sum(stated) if len(stated) == len(self.tests) else None

    @property
    def standing(self) -> str:
        """How well it is tested, in words."""
        if not self.tests:
            return "not tested"
        if not any(test.is_enough for test in self.tests):
            return "tested too low"
        return (
            "tested once"
            if len(self.tests) == 1
            else "tested twice"
            if len(self.tests) == 2
            else "tested often"
        )

    @property
    def is_open(self) -> bool:
        """Whether nothing tests it as high as the level needs it."""
        return not any(test.is_enough for test in self.tests)


class Coverage:
    """How well rounds of questions, whose skills are at hand, test what a level needs."""

    def __init__(self, needs: Iterable[RequiredSkill], rounds: Sequence[AskedIn]) -> None:
        self.names = [part.name for part in rounds]
        self.tested = [
            Tested(need, [AskedIn(part.name, _tests(need, part.asked)) for part in rounds])
            for need in sorted(needs, key=lambda need: not is_required(need.importance))
        ]

    @property
    def untested(self) -> list[Tested]:
        """What is required and nothing tests high enough."""
        return [each for each in self.tested if each.is_required and each.is_open]

    @property
    def is_complete(self) -> bool:
        """Whether there are required skills, and all of them are tested high enough."""
        return not self.untested and any(each.is_required for each in self.tested)

    @property
    def required(self) -> str:
        """What the level calls the skills that are more than desirable."""
        return word_for_required(each.needed.importance for each in self.tested)


def _tests(need: RequiredSkill, asked: Iterable[Question]) -> list[Test]:
    rows = [(question, row) for question in asked for row in question.question_skills.all()]
    return [
        Test(question, is_enough(need, row))
        for question, row in rows
        if row.skill_id == need.skill.pk
    ]


def is_enough(need: RequiredSkill, row: QuestionSkill) -> bool:
    """Whether a good answer shows as much of the skill as is needed."""
    if need.proficiency is None or row.proficiency is None:
        return True
    return row.proficiency.position >= need.proficiency.position
