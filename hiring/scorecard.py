"""Blank scorecards: a row for each skill that a kit tests, to fill in a rating and its evidence.

Skills are rated one by one, and the ratings are not added up: a total would hide what was not
assessed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import NamedTuple

from django.template.defaultfilters import pluralize

from content.text import title_in_sentence
from hiring.kit import Kit, KitQuestion
from interviews.models import Anchor
from skills.models import Proficiency, Skill

#: Changes whenever the columns do, so that a file is read by the rules it was written by.
VERSION = "1"

#: Every column in its order, and what it contains.
COLUMNS = {
    "scorecard": "The version of these columns.",
    "set": (
        "Identifier of the question set: its slug, or collection:slug outside the portal's "
        "own; the code of a loop."
    ),
    "skill": "Identifier of the skill, in the same form.",
    "title": "Title of the skill.",
    "expected": (
        "The proficiency that good answers show, such as Working, or Working to Expert if the "
        "questions differ; empty if they state none."
    ),
    "questions": "Numbers of the questions that test it, in the order of the kit.",
    "anchor_1": ("What a poor answer shows, from the question that is most about the skill."),
    "anchor_2": "What a mixed answer shows.",
    "anchor_3": "What a good answer shows.",
    "anchor_4": "What an outstanding answer shows.",
    "rating": "To fill in: 1 to 4, or “not assessed,” which does not mean poor.",
    "evidence": (
        "To fill in: what the candidate said or did. A rating without evidence does not count."
    ),
    "url": "Address of the skill.",
}


class SkillQuestion(NamedTuple):
    """A question that tests a skill, and the index of the skill among those that it tests."""

    skill_index: int
    question: KitQuestion


@dataclass
class ScorecardRow:
    """One skill with the questions that test it."""

    skill: Skill
    questions: list[SkillQuestion] = field(default_factory=list)
    #: What good answers show, by those of the questions that name a proficiency.
    proficiencies: list[Proficiency] = field(default_factory=list)
    #: Whether a row above shows the same anchors.
    repeats_anchors: bool = False

    @property
    def expected(self) -> str:
        """The proficiency that good answers show, or the lowest and the highest; may be empty."""
        if not self.proficiencies:
            return ""
        lowest = min(self.proficiencies, key=attrgetter("position")).title
        highest = max(self.proficiencies, key=attrgetter("position")).title
        return lowest if lowest == highest else f"{lowest} to {highest}"

    @property
    def expected_in_sentence(self) -> str:
        """`expected` as part of a sentence."""
        return title_in_sentence(self.expected, self.skill.collection.language)

    @property
    def anchor_source(self) -> KitQuestion:
        """The question whose anchors are shown.

        Of the questions that have anchors, it is the one that is most about the skill.
        """
        with_anchors = [row for row in self.questions if row.question.anchors]
        if not with_anchors:
            return self.questions[0].question
        most_about = min(with_anchors, key=lambda row: (row.skill_index, row.question.number))
        return most_about.question

    @property
    def anchors(self) -> Sequence[Anchor]:
        """Rating anchors."""
        return self.anchor_source.anchors

    @property
    def shows_anchors(self) -> bool:
        """Whether it has anchors that no row above shows."""
        return bool(self.anchors) and not self.repeats_anchors

    @property
    def question_numbers(self) -> str:
        """The numbers of the questions that test it, separated by commas."""
        return ", ".join(str(row.question.number) for row in self.questions)

    @property
    def questions_label(self) -> str:
        """Those numbers in words, e.g. “questions 1, 3”."""
        return f"question{pluralize(self.questions)} {self.question_numbers}"


def scorecard_rows(kit: Kit) -> list[ScorecardRow]:
    """A row for each skill, in the order in which they are first tested. It makes no query."""
    rows: dict[Skill, ScorecardRow] = {}
    for kit_section in kit.visible_sections:
        for question in kit_section.questions:
            _add_question(rows, question)
    seen: set[int] = set()
    for row in rows.values():
        number = row.anchor_source.number
        row.repeats_anchors = bool(row.anchors) and number in seen
        seen.add(number)
    return list(rows.values())


def scorecard_table(kit: Kit, *, site: str = "") -> Iterator[list[str]]:
    """The scorecard as rows of cells, the column names first.

    :param site: scheme and host of the addresses in it.
    """
    yield list(COLUMNS)
    for row in scorecard_rows(kit):
        anchors = {anchor.rating: anchor.text for anchor in row.anchors}
        yield [
            VERSION,
            kit.key,
            row.skill.key,
            row.skill.title,
            row.expected,
            row.question_numbers,
            *(anchors.get(rating, "") for rating in Anchor.Rating.values),
            "",
            "",
            f"{site}{row.skill.get_absolute_url()}",
        ]


def _add_question(rows: dict[Skill, ScorecardRow], question: KitQuestion) -> None:
    for index, question_skill in enumerate(question.question.question_skills.all()):
        skill = question_skill.skill
        row = rows.setdefault(skill, ScorecardRow(skill))
        row.questions.append(SkillQuestion(index, question))
        if question_skill.proficiency:
            row.proficiencies.append(question_skill.proficiency)
