"""Finds entries by words: one ranking over all kinds, the same on every database.

A title counts more than an alias, an alias more than a summary, a summary more than a body. All words must be
there; where no entry has them all, any will do. The last word may be unfinished. However many entries match, a
bounded number of them is ranked: of very common words those that have them in their headings, of every kind.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product

from django.db import connection

from content.excerpts import Part, excerpt, marked
from content.models import SearchEntry
from content.search_engines import Draw, Engine, Hit
from content.search_index import indexed_models
from content.search_postgres import PostgresEngine
from content.search_query import Query
from content.search_sqlite import SqliteEngine

ENGINES: dict[str, Engine] = {"sqlite": SqliteEngine(), "postgresql": PostgresEngine()}

#: Entries that are ranked; more than that are not counted.
RANKED = 300
#: Entries of each draw where more match than that.
SHARE = 50
#: Ways to finish the last word that such a draw asks for.
LEADING_COMPLETIONS = 6
#: Scores that differ by less are equal.
SCORE_DIGITS = 5


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
    matching = engine().drawn([Draw(query.loose)], RANKED + 1)
    if len(matching) > RANKED:
        return Found(query, _by_draw(engine().drawn(_leading_draws(query), SHARE)), more=True)
    return Found(query, _by_score(engine().ranked(query.exact, query.loose))) if matching else None


def _leading_draws(query: Query) -> list[Draw]:
    """Of each kind: the words in headings, beginnings of words there, and these in whole texts."""
    loose = query.finished(LEADING_COMPLETIONS)
    sought = [query.exact, loose] if query.completions else [loose]
    places = [*product(sought, [True]), (loose, False)]
    kinds = [model.search_kind for model in indexed_models()]
    return [Draw(terms, tier, in_heading, kind) for tier, (terms, in_heading) in enumerate(places) for kind in kinds]


def _find_any(query: Query) -> Found:
    """Each word brings some entries; those of a rare word, and those that several words bring, come first."""
    words = enumerate(product(query.loose, (True, False)))
    draws = [Draw([word], number, in_heading) for number, (word, in_heading) in words]
    share = RANKED // len(draws)
    hits = engine().drawn(draws, share)
    sizes = Counter(hit.tier for hit in hits)
    scores: dict[int, float] = defaultdict(float)
    for hit in hits:
        scores[hit.key] += 1 / sizes[hit.tier]
    order = sorted(hits, key=lambda hit: (-scores[hit.key], hit.title_length, hit.key))
    return Found(query, _kinds(order), every=False, more=max(sizes.values(), default=0) == share)


def _by_score(hits: list[Hit]) -> dict[int, str]:
    """The best of each tier first; of equal ones that with the shorter title, which the words cover better."""
    top: dict[int, float] = defaultdict(float)
    for hit in hits:
        top[hit.tier] = max(top[hit.tier], hit.score)

    def place(hit: Hit) -> tuple[float, ...]:
        part_of_best = hit.score / (top[hit.tier] or 1)
        return (hit.tier, -round(part_of_best, SCORE_DIGITS), hit.title_length, hit.key)

    return _kinds(sorted(hits, key=place))


def _by_draw(hits: list[Hit]) -> dict[int, str]:
    """The first draws first; of each the short titles, which the words cover better."""
    return _kinds(sorted(hits, key=lambda hit: (hit.tier, hit.title_length, hit.key)))


def _kinds(hits: list[Hit]) -> dict[int, str]:
    return {hit.key: hit.kind for hit in hits}


def _result(entry: SearchEntry, forms: set[str]) -> Result:
    title = marked(entry.title, forms)
    elsewhere = [] if any(part.marked for part in title) else [entry.body, entry.aliases]
    return Result(entry, title, excerpt([entry.summary, *elsewhere], forms))
