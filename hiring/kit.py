"""A question set or a loop as taken into the room.

It has times, probes by step, and the anchors that count at its level.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch

from content.querysets import Page
from interviews.models import (
    Anchor,
    Probe,
    Question,
    QuestionSet,
    SetItem,
    SetSection,
    anchors_for_band,
)
from ladders.models import Band


@dataclass(frozen=True)
class Asked:
    """One question in its place."""

    number: int
    item: SetItem
    #: Minutes from the beginning of the interview at which it is asked, and that it takes.
    starts: int
    minutes: int
    anchors: Sequence[Anchor]

    @property
    def question(self) -> Question:
        """What is asked."""
        return self.item.question

    @property
    def probes(self) -> list[Probe]:
        """Its follow-ups, in order."""
        return list(self.question.probes.all())


@dataclass(frozen=True)
class Round:
    """One section: an interview of a loop, or a part of a single one."""

    section: SetSection
    starts: int
    minutes: int
    asked: Sequence[Asked]


class Kit:
    """The whole set, or one section of it."""

    def __init__(
        self, question_set: QuestionSet, rounds: Iterable[Round], only: str = "", *, key: str
    ) -> None:
        """
        :param question_set: with its level and the band of that; not saved, if the kit is of a
            loop.
        :param key: what scorecards name it by.
        :param only: the slug of the one section that is wanted; of all, if there is none of this
            name.
        """
        self.question_set = question_set
        self.key = key
        self.rounds = list(rounds)
        self.chosen = next(
            (each for each in self.rounds if only and each.section.slug == only), None
        )

    @classmethod
    def of_set(cls, question_set: QuestionSet, only: str = "") -> "Kit":
        """Of a set whose visibility is checked. Six queries."""
        sections = [(section, list(section.items.all())) for section in _sections(question_set)]
        return cls(
            question_set, rounds_of(sections, band_of(question_set)), only, key=question_set.key
        )

    @property
    def band(self) -> Band | None:
        """The band at which answers are judged; none if the set is for no level."""
        return band_of(self.question_set)

    @property
    def shown(self) -> list[Round]:
        """The rounds that are wanted."""
        return [self.chosen] if self.chosen else self.rounds


def band_of(question_set: QuestionSet) -> Band | None:
    """The band of the level that it is for."""
    return question_set.level.band if question_set.level else None


def asked_with(*pages: Page) -> list[Prefetch]:
    """What these pages say that is asked and judged of a question, to be read along with it.

    See `shown_on`.
    """
    probes = Probe.objects.shown_on(*pages).select_related("step__framework__collection")
    anchors = Anchor.objects.shown_on(*pages).in_order()
    return [Prefetch("probes", probes), Prefetch("anchors", anchors)]


def _sections(question_set: QuestionSet) -> Iterable[SetSection]:
    questions = Question.objects.shown_on(question_set).for_list(question_set)
    questions = questions.prefetch_related(*asked_with(question_set))
    items = SetItem.objects.shown_on(question_set).in_order()
    asked = Prefetch("items", items.prefetch_related(Prefetch("question", questions)))
    sections = SetSection.objects.filter(question_set=question_set).shown_on(question_set)
    return sections.prefetch_related(asked)


def rounds_of(
    sections: Iterable[tuple[SetSection, Sequence[SetItem]]],
    band: Band | None,
    *,
    apart: int | None = None,
) -> Iterator[Round]:
    """Each section with its minutes, or where it names none, those of what it asks always.

    :param apart: the minute at which each begins, if each is an interview of its own; else one
        follows the other.
    """
    starts, number = apart or 0, 0
    for section, items in sections:
        asked: list[Asked] = []
        for item in items:
            number += 1
            before = asked[-1].starts + asked[-1].minutes if asked else starts
            minutes = item.minutes or item.question.minutes or 0
            anchors = anchors_for_band(item.question.anchors.all(), band)
            asked.append(Asked(number, item, before, minutes, anchors))
        takes = section.minutes or sum(each.minutes for each in asked if each.item.required)
        yield Round(section, starts, takes, asked)
        starts = starts + takes if apart is None else apart
