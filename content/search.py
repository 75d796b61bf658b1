"""Finds entries by words: one ranking over all kinds, the same on every database.

A title counts more than an alias, an alias more than a summary, a summary more than a body. All words must be
there; where no entry has them all, any will do. The last word may be unfinished. However many entries match, a
bounded number of them is ranked: of very common words those that have them in their headings, of every kind.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.db import connection

from content.excerpts import Part, excerpt, marked
from content.models import SearchEntry, SearchWord
from content.search_engines import Engine, Hit, Terms
from content.search_index import indexed_models
from content.search_postgres import PostgresEngine
from content.search_sqlite import SqliteEngine
from content.words import words_of

ENGINES: dict[str, Engine] = {"sqlite": SqliteEngine(), "postgresql": PostgresEngine()}

TEXT_LENGTH = 200
WORDS = 12
#: Letters that begin a word; fewer say nothing.
BEGINNING = 2
COMPLETIONS = 30
#: Entries that are ranked; more than that are not counted.
RANKED = 500
#: Scores that differ by less are equal.
SCORE_DIGITS = 5

#: Words too common to ask for, if others are asked for too.
COMMON = frozenset(
    "a an and are as at be by can do does for from how i if in is it my of on or that the this to was we what when"
    " where which who why will with you your".split()
)


@dataclass(frozen=True)
class Query:
    """What is sought: the words, and how the last may go on."""

    words: tuple[str, ...]
    completions: tuple[str, ...] = ()

    @classmethod
    def of(cls, text: str) -> "Query":
        """The query that a visitor typed, cut to what the search bears."""
        words = list(dict.fromkeys(words_of(text[:TEXT_LENGTH])))
        telling = [word for word in words if word not in COMMON] or words
        if not telling:
            return cls(())
        words = telling[:WORDS]
        known = SearchWord.objects.beginning(words[-1], limit=COMPLETIONS) if len(words[-1]) >= BEGINNING else []
        return cls(tuple(words), tuple(word for word in known if word != words[-1]))

    @property
    def exact(self) -> Terms:
        """The words as they stand."""
        return [(word,) for word in self.words]

    @property
    def loose(self) -> Terms:
        """The same, the last word finished in every known way."""
        return [*self.exact[:-1], (self.words[-1], *self.completions)]


@dataclass(frozen=True)
class Result:
    """One entry as it is shown."""

    entry: SearchEntry
    title: list[Part]
    passage: list[Part]


@dataclass(frozen=True)
class Found:
    """What a query found."""

    query: Query
    #: The entries, best first, and the kind of each.
    ranking: dict[int, str] = field(default_factory=dict)
    #: Whether each entry has all the words.
    every: bool = True
    #: Whether there are more than were ranked.
    more: bool = False

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many of each kind."""
        return dict(Counter(self.ranking.values()))

    def of_kind(self, kind: str) -> list[int]:
        """The entries of this kind; of every kind, if it is empty."""
        return [key for key, its_kind in self.ranking.items() if kind in {"", its_kind}]

    def results(self, keys: Sequence[int]) -> list[Result]:
        """These entries with the words marked, in this order."""
        if not keys:
            return []
        forms = engine().forms(self.query.words) | {*self.query.words, *self.query.completions}
        entries = SearchEntry.objects.select_related("collection").in_bulk(keys)
        return [_result(entries[key], forms) for key in keys if key in entries]


def engine() -> Engine:
    """The one for the database at hand."""
    return ENGINES[connection.vendor]


def find(text: str) -> Found:
    """The published entries that have these words."""
    query = Query.of(text)
    if not query.words:
        return Found(query)
    return _find_all(query) or _find_any(query)


def _find_all(query: Query) -> Found | None:
    keys = engine().matching(query.loose, RANKED + 1, every=True)
    more = len(keys) > RANKED
    if more:
        kinds = [model.search_kind for model in indexed_models()]
        sought = [query.exact, query.loose] if query.loose != query.exact else [query.exact]
        keys = engine().leading(sought, kinds, RANKED // len(kinds))
    if not keys:
        return None
    return Found(query, _ranked(engine().hits(keys, query.exact, query.loose, every=True)), more=more)


def _find_any(query: Query) -> Found:
    """Each word brings its share of entries, so that the rare ones, which tell most, are among them."""
    share = RANKED // len(query.words)
    found = [engine().matching([term], share + 1, every=True) for term in query.loose]
    keys = {key for some in found for key in some}
    if not keys:
        return Found(query)
    hits = engine().hits(keys, query.loose, query.loose, every=False)
    return Found(query, _ranked(hits, by_tier=False), every=False, more=any(len(some) > share for some in found))


def _ranked(hits: list[Hit], *, by_tier: bool = True) -> dict[int, str]:
    """Best first; of equal ones that with the shorter title, which the words cover better."""
    top: dict[int, float] = defaultdict(float)
    for hit in hits:
        top[hit.tier] = max(top[hit.tier], hit.score)

    def place(hit: Hit) -> tuple[float, ...]:
        part_of_best = hit.score / (top[hit.tier] or 1)
        return (by_tier and hit.tier, -round(part_of_best, SCORE_DIGITS), hit.title_length, hit.key)

    return {hit.key: hit.kind for hit in sorted(hits, key=place)}


def _result(entry: SearchEntry, forms: set[str]) -> Result:
    title = marked(entry.title, forms)
    elsewhere = [] if any(part.marked for part in title) else [entry.body, entry.aliases]
    return Result(entry, title, excerpt([entry.summary, *elsewhere], forms))
