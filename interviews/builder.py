"""Builds a loop for a level.

It tells what is proposed, what stands in the address, and what could be asked instead.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When

from interviews.loops import Loop, code_of
from interviews.models import AskedBy, Question, QuestionSkill
from interviews.proposal import DESIRABLE, ESSENTIAL, Candidate, propose
from interviews.tested_skills import AskedIn, Coverage, Tested, is_enough
from ladders.models import Level
from ladders.requirements import requirements_at
from roles.models import Role, is_required
from skills.models import Skill

#: Minutes of each round that belong to the opening and to the candidate's own questions.
KEPT_FREE = 10
#: What a question is taken to last that does not say it.
USUAL_MINUTES = 10
#: Questions that are considered; the rest can be found in the question bank.
CONSIDERED = 400
#: Others that are shown in the place of one, or for a skill.
SHOWN = 12


@dataclass(frozen=True)
class Asked:
    """A question in its place, and the loops that one step leads to from here."""

    question: Question
    code: str
    place: int
    is_first: bool
    reasons: Sequence[Tested]
    loop: Loop

    @property
    def minutes(self) -> int:
        """What it lasts."""
        return self.question.minutes or USUAL_MINUTES

    @property
    def alone(self) -> list[Skill]:
        """Skills that nothing else in the loop tests."""
        return [each.skill for each in self.reasons if len(each.tests) == 1]

    @property
    def also(self) -> list[Skill]:
        """Skills that other questions test as well."""
        return [each.skill for each in self.reasons if len(each.tests) > 1]

    @property
    def dropped(self) -> Loop:
        """Without it."""
        return self.loop.without(self.code)

    @property
    def earlier(self) -> Loop:
        """With it one place earlier."""
        return self.loop.earlier(self.code)

    @property
    def elsewhere(self) -> list[tuple[int, Loop]]:
        """With it in each of the other rounds, by their numbers."""
        others = [place for place in range(len(self.loop.rounds)) if place != self.place]
        return [(place + 1, self.loop.adding(self.code, place)) for place in others]


@dataclass(frozen=True)
class Round:
    """One interview of the loop."""

    number: int
    asked: Sequence[Asked]
    #: Minutes for questions.
    room: int

    @property
    def minutes(self) -> int:
        """What its questions last."""
        return sum(each.minutes for each in self.asked)

    @property
    def over(self) -> int:
        """Minutes that it lasts too long."""
        return max(self.minutes - self.room, 0)


class Builder:
    """A loop for one level. Six queries."""

    def __init__(
        self, level: Level, role: Role | None, rounds: int, minutes: int, text: str = ""
    ) -> None:
        """
        :param role: whose questions are asked, beside those that suit any role.
        :param rounds, minutes: how many interviews, and how long each is; the loop that is given
            says how many itself.
        :param text: a loop as it stands in an address; one is proposed, if it is empty.
        """
        self.level = level
        self.role = role
        self.room = minutes - KEPT_FREE
        self.needs = requirements_at(level)
        given, self.left_out = Loop.read(text) if text else (Loop(()), 0)
        self.questions = {code_of(row): row for row in self._questions(given.numbers)[:CONSIDERED]}
        self.gone = [code for codes in given.rounds for code in codes if code not in self.questions]
        self.is_proposed = not text
        self.loop = self._proposed(rounds) if self.is_proposed else _without(given, self.gone)

    @cached_property
    def coverage(self) -> Coverage:
        """What the level needs, and how well the loop tests it."""
        asked = [[self.questions[code] for code in codes] for codes in self.loop.rounds]
        return Coverage(
            self.needs, [AskedIn(round_name(place), each) for place, each in enumerate(asked, 1)]
        )

    @cached_property
    def rounds(self) -> list[Round]:
        """The interviews with their questions."""
        return [
            Round(place + 1, list(self._asked(place)), self.room)
            for place in range(len(self.loop.rounds))
        ]

    def asks(self, code: str) -> bool:
        """Whether the question with this code is in the loop."""
        return any(code in codes for codes in self.loop.rounds)

    def is_needed(self, skill: str) -> bool:
        """Whether the level needs the skill with this key."""
        return any(need.skill.key == skill for need in self.needs)

    def instead_of(self, code: str) -> list[tuple[Question, Loop]]:
        """Questions that share something this one tests, and the loop with each in its place."""
        skills = {row.skill_id for row in self.questions[code].question_skills.all()}
        return [
            (question, self.loop.swapping(code, other)) for other, question in self._others(skills)
        ]

    def testing(self, skill: str) -> list[tuple[Question, Loop]]:
        """Questions that test the skill with this key.

        With each comes the loop with it added where there is most room.
        """
        skills = {need.skill.pk for need in self.needs if need.skill.key == skill}
        if not self.rounds:
            return []
        place = min(self.rounds, key=lambda each: each.minutes).number - 1
        return [
            (question, self.loop.adding(other, place)) for other, question in self._others(skills)
        ]

    def _asked(self, place: int) -> Iterator[Asked]:
        for number, code in enumerate(self.loop.rounds[place]):
            question = self.questions[code]
            reasons = [
                each
                for each in self.coverage.tested
                if any(test.question is question for test in each.tests)
            ]
            yield Asked(question, code, place, not number, reasons, self.loop)

    def _others(self, skills: set[int]) -> list[tuple[str, Question]]:
        asked = {code for codes in self.loop.rounds for code in codes}
        found = [
            (code, question)
            for code, question in self.questions.items()
            if code not in asked
            and any(row.skill_id in skills for row in question.question_skills.all())
        ]
        return found[:SHOWN]

    def _questions(self, numbers: Sequence[int]) -> QuerySet[Question]:
        """Public questions of the loop first, then those an interviewer asks at this level."""
        tests = QuestionSkill.objects.filter(
            question=OuterRef("pk"), skill__in=[need.skill.pk for need in self.needs]
        )
        for_level = Question.objects.filter(
            Exists(tests), audience__in=[AskedBy.INTERVIEWER, AskedBy.PANEL]
        )
        if self.role:
            for_level = for_level.for_role(self.role)
        if self.level.band:
            for_level = for_level.for_band(self.level.band)
        given = Q(pk__in=numbers)
        place = Case(When(given, then=Value(0)), default=Value(1))
        rows = Question.objects.published().filter(given | Q(pk__in=for_level.values("pk")))
        return rows.for_list().order_by(place, "-featured", "title", "id")

    def _proposed(self, rounds: int) -> Loop:
        candidates = [
            _candidate(code, question, self.needs) for code, question in self.questions.items()
        ]
        weights = [ESSENTIAL if is_required(need.importance) else DESIRABLE for need in self.needs]
        proposal = propose(candidates, weights, [self.room] * rounds)
        return Loop(tuple(tuple(str(each.key) for each in asked) for asked in proposal.rounds))


def _candidate(code: str, question: Question, needs: Sequence[Any]) -> Candidate:
    rows: Mapping[int, QuestionSkill] = {
        row.skill_id: row for row in question.question_skills.all()
    }
    tests = [(place, need) for place, need in enumerate(needs) if need.skill.pk in rows]
    enough = tuple((place, is_enough(need, rows[need.skill.pk])) for place, need in tests)
    return Candidate(code, question.minutes or USUAL_MINUTES, enough)


def round_name(number: int) -> str:
    """What the round with this number, from 1, is called."""
    return f"Interview {number}"


def _without(loop: Loop, gone: Iterable[str]) -> Loop:
    for code in gone:
        loop = loop.without(code)
    return loop
