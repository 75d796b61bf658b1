"""The plan of a loop: all that an address says of it, its kit, and the question set made from it.

Each round is its own interview, with an opening and a closing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import ClassVar, Self

from django.http import QueryDict
from django.utils.text import slugify

from content.choices import KeyChoiceField
from content.numbers import WholeNumberField
from hiring.builder import RESERVED_MINUTES, round_name
from hiring.kit import (
    Kit,
    KitSection,
    SectionItems,
    band_of,
    question_details,
    timed_sections,
)
from hiring.loops import MAX_ROUNDS, Loop, question_code
from hiring.skill_coverage import RoundQuestions
from interviews.level_forms import LevelForm
from interviews.models import Question, QuestionSet, SetItem, SetSection
from interviews.models.questions import QuestionQuerySet
from ladders.models import Level
from question_files.question_values import Placement
from roles.models import Role

#: The number of interviews in a loop, and the minutes of each, where an address does not say them.
DEFAULT_ROUNDS, DEFAULT_MINUTES = 3, 45
OPENING_MINUTES = RESERVED_MINUTES // 2
OPENING = f"""\
Introduce yourself and your role. Outline the interview: about {OPENING_MINUTES} minutes for the \
introduction, then questions
about past work and case questions, and {RESERVED_MINUTES - OPENING_MINUTES} minutes for the \
candidate’s own questions at the end.
Say that you will take notes, so that you can report what was said, and that it is fine to take a \
moment to think
before answering."""
CLOSING = """\
Leave the last minutes to the candidate’s questions. If you do not know an answer, say “I will \
find out.” Explain what
happens next, and by when. Fill in your scorecard before you talk to the other interviewers."""


class LoopForm(LevelForm):
    """The form of the loop builder: the level and role, how many interviews, how long each."""

    role = KeyChoiceField(Role.objects.published(), required=False, empty_label="Any role")
    rounds = WholeNumberField(
        label="Interviews", min_value=1, max_value=MAX_ROUNDS, initial=DEFAULT_ROUNDS
    )
    minutes = WholeNumberField(
        label="Minutes per interview", min_value=15, max_value=180, initial=DEFAULT_MINUTES
    )

    action = "hiring:loop_builder"
    button = "Propose a loop"
    defaults: ClassVar[Mapping[str, object]] = {
        "rounds": DEFAULT_ROUNDS,
        "minutes": DEFAULT_MINUTES,
    }


@dataclass(frozen=True)
class LoopPlan:
    """A loop with the level and role it is for."""

    level: Level | None
    role: Role | None
    #: Of each interview.
    minutes: int
    loop: Loop

    @classmethod
    def from_query(cls, query: QueryDict) -> Self:
        """The plan in the query of an address.

        It has no level if the query names none that can be used. Answers are then judged by the
        anchors for all bands.
        """
        loop = Loop.parse(query.get("loop", ""))[0]
        form = LoopForm(query)
        level = form.selected_level
        if level is None:
            return cls(None, None, DEFAULT_MINUTES, loop)
        return cls(level, form.cleaned_data["role"], form.cleaned_data["minutes"], loop)

    @property
    def title(self) -> str:
        """The title of its documents."""
        return f"Interview loop: {self.position}" if self.position else "Interview loop"

    @property
    def position(self) -> str:
        """What is hired for: the level, and the role if one was chosen."""
        return ", ".join(map(str, filter(None, (self.level, self.role))))

    def kit(self, slug: str = "") -> "LoopKit":
        """The kit of the loop.

        :param slug: of the round to select; see `Kit`.
        """
        question_set = QuestionSet(title=self.title, level=self.level, intro=OPENING, outro=CLOSING)
        sections = timed_sections(
            self._sections(), band_of(question_set), start=OPENING_MINUTES, are_consecutive=False
        )
        return LoopKit(self, question_set, sections, slug)

    def placements(self) -> list[Placement]:
        """The published questions in their rounds, for a table of questions."""
        placements = []
        for loop_round in self._rounds(self._published_slugs()):
            for question in loop_round.questions:
                placements.append(Placement(question.pk, loop_round.name))
        return placements

    def write_into(self, question_set: QuestionSet) -> None:
        """Add a section with questions to a stored set, for each round that has questions."""
        rounds = filter(attrgetter("questions"), self._rounds(self._published_slugs()))
        for section_position, loop_round in enumerate(rounds, 1):
            section = SetSection.objects.create(
                question_set=question_set,
                title=loop_round.name,
                minutes=self.minutes - RESERVED_MINUTES,
                position=section_position,
            )
            for position, question in enumerate(loop_round.questions, 1):
                SetItem.objects.create(
                    section=section, question_id=question.pk, position=position, required=True
                )

    def _sections(self) -> list[SectionItems]:
        """A section with items for each round. None of them is saved."""
        questions = self._published_questions().for_list().prefetch_related(*question_details())
        sections: list[SectionItems] = []
        for loop_round in self._rounds(questions):
            section = SetSection(
                title=loop_round.name,
                slug=slugify(loop_round.name),
                minutes=self.minutes - RESERVED_MINUTES,
            )
            questions_of_round = loop_round.questions
            items = [SetItem(question=question, required=True) for question in questions_of_round]
            sections.append((section, items))
        return sections

    def _published_questions(self) -> QuestionQuerySet:
        return Question.objects.published().filter(pk__in=self.loop.question_ids)

    def _published_slugs(self) -> QuestionQuerySet:
        """The same questions with nothing but their keys and slugs."""
        return self._published_questions().select_related(None).only("slug")

    def _rounds(self, published: QuestionQuerySet) -> list[RoundQuestions]:
        """The rounds with those of their questions that are published."""
        questions = {question_code(question): question for question in published}
        rounds = []
        for number, codes in enumerate(self.loop.rounds, 1):
            in_round = [questions[code] for code in codes if code in questions]
            rounds.append(RoundQuestions(round_name(number), in_round))
        return rounds


class LoopKit(Kit):
    """The kit of a loop, or of one selected round."""

    def __init__(
        self,
        plan: LoopPlan,
        question_set: QuestionSet,
        sections: Iterable[KitSection],
        slug: str = "",
    ) -> None:
        """
        :param question_set: with what the plan says; it is not saved.
        :param slug: of the round to select; see `Kit`.
        """
        super().__init__(question_set, sections, slug, key=str(plan.loop))
        self.plan = plan

    @property
    def heading(self) -> str:
        """The heading of its page, which shows level and role above it."""
        return ": ".join(filter(None, ["Interview loop", self.selected_title]))

    @property
    def selected_title(self) -> str:
        """The name of the selected round within a sentence; empty if none is selected."""
        return super().selected_title.lower()

    @property
    def position(self) -> str:
        """The level and role of the plan."""
        return self.plan.position
