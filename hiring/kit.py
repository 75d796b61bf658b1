"""Kits: a question set or a loop as interviewers use it during the interview.

A kit has the questions with their times and follow-ups, and the anchors for the band of the level.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

from django.db.models import Prefetch

from content.querysets import PageRow
from content.text import title_in_sentence
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

SectionItems = tuple[SetSection, Sequence[SetItem]]


@dataclass(frozen=True)
class KitQuestion:
    """One question with its times, in minutes."""

    number: int
    item: SetItem
    #: Since the beginning of the interview; None if a question before it states no minutes.
    start: int | None
    #: None if neither the set nor the question states them.
    minutes: int | None
    anchors: Sequence[Anchor]

    @property
    def question(self) -> Question:
        """The question that is asked."""
        return self.item.question

    @property
    def time_span(self) -> str:
        """When it is asked and how long it takes, in words, as far as that is known."""
        if not self.minutes:
            return ""
        duration = f"{self.minutes} min"
        return duration if self.start is None else f"minute {self.start}, {duration}"

    @property
    def skill_names(self) -> str:
        """The skills that it tests, each with the proficiency that a good answer shows."""
        names = []
        for row in self.question.question_skills.all():
            name = row.skill.title
            if row.proficiency:
                language = row.skill.collection.language
                name += f" ({title_in_sentence(row.proficiency.title, language)})"
            names.append(name)
        return ", ".join(names)

    @property
    def probes(self) -> list[Probe]:
        """Its follow-ups, in order."""
        return list(self.question.probes.all())


@dataclass(frozen=True)
class KitSection:
    """An interview of a loop, or part of a single interview, with its times in minutes."""

    section: SetSection
    #: None if a section before it has no known minutes.
    start: int | None
    #: None if neither the section nor each of its questions states them.
    minutes: int | None
    questions: Sequence[KitQuestion]

    @property
    def time_span(self) -> str:
        """When it begins and ends, in words, as far as that is known."""
        if not self.minutes:
            return ""
        if self.start is None:
            return f"{self.minutes} min"
        return f"minute {self.start} to {self.start + self.minutes}"


class Kit:
    """A whole set or loop, or one selected section of it."""

    def __init__(
        self, question_set: QuestionSet, sections: Iterable[KitSection], slug: str = "", *, key: str
    ) -> None:
        """
        :param question_set: with its level and the band of that; for a loop, it is not saved.
        :param slug: of the section to select; no section is selected if none has this slug.
        :param key: the name of the set or loop in scorecards.
        """
        self.question_set = question_set
        self.key = key
        self.sections = list(sections)
        sections_by_slug = {section.section.slug: section for section in self.sections}
        self.selected = sections_by_slug.get(slug)

    @classmethod
    def of_set(cls, question_set: QuestionSet, slug: str = "") -> Self:
        """The kit of a set that the visitor may see. It makes six queries.

        :param slug: of the section to select.
        """
        sections = question_set.shown_sections(*question_details(question_set))
        with_items = [(section, list(section.items.all())) for section in sections]
        timed = timed_sections(with_items, band_of(question_set))
        return cls(question_set, timed, slug, key=question_set.key)

    @property
    def band(self) -> Band | None:
        """The band at which answers are judged; none if the set is for no level."""
        return band_of(self.question_set)

    @property
    def title(self) -> str:
        """The title of the set, and of the section if one is selected."""
        return ", ".join(filter(None, [self.question_set.title, self.selected_title]))

    @property
    def heading(self) -> str:
        """The heading of its page."""
        return ": ".join(filter(None, [self.question_set.title, self.selected_title]))

    @property
    def selected_title(self) -> str:
        """The title of the selected section; empty if none is selected."""
        return self.selected.section.title if self.selected else ""

    @property
    def position(self) -> str:
        """The level that the set is for, if its page may show that; may be empty."""
        level = self.question_set.level
        if level and level.is_shown_on(self.question_set):
            return str(level)
        return ""

    @property
    def band_note(self) -> str:
        """By the anchors of which band answers are judged; may be empty."""
        if not self.band:
            return ""
        return f"answers rated for the band {title_in_sentence(self.band.title)}"

    @property
    def facts(self) -> list[str]:
        """What is shown above its heading: the position, and by which band answers are judged."""
        return list(filter(None, [self.position, self.band_note]))

    @property
    def has_several_sections(self) -> bool:
        """Whether its sections can be selected one by one."""
        return len(self.sections) > 1

    @property
    def visible_sections(self) -> list[KitSection]:
        """The selected section, or else all."""
        return [self.selected] if self.selected else self.sections


def band_of(question_set: QuestionSet) -> Band | None:
    """The band of the level that it is for."""
    return question_set.level.band if question_set.level else None


def question_details(*pages: PageRow) -> list[Prefetch]:
    """What a kit on these pages shows of a question: follow-ups and anchors. See `shown_on`."""
    probes = Probe.objects.shown_on(*pages).select_related("step__framework__collection")
    anchors = Anchor.objects.shown_on(*pages).in_order()
    return [Prefetch("probes", probes), Prefetch("anchors", anchors)]


def timed_sections(
    sections: Iterable[SectionItems],
    band: Band | None,
    *,
    start: int = 0,
    are_consecutive: bool = True,
) -> list[KitSection]:
    """Sections with the minutes that they state, or else those of the questions.

    Questions that are asked only if there is time do not count.

    :param band: selects the anchors.
    :param start: the minute at which the first section begins.
    :param are_consecutive: whether each section begins when the one before ends. Otherwise each is
        its own interview and begins at the same minute.
    """
    timed: list[KitSection] = []
    number = 1
    section_start: int | None = start
    for section, items in sections:
        questions = _timed_questions(items, band, number, section_start)
        minutes = section.minutes or _minutes_to_plan(questions)
        timed.append(KitSection(section, section_start, minutes, questions))
        number += len(questions)
        if are_consecutive:
            section_start = _sum_if_known(section_start, minutes)
    return timed


def _minutes_to_plan(questions: Iterable[KitQuestion]) -> int | None:
    total: int | None = 0
    for row in questions:
        if row.item.required is not False:
            total = _sum_if_known(total, row.minutes)
    return total


def _timed_questions(
    items: Iterable[SetItem], band: Band | None, number: int, start: int | None
) -> list[KitQuestion]:
    questions = []
    for item in items:
        minutes = item.minutes or item.question.minutes
        anchors = anchors_for_band(item.question.anchors.all(), band)
        questions.append(KitQuestion(number, item, start, minutes, anchors))
        number += 1
        start = _sum_if_known(start, minutes)
    return questions


def _sum_if_known(minutes: int | None, more_minutes: int | None) -> int | None:
    return None if minutes is None or more_minutes is None else minutes + more_minutes
