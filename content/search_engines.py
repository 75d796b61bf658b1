"""What the search asks of a database: one interface, one engine for each kind of database."""

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple, Protocol

from django.db import connection

#: Words sought; each stands with the forms that count as well.
Terms = Sequence[Sequence[str]]


class Hit(NamedTuple):
    """An entry that was found, and what its place among the others depends on."""

    key: int
    kind: str
    #: 0 a word in title or aliases; 1 the beginning of one there; 2 the words elsewhere; 3 beginnings elsewhere.
    tier: int
    score: float
    title_length: int


class Engine(Protocol):
    """Finds entries; every word in them if `every`, else any."""

    def matching(self, terms: Terms, limit: int, *, every: bool) -> list[int]:
        """Some entries that match, no more than `limit`."""

    def leading(self, sought: Sequence[Terms], kinds: Sequence[str], share: int) -> list[int]:
        """For each of `sought` up to `share` entries of each kind by their headings, and as many by their text."""

    def hits(self, keys: Collection[int], exact: Terms, loose: Terms, *, every: bool) -> list[Hit]:
        """What these entries are worth. One may come twice; its smallest tier counts."""

    def forms(self, words: Sequence[str]) -> set[str]:
        """Known words with the same stem as one of these."""


def rows(sql: str, params: Sequence[Any]) -> list[Any]:
    """What a query gives."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def column(sql: str, params: Sequence[Any]) -> list[Any]:
    """The first column of what a query gives."""
    return [row[0] for row in rows(sql, params)]
