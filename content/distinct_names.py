"""Names for lists of rows of several collections, in which no two rows may look alike."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from itertools import groupby
from typing import Any

from content.models import CollectionItem

#: What is added to equal names, one after the other until they differ.
FURTHER: tuple[Callable[[CollectionItem], str], ...] = (
    lambda row: row.collection.title,
    lambda row: row.key,
)


def distinct_names(rows: Iterable[Any]) -> dict[Any, str]:
    """What each of these rows of collections is called beside the others, by row.

    That is its title, followed by the title of its collection where another row has the same title,
    and by its key where that is not enough. Reads the collection of rows with the same title.
    """
    names = {row: str(row) for row in rows}
    for further in FURTHER:
        numbers = Counter(map(_as_read, names.values()))
        names = {
            row: name if numbers[_as_read(name)] == 1 else f"{name} · {further(row)}"
            for row, name in names.items()
        }
    return names


def grouped_choices(
    rows: Iterable[Any], group: Callable[[Any], Hashable], others: str = ""
) -> list[tuple[str, list[tuple[str, str]]]]:
    """Choices among rows by their key, under the names of their groups.

    :param rows: with a key, those of one group together.
    :param group: the row of a collection that a row stands under, or None.
    :param others: the heading of rows under none.
    """
    groups = [(each, list(members)) for each, members in groupby(rows, key=group)]
    headings: Mapping[Any, str] = distinct_names(each for each, _ in groups if each is not None)
    return [
        (headings.get(each, others), [(row.key, str(row)) for row in members])
        for each, members in groups
    ]


def _as_read(name: str) -> str:
    """The name without differences that nobody sees in a list."""
    return " ".join(name.split()).casefold()
