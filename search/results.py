"""Finds entries by words: one ranking over all kinds.

A title counts more than an alias, an alias more than a summary, a summary more than a body. All
words must be there; where no entry has them all, any will do. The last word may be unfinished. Of
entries beyond number only some are looked at: of every kind those with the words in title or
aliases, which come first, and a few others.

The database only says where the words are; the places are given here, so that its kind makes no
difference to them. It does to what counts as one word: the stemmer of SQLite (porter) takes
communication for community and TPMs for TPM, that of PostgreSQL (english, a later one by the same
author) does neither, so that some entries are found, or found as the word itself, by one of them
alone. Which of entries beyond number are looked at differs too.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product

from django.db import connection

from search.engines import Draw, Engine, Hit, Match
from search.highlighting import Part, excerpt, marked
from search.index import indexed_models
from search.models import SearchEntry
from search.normalization import words_of
from search.postgres import PostgresEngine
from search.query import Query
from search.sqlite import SqliteEngine

ENGINES: dict[str, Engine] = {"sqlite": SqliteEngine(), "postgresql": PostgresEngine()}

#: Entries that are ranked; more than that are not counted.
RANKED = 300
#: Entries of each kind that come first, where more match than can be ranked.
SHARE = 50
#: The tier of those that come after them.
LAST = 9
#: Ways to finish the last word that are tried there.
LEADING_COMPLETIONS = 6
#: The tiers of what has the words themselves, not only their beginnings.
EXACT = {0, 2}
#: Words of a body among which one that comes once is neither rare nor frequent.
USUAL_WORDS = 300


@dataclass(frozen=True)
class Result:
    """One entry as it is shown."""

    entry: SearchEntry
    title: list[Part]
    passage: list[Part]


@dataclass(frozen=True)
class SearchResults:
    """What a query found."""

    query: Query
    #: The entries, best first, and the kind of each.
    ranking: dict[int, str] = field(default_factory=dict)
    #: Whether each entry has all the words.
    every: bool = True
    #: Whether there are more than were ranked.
    more: bool = False
    #: Whether the entries of all kinds are among them.
    whole: bool = True

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
        entries = SearchEntry.objects.select_related("collection").in_bulk(keys)
        return [_result(entries[key], self.query.marked) for key in keys if key in entries]


def engine() -> Engine:
    """The one for the database at hand."""
    return ENGINES[connection.vendor]


def find(text: str, kind: str = "") -> SearchResults:
    """The published entries that have these words.

    :param kind: the kind that is wanted; where too many entries match, only those of this kind are
        ranked.
    """
    query = Query.of(text)
    if not query.words:
        return SearchResults(query)
    query = query.with_forms(engine().forms(query.words))
    return _find_all(query, kind) or _find_any(query)


def _find_all(query: Query, kind: str) -> SearchResults | None:
    matching = _matching(query)
    if len(matching) <= RANKED:
        return SearchResults(query, _ranked(query)) if matching else None
    if not kind:
        return SearchResults(
            query, _leading(query, _kinds_of_all(), matching), more=True, whole=False
        )
    of_kind = _matching(query, kind)
    if len(of_kind) <= RANKED:
        return SearchResults(query, _ranked(query, kind), whole=False)
    return SearchResults(query, _leading(query, [kind], of_kind), more=True, whole=False)


def _matching(query: Query, kind: str = "") -> list[Hit]:
    """Some entries with all the words, one more than can be ranked."""
    return engine().drawn([Draw(query.loose, tier=LAST, kind=kind)], RANKED + 1)


def _leading(query: Query, kinds: list[str], matching: list[Hit]) -> dict[int, str]:
    """Of each kind those with the words, then those with their beginnings, in title or aliases.

    Then any others.
    """
    sought = (
        [query.exact, query.finished(LEADING_COMPLETIONS)] if query.completions else [query.exact]
    )
    draws = [Draw(terms, tier, True, kind) for tier, terms in enumerate(sought) for kind in kinds]
    hits = engine().drawn(draws, SHARE) + matching[:RANKED]
    hits.sort(key=lambda hit: (hit.tier, hit.title_length, hit.key))
    return _kinds(hits)


def _kinds_of_all() -> list[str]:
    return [model.search_kind for model in indexed_models()]


def _find_any(query: Query) -> SearchResults:
    """Each word brings some entries.

    Those of a rare word, and those that several words bring, come first.
    """
    words = enumerate(product(query.loose, (True, False)))
    draws = [Draw([word], number, in_heading) for number, (word, in_heading) in words]
    share = RANKED // len(draws)
    hits = engine().drawn(draws, share)
    sizes = Counter(hit.tier for hit in hits)
    scores: dict[int, float] = defaultdict(float)
    for hit in hits:
        scores[hit.key] += 1 / sizes[hit.tier]
    order = sorted(hits, key=lambda hit: (-scores[hit.key], hit.title_length, hit.key))
    return SearchResults(
        query, _kinds(order), every=False, more=max(sizes.values(), default=0) == share
    )


def _ranked(query: Query, kind: str = "") -> dict[int, str]:
    """Each entry at the best of its places, the best first."""
    matches = engine().matches(query.exact, query.loose, kind)
    matches.sort(key=lambda match: _place(match, query))
    return _kinds(matches)


def _place(match: Match, query: Query) -> tuple[float | str, ...]:
    """What comes first.

    It is more of the words in the title, and little else there; then in aliases; then in the
    summary.
    """
    forms = query.forms if match.tier in EXACT else query.marked
    in_title, in_aliases, in_summary = (
        min(len(forms.intersection(words_of(text))), len(query.words))
        for text in (match.title, match.aliases, match.summary)
    )
    others, often = len(match.title) if in_title else 0, _frequency(words_of(match.body), forms)
    return (
        match.tier,
        -in_title,
        others,
        -in_aliases,
        -in_summary,
        -often,
        len(match.title),
        match.title,
        match.key,
    )


def _frequency(words: list[str], forms: Set[str]) -> float:
    """From 0 to 1; each further occurrence counts less, and all count less among many words."""
    times = sum(map(forms.__contains__, words))
    return times / (times + 1 + len(words) / USUAL_WORDS)


def _kinds(hits: Iterable[Hit | Match]) -> dict[int, str]:
    return {hit.key: hit.kind for hit in hits}


def _result(entry: SearchEntry, forms: Set[str]) -> Result:
    title = marked(entry.title, forms)
    names = f"Other and former names: {', '.join(entry.aliases.splitlines())}"
    elsewhere = [] if any(part.marked for part in title) else [entry.body, names]
    return Result(entry, title, excerpt([entry.summary, *elsewhere], forms))
