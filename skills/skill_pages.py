"""What the page of a skill shows, and the skills from A to Z under all their names."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from django.db.models import Q, QuerySet

from search.text import folded
from skills.models import LearningResource, Skill
from skills.proficiencies import described_proficiencies, proficiency_legend

#: The heading of names that do not begin with a letter.
OTHER_CHARACTERS = "#"


class SkillPage:
    """What the page of a skill shows, apart from what other packages say about the skill.

    Takes two queries, and one more when the template reads the learning resources.

    :param skill: a skill whose visibility the caller has checked.
    """

    def __init__(self, skill: Skill) -> None:
        self.skill = skill
        self.proficiencies = described_proficiencies(skill)
        self.proficiency_legend = proficiency_legend(self.proficiencies)
        self.previous: Skill | None = None
        self.next: Skill | None = None
        self.related: list[Skill] = []
        self._load_neighbors()

    @property
    def resources(self) -> QuerySet[LearningResource]:
        """Works from which the skill can be learned."""
        return LearningResource.objects.filter(skills=self.skill).shown_on(self.skill)

    def _load_neighbors(self) -> None:
        """Read the skills before and after this one in its group, and the related ones.

        One query reads all of them; a related skill may be the next one too.
        """
        group = Skill.objects.filter(group=self.skill.group)
        is_previous, is_next = group.neighbor_conditions(self.skill, "position", "title", "id")
        is_related = Q(pk__in=self.skill.related.values("pk"))
        visible = Skill.objects.shown_on(self.skill).filter(is_previous | is_next | is_related)
        rows = visible.order_by("title", "id").annotate(
            is_previous=is_previous, is_next=is_next, is_related=is_related
        )
        for row in rows:
            if row.is_previous:
                self.previous = row
            if row.is_next:
                self.next = row
            if row.is_related:
                self.related.append(row)


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
        return first if first.isalpha() else OTHER_CHARACTERS


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
