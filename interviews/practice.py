"""What a candidate practises: questions for a role and a level, drawn until the time is full.

Nothing is stored.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from random import Random
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from interviews.builder import USUAL_MINUTES
from interviews.kit import anchors_at, judged_by
from interviews.models import Anchor, AskedBy, Question, QuestionSkill
from ladders.models import Level, LevelRequirement
from ladders.requirements import requirements_at
from roles.models import Role, SkillRequirement, is_required, word_for_required
from skills.models import Skill

#: Ratings whose anchors are shown to a candidate, afterwards: what strong evidence is.
STRONG = (Anchor.Rating.GOOD, Anchor.Rating.OUTSTANDING)
#: Questions to ask the interviewer that are shown.
TO_ASK = 8


@dataclass(frozen=True)
class Practised:
    """A question that is practised, and what strong answers to it show."""

    question: Question
    strong: Sequence[Anchor]

    @property
    def minutes(self) -> int:
        """What it lasts."""
        return self.question.minutes or USUAL_MINUTES


class Practice:
    """Questions that fit a role and a level into some minutes. Five queries."""

    def __init__(
        self,
        level: Level | None,
        role: Role | None,
        minutes: int,
        draw: int,
        levels: Sequence[Level] = (),
    ) -> None:
        """
        :param levels: those of its ladder, or of more.
        :param draw: which of the many selections; the same number draws the same of the same
            content.
        """
        self.level = level
        self.role = role
        self.levels = [each for each in levels if level and each.ladder_id == level.ladder_id]
        found = self._found()
        fitting = [row for row in found if row.audience == AskedBy.INTERVIEWER]
        self.questions = [self._practised(row) for row in _drawn(fitting, minutes, draw)]
        to_ask = [row for row in found if row.audience == AskedBy.CANDIDATE]
        self.to_ask = sorted(to_ask, key=lambda row: (not row.featured, row.title, row.pk))[:TO_ASK]

    @property
    def minutes(self) -> int:
        """What they last together."""
        return sum(each.minutes for each in self.questions)

    @property
    def skills(self) -> dict[Skill, Any]:
        """What stories should show, each with its requirement.

        That is what the level, or else the role, needs; or what the questions test, which is no
        requirement.
        """
        required = {need.skill: need for need in self._required}
        tested = {
            row.skill: None
            for each in self.questions
            for row in each.question.question_skills.all()
        }
        return dict(sorted((required or tested).items(), key=lambda item: _by_title(item[0])))

    @property
    def skills_heading(self) -> str:
        """What `skills` are."""
        if not self._required:
            return "What the questions test"
        word = word_for_required(need.importance for need in self._required)
        return f"{word.capitalize()} skills: {self.level or self.role}"

    @cached_property
    def _required(self) -> list[Any]:
        """What the level, or else the role, needs that is more than desirable."""
        needs: Iterable[Any] = ()
        if self.level:
            needs = requirements_at(self.level, self.levels)
        elif self.role:
            needs = (
                SkillRequirement.objects.filter(role=self.role)
                .published()
                .select_related("skill__collection")
            )
        return [need for need in needs if is_required(need.importance)]

    def _found(self) -> list[Question]:
        """What fits, and what candidates ask in any case.

        They come together, for one query with what belongs to it.
        """
        rows = Question.objects.published()
        found = rows.filter(Q(audience=AskedBy.CANDIDATE) | Q(pk__in=self._fitting().values("pk")))
        return list(found.for_list().prefetch_related(judged_by()).order_by("pk"))

    def _fitting(self) -> "QuerySet[Question]":
        rows = Question.objects.published().filter(audience=AskedBy.INTERVIEWER)
        if self.role:
            rows = rows.for_role(self.role)
        if self.level:
            rows = rows.filter(Exists(_tests_of(self.level)))
        if self.level and self.level.band:
            rows = rows.for_band(self.level.band)
        return rows

    def _practised(self, question: Question) -> Practised:
        anchors = anchors_at(self.level.band if self.level else None, question.anchors.all())
        return Practised(question, [anchor for anchor in anchors if anchor.rating in STRONG])


def _by_title(skill: Skill) -> tuple[str, int]:
    return skill.title, skill.pk


def _tests_of(level: Level) -> QuerySet[QuestionSkill]:
    """Skills of a question that levels of this ladder, up to this one, need."""
    needed = LevelRequirement.objects.filter(
        level__ladder=level.ladder, level__position__lte=level.position
    ).published()
    return QuestionSkill.objects.filter(
        question=OuterRef("pk"), skill__in=needed.values("skill")
    ).published()


def _drawn(questions: list[Question], minutes: int, draw: int) -> list[Question]:
    """As many as the minutes hold.

    The first one in any case, so that a short time is not an empty page.
    """
    # No secret: the same address draws the same questions.
    Random(draw).shuffle(questions)  # noqa: S311
    drawn, left = questions[:1], minutes
    left -= (drawn[0].minutes or USUAL_MINUTES) if drawn else 0
    for question in questions[1:]:
        lasts = question.minutes or USUAL_MINUTES
        if lasts <= left:
            drawn.append(question)
            left -= lasts
    return drawn
