"""The skills from A to Z, each under its title and under its other names."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from search.text import folded
from skills.models import Skill

#: The heading of names that do not begin with a letter.
OTHER_CHARACTERS = "#"


class IndexEntry(NamedTuple):
    """One name of a skill: its title, or another name that refers to the title."""

    sort_key: str
    name: str
    skill: Skill

    @property
    def is_title(self) -> bool:
        """Whether the name is the title of the skill."""
        return self.name == self.skill.title

    @property
    def letter(self) -> str:
        """The letter under which the name is listed."""
        first = self.sort_key[:1].upper()
        if first.isalpha():
            return first
        return OTHER_CHARACTERS


class IndexLetter(NamedTuple):
    """A letter with the names that begin with it."""

    letter: str
    entries: Sequence[IndexEntry]

    @property
    def anchor(self) -> str:
        """The id of its heading."""
        if self.letter == OTHER_CHARACTERS:
            return "letter-other"
        return f"letter-{self.letter.lower()}"


def index_letters(skills: Iterable[Skill]) -> list[IndexLetter]:
    """Return the names of these skills by letter; those that begin with no letter come first."""
    entries = set()
    for skill in skills:
        for name in [skill.title, *skill.alias_list]:
            entries.add(IndexEntry(folded(name), name, skill))
    letters = []
    for letter, rows in groupby(sorted(entries, key=_index_order), key=attrgetter("letter")):
        letters.append(IndexLetter(letter, list(rows)))
    return letters


def _index_order(entry: IndexEntry) -> tuple[bool, str, str, int]:
    return entry.letter != OTHER_CHARACTERS, entry.sort_key, entry.name, entry.skill.pk
