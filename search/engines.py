"""What the search asks of a database: one interface, one engine for each kind of database."""

from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol

from django.db import connection

#: Letters of a body in which words are counted.
COUNTED = 3000

#: Words sought; each stands with the forms that count as well.
LoadOptions = Sequence[Sequence[str]]


class Hit(NamedTuple):
    """An entry that was found, whichever others there are."""

    key: int
    kind: str
    tier: int
    title_length: int


class Match(NamedTuple):
    """An entry that was found, and all that its place among the others depends on."""

    key: int
    kind: str
    tier: int
    title: str
    aliases: str
    summary: str
    #: The beginning of the body, if the words are neither in title nor aliases.
    body: str


class Draw(NamedTuple):
    """Entries of one kind or any with all these words: in title and aliases, or anywhere."""

    terms: LoadOptions
    #: What its hits have for a tier.
    tier: int = 0
    in_heading: bool = False
    kind: str = ""


class Engine(Protocol):
    """Finds entries."""

    def drawn(self, draws: Sequence[Draw], share: int) -> list[Hit]:
        """No more than `share` entries of each draw, whichever are at hand."""

    def matches(self, exact: LoadOptions, loose: LoadOptions, kind: str = "") -> list[Match]:
        """Every entry with all the words, of this kind if one is named.

        The tier is 0 with a word in title or aliases, 1 with the beginning of one there, 2 and 3
        with the same elsewhere. An entry may come twice; its smallest tier counts.
        """

    def forms(self, words: Sequence[str]) -> set[str]:
        """Known words with the same stem as one of these."""


def rows(sql: str, params: Sequence[Any]) -> list[Any]:
    """What a query gives."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()
