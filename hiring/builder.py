"""The loop builder: proposes a loop for a level, or shows a loop and how it can be changed."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from operator import attrgetter
from typing import NamedTuple

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When
from django.template.defaultfilters import pluralize

from hiring.loops import MAX_QUESTIONS, Loop, question_code
from hiring.proposal import (
    WEIGHT_ESSENTIAL,
    WEIGHT_EXPECTED,
    WEIGHT_HELPFUL,
    Candidate,
    propose,
)
from hiring.skill_coverage import Coverage, RoundQuestions, is_high_enough
from interviews.models import Question, QuestionSkill
from ladders.models import Level
from ladders.requirements import RequiredSkill, requirements_at
from roles.models import Role
from skills.models import Skill

#: Minutes of each round for the opening and for the candidate's own questions.
RESERVED_MINUTES = 10
#: How many questions are considered; all can be found in the question bank.
MAX_CANDIDATES = 400
#: How many questions are offered instead of another one, or for a skill.
MAX_ALTERNATIVES = 12

#: Skills by the primary key of a question.
SkillsByQuestion = defaultdict[int, list[Skill]]


@dataclass(frozen=True)
class LoopQuestion:
    """A question in a round of a loop, and the loops that one change of it leads to."""

    question: Question
    code: str
    round_index: int
    is_first: bool
    #: The skills required by the level that only this question of the loop tests.
    only_here: Sequence[Skill]
    #: Those that other questions test as well.
    also_tested: Sequence[Skill]
    loop: Loop

    @property
    def minutes(self) -> int:
        """The minutes to plan for it."""
        return self.question.planned_minutes

    @property
    def tests_nothing(self) -> bool:
        """Whether it tests no skill that the level requires."""
        return not self.only_here and not self.also_tested

    @property
    def only_here_names(self) -> str:
        """The titles of the skills that only it tests, within a sentence."""
        return _names_in_sentence(self.only_here)

    @property
    def also_tested_names(self) -> str:
        """The titles of the skills that other questions test as well, within a sentence."""
        return _names_in_sentence(self.also_tested)

    @property
    def loop_without(self) -> Loop:
        """The loop without this question."""
        return self.loop.without(self.code)

    @property
    def loop_with_earlier(self) -> Loop:
        """The loop with this question asked one earlier in its round."""
        return self.loop.with_earlier(self.code)

    @property
    def in_other_rounds(self) -> list[tuple[int, Loop]]:
        """The number of each other round, and the loop with this question in that round."""
        others = []
        for index in range(len(self.loop.rounds)):
            if index != self.round_index:
                others.append((index + 1, self.loop.with_question(self.code, index)))
        return others


@dataclass(frozen=True)
class LoopRound:
    """One interview of the loop."""

    number: int
    questions: Sequence[LoopQuestion]
    #: The minutes for questions.
    available_minutes: int

    @property
    def minutes(self) -> int:
        """The minutes to plan for its questions."""
        return sum(question.minutes for question in self.questions)

    @property
    def time_used(self) -> str:
        """How much of its time is planned, in words."""
        return f"{self.minutes} of {self.available_minutes} minutes"

    @property
    def excess_minutes(self) -> int:
        """By how many minutes it is too long."""
        return max(self.minutes - self.available_minutes, 0)


class Alternative(NamedTuple):
    """A question that could be asked as well, and the loop that asks it."""

    question: Question
    loop: Loop

    @property
    def facts(self) -> str:
        """The kind of the question, the skills that it tests and its minutes, in words."""
        skills = [row.skill for row in self.question.question_skills.all()]
        facts = [self.question.kind_name]
        if skills:
            facts.append(_names_in_sentence(skills))
        if self.question.minutes:
            facts.append(f"{self.question.minutes} min")
        return " · ".join(facts)


class LoopBuilder:
    """A loop for one level. It makes six queries."""

    def __init__(
        self, level: Level, role: Role | None, rounds: int, minutes: int, text: str = ""
    ) -> None:
        """
        :param role: for whose interviews questions are chosen, in addition to those for any role.
        :param rounds: how many interviews are proposed.
        :param minutes: how long each interview is.
        :param text: a loop as an address has it; if it is empty, a loop is proposed.
        """
        self.level = level
        self.role = role
        self.available_minutes = minutes - RESERVED_MINUTES
        self.requirements = requirements_at(level)
        requested, self.skipped_codes = Loop.parse(text)
        candidates = self._candidate_questions(requested.question_ids)[:MAX_CANDIDATES]
        self.questions = {question_code(question): question for question in candidates}
        self.unpublished_codes = [code for code in requested.codes if code not in self.questions]
        self.is_proposed = not text
        if self.is_proposed:
            self.loop = self._propose(rounds)
        else:
            self.loop = requested.without(*self.unpublished_codes)

    @cached_property
    def coverage(self) -> Coverage:
        """What the level requires, and how well the loop tests it."""
        rounds = []
        for number, codes in enumerate(self.loop.rounds, 1):
            questions = [self.questions[code] for code in codes]
            rounds.append(RoundQuestions(round_name(number), questions))
        return Coverage(self.requirements, rounds)

    @cached_property
    def rounds(self) -> list[LoopRound]:
        """The interviews with their questions."""
        only_here, also_tested = self._tested_skills()
        rounds = []
        for index, codes in enumerate(self.loop.rounds):
            questions = []
            for code in codes:
                question = self.questions[code]
                questions.append(
                    LoopQuestion(
                        question,
                        code,
                        round_index=index,
                        is_first=code == codes[0],
                        only_here=only_here[question.pk],
                        also_tested=also_tested[question.pk],
                        loop=self.loop,
                    )
                )
            rounds.append(LoopRound(index + 1, questions, self.available_minutes))
        return rounds

    @property
    def title(self) -> str:
        """The title of its page."""
        return f"Interview loop for {self.level}"

    @property
    def skipped_note(self) -> str:
        """How many codes of the address were skipped and why, as a sentence; may be empty."""
        count = self.skipped_codes
        if not count:
            return ""
        return (
            f"{count} part{pluralize(count)} of the address could not be read, appeared twice "
            f"or went beyond {MAX_QUESTIONS} questions."
        )

    @property
    def unpublished_note(self) -> str:
        """How many questions of the address are not public, as a sentence; may be empty."""
        count = len(self.unpublished_codes)
        if not count:
            return ""
        verb = pluralize(count, "is,are")
        return f"{count} question{pluralize(count)} of this loop {verb} no longer published."

    @property
    def no_alternative_note(self) -> str:
        """What to say if no alternative was found."""
        if self.role:
            return "No other question that suits this level and role tests this."
        return "No other question that suits this level tests this."

    def asks(self, code: str) -> bool:
        """Whether the question with this code is in the loop."""
        return code in self.loop.codes

    def requires(self, skill_key: str) -> bool:
        """Whether the level requires the skill with this key."""
        return any(row.skill.key == skill_key for row in self.requirements)

    def replacements(self, code: str) -> list[Alternative]:
        """Questions that test a skill which this one tests, and the loop with each instead.

        :param code: of a question of the loop.
        """
        question_skills = self.questions[code].question_skills.all()
        skill_ids = {row.skill_id for row in question_skills}
        return self._alternatives(skill_ids, partial(self.loop.with_replacement, code))

    def additions(self, skill_key: str) -> list[Alternative]:
        """Questions that test a skill, and the loop with each of them added to the shortest round.

        :param skill_key: the key of a skill that the level requires.
        """
        skill_ids = {row.skill.pk for row in self.requirements if row.skill.key == skill_key}
        if not self.rounds:
            return []
        shortest = min(self.rounds, key=attrgetter("minutes"))
        add = partial(self.loop.with_question, round_index=shortest.number - 1)
        return self._alternatives(skill_ids, add)

    def _tested_skills(self) -> tuple[SkillsByQuestion, SkillsByQuestion]:
        """The skills that only one question of the loop tests, and those that several test."""
        only_here: SkillsByQuestion = defaultdict(list)
        also_tested: SkillsByQuestion = defaultdict(list)
        for coverage in self.coverage.skills:
            skills = only_here if len(coverage.tests) == 1 else also_tested
            for test in coverage.tests:
                skills[test.question.pk].append(coverage.skill)
        return only_here, also_tested

    def _alternatives(
        self, skill_ids: Collection[int], change: Callable[[str], Loop]
    ) -> list[Alternative]:
        """Questions that are not in the loop and test one of these skills, by title.

        :param change: the loop with the question that has this code.
        """
        in_loop = set(self.loop.codes)
        alternatives = []
        for code, question in self.questions.items():
            tested_ids = {row.skill_id for row in question.question_skills.all()}
            if code not in in_loop and tested_ids.intersection(skill_ids):
                alternatives.append(Alternative(question, change(code)))
        return sorted(alternatives[:MAX_ALTERNATIVES], key=attrgetter("question.title"))

    def _candidate_questions(self, requested_ids: Sequence[int]) -> QuerySet[Question]:
        """The public questions of the loop, then others that interviewers ask at this level."""
        skills = [requirement.skill.pk for requirement in self.requirements]
        tests = QuestionSkill.objects.filter(question=OuterRef("pk"), skill__in=skills)
        for_level = Question.objects.filter(Exists(tests)).for_interviewers()
        if self.role:
            for_level = for_level.for_role(self.role)
        if self.level.band:
            for_level = for_level.for_band(self.level.band)
        requested = Q(pk__in=requested_ids)
        requested_first = Case(When(requested, then=Value(0)), default=Value(1))
        questions = Question.objects.published().filter(
            requested | Q(pk__in=for_level.values("pk"))
        )
        return questions.for_list().order_by(requested_first, "-featured", "title", "id")

    def _propose(self, rounds: int) -> Loop:
        candidates = []
        for code, question in self.questions.items():
            candidates.append(_candidate(code, question, self.requirements))
        weights = list(map(_weight, self.requirements))
        proposal = propose(candidates, weights, [self.available_minutes] * rounds)
        proposed_rounds = []
        for round_candidates in proposal.rounds:
            proposed_rounds.append(tuple(map(attrgetter("key"), round_candidates)))
        return Loop(tuple(proposed_rounds))


def round_name(number: int) -> str:
    """The name of the round with this number, which begins at 1."""
    return f"Interview {number}"


def _names_in_sentence(skills: Iterable[Skill]) -> str:
    return ", ".join(map(attrgetter("title_in_sentence"), skills))


def _weight(requirement: RequiredSkill) -> int:
    if requirement.is_essential:
        return WEIGHT_ESSENTIAL
    return WEIGHT_HELPFUL if requirement.is_helpful else WEIGHT_EXPECTED


def _candidate(code: str, question: Question, requirements: Sequence[RequiredSkill]) -> Candidate:
    question_skills = {row.skill_id: row for row in question.question_skills.all()}
    tests = []
    for index, requirement in enumerate(requirements):
        question_skill = question_skills.get(requirement.skill.pk)
        if question_skill:
            tests.append((index, is_high_enough(requirement, question_skill)))
    return Candidate(code, question.planned_minutes, tuple(tests))
