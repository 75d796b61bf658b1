"""Looks up what cells of a question file name. An ambiguous name is refused, never guessed."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import product
from operator import itemgetter
from typing import NamedTuple, TypeVar

from content.former_spellings import VALUES
from content.models import Collection
from interviews.models import AnswerStep, Question, QuestionSkill
from interviews.models.questions import AND_ABOVE, UP_TO
from ladders.models import Band
from skills.models import Proficiency, Skill

T = TypeVar("T", bound=Hashable)

#: The lowest and the highest band. None is an open end.
BandRange = tuple[Band | None, Band | None]
BAND_RANGE_FORMAT = "a band, two with “to” between them, or one with “and above” or “Up to”"
SKILL_FORMAT = "the title of a skill, with or without one of its proficiencies in parentheses"
#: Characters of a cell that a message quotes.
MAX_QUOTED = 80


class UnreadableCell(ValueError):
    """A cell that cannot be read; the message is for the editor.

    :param column: which cell, if several were read.
    """

    def __init__(self, message: str, column: str = "") -> None:
        super().__init__(message)
        self.column = column


class SkillReference(NamedTuple):
    """A skill and its proficiency, as a line names them."""

    skill: Skill
    proficiency: Proficiency | None


class Lookups:
    """Rows by their titles. Each kind is read once, but skills when they are looked up."""

    def __init__(self) -> None:
        self.steps = list(AnswerStep.objects.published().select_related("framework"))
        self._kinds = {"": ""}
        for kind, label in Question.Kind.choices:
            self._kinds[kind.casefold()] = self._kinds[label.casefold()] = kind
        self._bands: dict[str, list[Band]] = {}
        for band in Band.objects.all():
            self._bands.setdefault(band.title, []).append(band)
        self._proficiencies: dict[tuple[int, str], list[Proficiency]] = {}
        for proficiency in Proficiency.objects.all():
            key = proficiency.scale_id, proficiency.title
            self._proficiencies.setdefault(key, []).append(proficiency)

    def kind(self, cell: str) -> str:
        """The kind of question with this label.

        :raises UnreadableCell: if there is none.
        """
        label = cell.strip().casefold()
        # Earlier versions exported British labels: “Behavioural”.
        label = VALUES.get(label, label)
        if label not in self._kinds:
            labels = ", ".join(Question.Kind.labels)
            raise UnreadableCell(f"“{_quoted(cell)}” is not one of {labels}")
        return self._kinds[label]

    def band_range(self, cell: str) -> BandRange:
        """The lowest and the highest band, which are the same if the cell names one band.

        :raises UnreadableCell: if the cell names no bands, or is ambiguous.
        """
        text = cell.strip()
        if not text:
            return None, None
        ranges: list[BandRange] = [(band, band) for band in self._bands_titled(text)]
        if text.endswith(AND_ABOVE):
            ranges += product(self._bands_titled(text.removesuffix(AND_ABOVE)), [None])
        if text.startswith(UP_TO):
            ranges += product([None], self._bands_titled(text.removeprefix(UP_TO)))
        for lowest, highest in _splits(text, " to "):
            ranges += product(self._bands_titled(lowest), self._bands_titled(highest))
        return _only(ranges, text, BAND_RANGE_FORMAT)

    def band_prefix(self, line: str) -> tuple[Band, str] | None:
        """The band that a line of an anchor begins with, and the rest; None if there is none.

        :raises UnreadableCell: if several bands have this title.
        """
        prefixes: list[tuple[Band, str]] = []
        for title, rest in _splits(line, ": "):
            prefixes += product(self._bands_titled(title), [rest])
        return _only(prefixes, line, "a band") if prefixes else None

    def skill(
        self, line: str, collection: Collection, stored: Sequence[QuestionSkill]
    ) -> SkillReference:
        """The skill that a line names, and the proficiency if it is there in parentheses.

        If several match, skills of the question are preferred, then skills of its collection, then
        those of the portal's own collection.

        :param collection: of the question.
        :param stored: the skills of the question.
        :raises UnreadableCell: if no skill matches, or several of the preferred ones.
        """
        stored_keys = {row.skill_id for row in stored}

        def is_stored(reference: SkillReference) -> bool:
            return reference.skill.pk in stored_keys

        def is_of_collection(reference: SkillReference) -> bool:
            return reference.skill.collection_id == collection.pk

        def is_home(reference: SkillReference) -> bool:
            return reference.skill.collection.is_home

        references = self._skill_references(line.strip())
        for is_preferred in (is_stored, is_of_collection, is_home):
            references = list(filter(is_preferred, references)) or references
        return _only(references, line, SKILL_FORMAT)

    def _skill_references(self, line: str) -> list[SkillReference]:
        """Everything that a line can mean: brackets may be part of the title of a skill."""
        proficiency_titles: list[tuple[str, str]] = []
        for title, rest in _splits(line, " ("):
            if rest.endswith(")"):
                proficiency_titles.append((title, rest.removesuffix(")")))
        skills = _skills_titled([line, *map(itemgetter(0), proficiency_titles)])
        references = []
        for skill in skills[line] or Skill.objects.with_key(line):
            references.append(SkillReference(skill, None))
        for skill_title, proficiency_title in proficiency_titles:
            for skill in skills[skill_title] or Skill.objects.with_key(skill_title):
                references += self._with_proficiency(skill, proficiency_title)
        return references

    def _with_proficiency(self, skill: Skill, title: str) -> list[SkillReference]:
        """References to a skill at the proficiencies of its scale with this title."""
        proficiencies = self._proficiencies.get((skill.scale_id or 0, title), ())
        return [SkillReference(skill, proficiency) for proficiency in proficiencies]

    def _bands_titled(self, title: str) -> Sequence[Band]:
        return self._bands.get(title, ())


def _skills_titled(titles: Iterable[str]) -> dict[str, list[Skill]]:
    by_title: dict[str, list[Skill]] = defaultdict(list)
    skills = Skill.objects.filter(Skill.not_archived_q(""), title__in=titles)
    for skill in skills.select_related("collection"):
        by_title[skill.title].append(skill)
    return by_title


def _only(candidates: Iterable[T], cell: str, expected: str) -> T:
    """The only one of the candidates, among which there may be duplicates.

    :param expected: what the cell should be, for the message.
    :raises UnreadableCell: if there is none, or there are several.
    """
    different = list(dict.fromkeys(candidates))
    if not different:
        raise UnreadableCell(f"“{_quoted(cell)}” is not {expected}")
    if len(different) > 1:
        raise UnreadableCell(
            f"“{_quoted(cell)}” can be read in {len(different)} ways; choose one in the form of "
            "the question"
        )
    return different[0]


def _quoted(cell: str) -> str:
    return cell if len(cell) <= MAX_QUOTED else f"{cell[:MAX_QUOTED]}…"


def _splits(text: str, separator: str) -> Iterator[tuple[str, str]]:
    """The text before and after each occurrence of the separator."""
    index = text.find(separator)
    while index >= 0:
        yield text[:index], text[index + len(separator) :]
        index = text.find(separator, index + 1)
