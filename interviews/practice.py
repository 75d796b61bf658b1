"""Practice: questions for a candidate, drawn for a role and a level. Nothing is stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from random import Random
from typing import Protocol

from django.db.models import Exists, OuterRef, Prefetch, Q

from content.text import number_with_noun
from interviews.models import Anchor, AskedBy, Question, QuestionSkill, anchors_for_band
from interviews.models.questions import QuestionQuerySet
from ladders.level_order import LevelOrder, load_moves
from ladders.models import Level, LevelRequirement
from ladders.requirements import RequirementMatrix, load_required_skills
from roles.importance import word_for_required
from roles.models import Role
from roles.profiles import load_profile
from skills.models import Skill

#: Ratings whose anchors are shown to a candidate afterward.
STRONG_RATINGS = (Anchor.Rating.GOOD, Anchor.Rating.OUTSTANDING)
#: How many questions to ask the interviewer are shown.
MAX_CANDIDATE_QUESTIONS = 8


class Requirement(Protocol):
    """A requirement of a level or of a role."""

    @property
    def skill(self) -> Skill: ...

    @property
    def importance(self) -> str: ...

    @property
    def is_essential(self) -> bool: ...


@dataclass(frozen=True)
class PracticeQuestion:
    """A question to practice, and what strong answers to it show."""

    question: Question
    strong_anchors: Sequence[Anchor]

    @property
    def minutes(self) -> int:
        """The minutes to plan for it."""
        return self.question.planned_minutes

    @property
    def skills(self) -> list[Skill]:
        """The skills that it tests, in the editor's order."""
        return [row.skill for row in self.question.question_skills.all()]


class Practice:
    """Questions for a role and a level that fit into a time. It makes five queries."""

    def __init__(
        self,
        level: Level | None,
        role: Role | None,
        minutes: int,
        seed: int,
        levels: Sequence[Level],
    ) -> None:
        """
        :param minutes: the time for all questions.
        :param seed: the same seed draws the same questions from the same content.
        :param levels: the published levels that name skills, among them those of the ladder.
        """
        self.level = level
        self.role = role
        self._levels = levels
        to_answer: list[Question] = []
        to_ask: list[Question] = []
        for question in self._fitting_questions():
            is_candidates = question.audience == AskedBy.CANDIDATE
            (to_ask if is_candidates else to_answer).append(question)
        drawn = _draw(to_answer, minutes, seed)
        self.questions = [self._practice_question(question) for question in drawn]
        to_ask.sort(key=lambda question: (not question.featured, question.title, question.pk))
        #: In the order of their prompts, because the page does not show their titles.
        self.candidate_questions = sorted(
            to_ask[:MAX_CANDIDATE_QUESTIONS], key=attrgetter("prompt")
        )

    @property
    def title(self) -> str:
        """The title of its page, with the level if one was chosen."""
        if self.level:
            return f"Practice for an interview: {self.level}"
        return "Practice for an interview"

    @property
    def extent(self) -> str:
        """How many questions it has, and how long they take, in words."""
        questions = number_with_noun(len(self.questions), "question")
        return f"{questions}, about {number_with_noun(self.minutes, 'minute')}"

    @property
    def minutes(self) -> int:
        """The minutes to plan for all questions."""
        return sum(question.minutes for question in self.questions)

    @property
    def skills(self) -> dict[Skill, Requirement | None]:
        """The skills that stories should show, each with its requirement.

        These are the essential skills of the level, or else of the role; if there are none, those
        that the questions test, which have no requirement.
        """
        skills: dict[Skill, Requirement | None] = {row.skill: row for row in self._essential}
        if not skills:
            for question in self.questions:
                skills |= dict.fromkeys(question.skills)
        return {skill: skills[skill] for skill in sorted(skills, key=attrgetter("title", "pk"))}

    @property
    def skills_heading(self) -> str:
        """What `skills` are."""
        if not self._essential:
            return "What the questions test"
        word = word_for_required(row.importance for row in self._essential)
        return f"{word.capitalize()} skills: {self.level or self.role}"

    @cached_property
    def _essential(self) -> list[Requirement]:
        """The essential requirements of the level, or else of the role."""
        return [row for row in self._requirements() if row.is_essential]

    @cached_property
    def _order(self) -> LevelOrder:
        """The order of the levels on the ladder of the chosen level."""
        ladder = self.level.ladder_id if self.level else None
        levels = [level for level in self._levels if level.ladder_id == ladder]
        return LevelOrder(levels, load_moves(levels))

    def _requirements(self) -> Sequence[Requirement]:
        if self.level:
            required_skills = load_required_skills(self._order.levels)
            return RequirementMatrix(self._order, required_skills).required_skills(self.level)
        if self.role:
            return list(load_profile(self.role).values())
        return []

    def _fitting_questions(self) -> list[Question]:
        """Questions for the role and level, and all that candidates ask.

        They are read together, so that one query reads what belongs to them.
        """
        candidate_or_fitting = Q(audience=AskedBy.CANDIDATE) | Q(
            pk__in=self._interviewer_questions().values("pk")
        )
        questions = Question.objects.published().filter(candidate_or_fitting).for_list()
        anchors = Prefetch("anchors", Anchor.objects.published().in_order())
        return list(questions.prefetch_related(anchors).order_by("pk"))

    def _interviewer_questions(self) -> QuestionQuerySet:
        questions = Question.objects.published().for_interviewers().exclude(audience=AskedBy.PANEL)
        if self.role:
            questions = questions.for_role(self.role)
        if self.level:
            questions = questions.filter(_tests_skill_of(self._order.up_to(self.level)))
            if self.level.band:
                questions = questions.for_band(self.level.band)
        return questions

    def _practice_question(self, question: Question) -> PracticeQuestion:
        band = self.level.band if self.level else None
        anchors = anchors_for_band(question.anchors.all(), band)
        strong_anchors = [anchor for anchor in anchors if anchor.rating in STRONG_RATINGS]
        return PracticeQuestion(question, strong_anchors)


def _tests_skill_of(levels: Sequence[Level]) -> Exists:
    """Whether a question tests a skill that one of these levels requires."""
    requirements = LevelRequirement.objects.filter(level__in=levels).published()
    tests = QuestionSkill.objects.filter(
        question=OuterRef("pk"), skill__in=requirements.values("skill")
    )
    return Exists(tests.published())


def _draw(questions: Sequence[Question], minutes: int, seed: int) -> list[Question]:
    """As many questions as fit into the time.

    The first one is drawn in any case, so that a short time does not lead to an empty page.
    """
    shuffled = list(questions)
    # Not for security: the same address must draw the same questions.
    Random(seed).shuffle(shuffled)  # noqa: S311
    drawn: list[Question] = []
    remaining_minutes = minutes
    for question in shuffled:
        if not drawn or question.planned_minutes <= remaining_minutes:
            drawn.append(question)
            remaining_minutes -= question.planned_minutes
    return drawn
