"""The kit of a loop that stands in an address.

Each round is an interview of its own, with how to open and close it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.http import QueryDict

from hiring.builder import KEPT_FREE, round_name
from hiring.forms import USUAL_ROUND, LoopForm
from hiring.kit import Kit, asked_with, band_of, rounds_of
from hiring.loops import Loop, code_of
from interviews.models import Question, QuestionSet, SetItem, SetSection
from interviews.models.questions import QuestionQuerySet
from interviews.question_csv import Place
from ladders.models import Level
from roles.models import Role

OPENING_MINUTES = KEPT_FREE // 2
OPENING = f"""\
Say who you are and what you do. Say how the next minutes go: about {OPENING_MINUTES} minutes to \
arrive, then questions
about past work and about cases, and {KEPT_FREE - OPENING_MINUTES} minutes for the candidate’s own \
questions at the end.
Say that you take notes, so that you can report what was said and not what you remember, and that \
it is fine to think
before an answer."""
CLOSING = """\
Leave the last minutes to the candidate’s questions, and answer what you do not know with “I will \
find out”. Say what
happens next and until when. Fill in your scorecard before you talk to the other interviewers."""


@dataclass(frozen=True)
class LoopPlan:
    """What an address says of a loop."""

    level: Level | None
    role: Role | None
    minutes: int
    loop: Loop

    @classmethod
    def of(cls, query: QueryDict) -> "LoopPlan":
        """What can be read of an address.

        Without a level its answers are judged by what holds for all bands.
        """
        form = LoopForm(query)
        level = form.level_chosen
        loop = Loop.read(query.get("loop", ""))[0]
        if not level:
            return cls(None, None, USUAL_ROUND, loop)
        return cls(level, form.cleaned_data["role"], form.cleaned_data["minutes"], loop)

    @property
    def title(self) -> str:
        """What its documents are called."""
        return ": ".join(["Interview loop", *([self.position] if self.position else [])])

    @property
    def position(self) -> str:
        """What is hired for: the level, and the role if one was chosen."""
        return ", ".join(str(part) for part in (self.level, self.role) if part)

    def kit(self, only: str = "") -> Kit:
        """What is taken into its rooms.

        :param only: the slug of one round; of all, if there is none of this name.
        """
        question_set = QuestionSet(title=self.title, level=self.level, intro=OPENING, outro=CLOSING)
        rounds = rounds_of(self._sections(), band_of(question_set), apart=OPENING_MINUTES)
        return Kit(question_set, rounds, only, key=str(self.loop))

    def places(self) -> list[Place]:
        """Its questions in their rounds, for a table."""
        found = {
            code_of(row): row.pk for row in self._questions().select_related(None).only("slug")
        }
        rounds = enumerate(self.loop.rounds, 1)
        return [
            Place(found[code], round_name(number))
            for number, codes in rounds
            for code in codes
            if code in found
        ]

    def write_into(self, question_set: QuestionSet) -> None:
        """Give a set that is stored a section for each round, with its questions."""
        for number, (name, places) in enumerate(
            groupby(self.places(), key=lambda place: place.section), 1
        ):
            minutes = self.minutes - KEPT_FREE
            section = SetSection.objects.create(
                question_set=question_set, title=name, minutes=minutes, position=number
            )
            for position, place in enumerate(places, 1):
                SetItem.objects.create(
                    section=section, question_id=place.question, position=position
                )

    def _questions(self) -> QuestionQuerySet:
        return Question.objects.published().filter(pk__in=self.loop.numbers)

    def _sections(self) -> Iterator[tuple[SetSection, Sequence[SetItem]]]:
        asked = self._questions().for_list().prefetch_related(*asked_with())
        found = {code_of(row): row for row in asked}
        for number, codes in enumerate(self.loop.rounds, 1):
            section = SetSection(
                title=round_name(number),
                slug=f"interview-{number}",
                minutes=self.minutes - KEPT_FREE,
            )
            yield section, [SetItem(question=found[code]) for code in codes if code in found]
