"""Skills from A to Z, by every name they have."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from search.text import folded
from skills.models import Skill

#: Where names stand that begin with no letter.
OTHERS = "#"


class Name(NamedTuple):
    """A skill under its title, or under another name that leads to the title."""

    sorted_as: str
    name: str
    skill: Skill

    @property
    def is_title(self) -> bool:
        """Whether it is the title itself."""
        return self.name == self.skill.title

    @property
    def letter(self) -> str:
        """Under which it stands."""
        first = self.sorted_as[:1].upper()
        return first if first.isalpha() else OTHERS


class Letter(NamedTuple):
    """A letter with the names that begin with it."""

    letter: str
    names: Sequence[Name]

    @property
    def anchor(self) -> str:
        """The id of its heading."""
        return "letter-other" if self.letter == OTHERS else f"letter-{self.letter.lower()}"


def letters_of(skills: Iterable[Skill]) -> list[Letter]:
    """The names under their letters; those that begin with none come first."""
    names = {
        Name(folded(name), name, skill)
        for skill in skills
        for name in [skill.title, *_aliases(skill)]
    }
    ordered = sorted(
        names, key=lambda row: (row.letter != OTHERS, row.sorted_as, row.name, row.skill.pk)
    )
    return [
        Letter(letter, list(rows)) for letter, rows in groupby(ordered, key=lambda row: row.letter)
    ]


def _aliases(skill: Skill) -> list[str]:
    return [line.strip() for line in skill.aliases.splitlines() if line.strip()]
