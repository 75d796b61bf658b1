"""The names in cells of a question file, looked up.

One that could mean two things is refused, never guessed.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from content.models import Collection
from interviews.band_ranges import AND_ABOVE, UP_TO
from interviews.models import AnswerStep, Question, QuestionSkill
from ladders.models import Band
from skills.models import Proficiency, Skill

Bands = tuple[Band | None, Band | None]
SkillAt = tuple[Skill, Proficiency | None]
#: What a range of bands looks like.
RANGE = "a band, two with “to” between them, or one with “and above” or “Up to”"


class Unclear(ValueError):
    """A cell that cannot be read; the message is ready to show.

    :param column: which cell, where more than one was read.
    """

    def __init__(self, message: str, column: str = "") -> None:
        super().__init__(message)
        self.column = column


class Names:
    """What is known by name; each kind is read once, skills as far as they are asked for."""

    def __init__(self) -> None:
        self.bands: dict[str, list[Band]] = defaultdict(list)
        for band in Band.objects.all():
            self.bands[band.title].append(band)
        self.kinds = {"": "", **{label.casefold(): kind for kind, label in Question.Kind.choices}}
        self.steps = list(AnswerStep.objects.published().select_related("framework"))
        self.proficiencies: dict[tuple[int, str], list[Proficiency]] = defaultdict(list)
        for proficiency in Proficiency.objects.all():
            self.proficiencies[proficiency.scale_id, proficiency.title].append(proficiency)

    def kind(self, cell: str) -> str:
        """
        :raises Unclear: if it is none.
        """
        known = ", ".join(label for _, label in Question.Kind.choices)
        return only(
            [self.kinds[name] for name in [cell.strip().casefold()] if name in self.kinds],
            cell,
            f"one of {known}",
        )

    def band_range(self, cell: str) -> Bands:
        """The lowest and the highest band: None where it is open, both the same for one band.

        :raises Unclear: if these are none, or could be others too.
        """
        words = cell.strip()
        if not words:
            return None, None
        found: list[Bands] = [(band, band) for band in self.bands.get(words, ())]
        if words.endswith(AND_ABOVE):
            found += [(band, None) for band in self.bands.get(words.removesuffix(AND_ABOVE), ())]
        if words.startswith(UP_TO):
            found += [(None, band) for band in self.bands.get(words.removeprefix(UP_TO), ())]
        for low, high in _splits(words, " to "):
            found += [(a, b) for a in self.bands.get(low, ()) for b in self.bands.get(high, ())]
        return only(found, words, RANGE)

    def starts_with_band(self, line: str) -> tuple[Band, str] | None:
        """The band that a line of an anchor begins with, and the rest.

        :raises Unclear: if it could be one of several.
        """
        found = [
            (band, rest) for name, rest in _splits(line, ": ") for band in self.bands.get(name, ())
        ]
        return only(found, line, "a band") if found else None

    def skill(self, line: str, asked: "Asked") -> SkillAt:
        """The skill, and the proficiency if it is there in brackets.

        :raises Unclear: if there is none, or more than one that is as near to who asks.
        """
        readings = list(self._readings(line.strip()))
        for is_near in (asked.has_skill, asked.owns, _is_home):
            readings = [reading for reading in readings if is_near(reading[0])] or readings
        return only(
            readings,
            line,
            "the title of a skill, with one of its proficiencies in brackets or none",
        )

    def _readings(self, line: str) -> Iterator[SkillAt]:
        steps = [
            (name, step.removesuffix(")"))
            for name, step in _splits(line, " (")
            if step.endswith(")")
        ]
        titles = {line, *(name for name, _ in steps)}
        by_name: dict[str, list[Skill]] = defaultdict(list)
        for skill in Skill.objects.filter(
            Skill.not_archived_q(""), title__in=titles
        ).select_related("collection"):
            by_name[skill.title].append(skill)
        yield from ((skill, None) for skill in by_name[line] or self._with_key(line))
        for name, step in steps:
            for skill in by_name[name] or self._with_key(name):
                yield from (
                    (skill, each)
                    for each in self.proficiencies.get((skill.scale_id or 0, step), ())
                )

    def _with_key(self, name: str) -> Sequence[Skill]:
        return list(Skill.objects.with_key(name))


class Asked(NamedTuple):
    """Who asks for a skill: what is near to it is meant rather than a namesake."""

    collection: Collection
    skills: Sequence[QuestionSkill]

    def has_skill(self, skill: Skill) -> bool:
        return any(known.skill_id == skill.pk for known in self.skills)

    def owns(self, skill: Skill) -> bool:
        return skill.collection_id == self.collection.pk


def _is_home(skill: Skill) -> bool:
    return skill.collection.is_home


def only(found: Iterable[Any], words: str, expected: str) -> Any:
    """The one that was found.

    :raises Unclear: if it is none or several.
    """
    different = list(dict.fromkeys(found))
    if len(different) == 1:
        return different[0]
    shown = words if len(words) <= 80 else f"{words[:80]}…"
    if different:
        raise Unclear(
            f"“{shown}” can be read in {len(different)} ways; the admin's own form can say which"
        )
    raise Unclear(f"“{shown}” is not {expected}")


def _splits(words: str, mark: str) -> Iterator[tuple[str, str]]:
    """What stands before and after each place where the mark stands."""
    place = words.find(mark)
    while place >= 0:
        yield words[:place], words[place + len(mark) :]
        place = words.find(mark, place + 1)
