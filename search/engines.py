"""What the search asks of a database: one interface, with an engine for each kind of database."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from django.db import connection

#: Characters of a body in which words are counted.
COUNTED_LENGTH = 3000

#: Terms of a query, each with its alternatives: words, or phrases with spaces between their words.
Terms = Sequence[Sequence[str]]
Parameter = str | int


class Hit(NamedTuple):
    """An entry that was found, with what orders it among thousands."""

    key: int
    kind: str
    #: The tier of its `CandidateQuery`.
    tier: int
    title_length: int


class Match(NamedTuple):
    """An entry that was found, with all that its rank depends on."""

    key: int
    kind: str
    tier: int
    title: str
    aliases: str
    summary: str
    #: The beginning of the body; empty if the words are in title or aliases.
    body: str


class CandidateQuery(NamedTuple):
    """Asks for entries with all these words: in title and aliases, or anywhere."""

    terms: Terms
    #: The tier of its hits; smaller ones come first.
    tier: int = 0
    in_heading: bool = False
    #: The kind of the entries; empty for all kinds.
    kind: str = ""


class Engine(Protocol):
    """Finds entries in one kind of database."""

    def candidates(self, queries: Sequence[CandidateQuery], limit: int) -> list[Hit]:
        """At most `limit` entries of each query, in no order."""

    def matches(self, exact: Terms, prefixes: Terms, kind: str = "") -> list[Match]:
        """Every entry with all the words, of this kind if one is named.

        The tier is 0 with a word in title or aliases, 1 with the beginning of one there, 2 and 3
        with the same elsewhere. An entry may come twice; its smallest tier counts.
        """

    def words_of_same_stem(self, words: Sequence[str]) -> list[tuple[str, str]]:
        """Each of these words with each word of the index that has the same stem."""


def fetch_rows(sql: str, params: Sequence[Parameter] | None = None) -> list[tuple]:
    """The rows that a query selects.

    :param params: the values of its placeholders; without any, ``%`` means nothing in the query.
    """
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())
