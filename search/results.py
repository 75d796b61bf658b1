"""Finds entries for a query: one ranking over all kinds.

A match in the title counts more than one in an alias, an alias more than the summary, the summary
more than the body. An entry has to have all words; if none has, entries with any of them are
found. The last word may be unfinished. If more entries match than can be ranked, a selection is:
of every kind the entries with the words in title or aliases, which come first, and a few others.

The database says only where the words are, and the rank is computed here, so both databases rank
alike. They differ in what counts as the same word: the stemmer of SQLite (porter) takes
*communication* for *community* and *TPMs* for *TPM*; that of PostgreSQL (english, a later one by
the same author) takes neither. They also differ in which of too many entries are selected.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property

from django.db import connection

from search.engines import CandidateQuery, Engine, Hit, Match
from search.index import indexed_models, kind_labels
from search.models import SearchEntry
from search.postgres import PostgresEngine
from search.query import Query
from search.sqlite import SqliteEngine
from search.text import Part, excerpt, highlight, words_of

ENGINES: dict[str, Engine] = {"sqlite": SqliteEngine(), "postgresql": PostgresEngine()}

#: Entries that are ranked at most; where more match, no one counts them.
MAX_RANKED = 300
#: Entries of each kind that are selected first where more match than can be ranked.
MAX_SELECTED_OF_KIND = 50
#: Completions of the last word that are tried for that selection.
SELECTION_COMPLETIONS = 6
#: The tier of the entries that are selected after them.
LAST_TIER = 9
#: The tiers of matches of the words themselves, not of their completions.
EXACT_TIERS = {0, 2}
#: The length of a body, in words, in which one occurrence is neither rare nor frequent.
TYPICAL_BODY_WORDS = 300


@dataclass(frozen=True)
class Result:
    """One entry as a page shows it."""

    entry: SearchEntry
    title: list[Part]
    passage: list[Part]

    @property
    def kind_name(self) -> str:
        return kind_labels()[self.entry.kind]


@dataclass(frozen=True)
class SearchResults:
    """What a query found."""

    query: Query
    #: The kind of each entry by its key, best entry first.
    ranking: dict[int, str] = field(default_factory=dict)
    #: Whether each entry has all the words.
    has_all_words: bool = True
    #: Whether more entries match than were ranked.
    is_truncated: bool = False
    #: Whether entries of all kinds were ranked.
    covers_all_kinds: bool = True

    @cached_property
    def counts(self) -> dict[str, int]:
        """The number of entries of each kind."""
        return dict(Counter(self.ranking.values()))

    def of_kind(self, kind: str) -> list[int]:
        """The keys of entries of this kind; of all entries if it is empty."""
        if not kind:
            return list(self.ranking)
        return [key for key, entry_kind in self.ranking.items() if entry_kind == kind]

    def results(self, keys: Sequence[int]) -> list[Result]:
        """These entries in this order, with the words of the query highlighted."""
        if not keys:
            return []
        entries = SearchEntry.objects.select_related("collection").in_bulk(keys)
        words = self.query.highlighted_words
        return [_result(entries[key], words) for key in keys if key in entries]


def _result(entry: SearchEntry, words: Set[str]) -> Result:
    """An entry with its highlighted words; the body only if the title has none of them."""
    title = highlight(entry.title, words)
    texts = [entry.summary]
    if not any(part.highlighted for part in title):
        names = ", ".join(entry.aliases.splitlines())
        texts += [entry.body, f"Other and former names: {names}"]
    return Result(entry, title, excerpt(texts, words))


def engine() -> Engine:
    """The engine for the database in use."""
    return ENGINES[connection.vendor]


def find_entries(text: str, kind: str = "") -> SearchResults:
    """The published entries that have these words.

    :param kind: the kind the reader wants; where too many entries match, only those of this kind
        are ranked.
    """
    query = Query.from_text(text)
    if not query.words:
        return SearchResults(query)
    query = query.with_word_forms(engine().words_of_same_stem(query.spellings))
    return _entries_with_all_words(query, kind) or _entries_with_any_word(query)


def _entries_with_all_words(query: Query, kind: str) -> SearchResults | None:
    """All such entries, or a selection if they are too many; None if there are none.

    :param kind: the kind to which too many entries are narrowed; empty for all kinds.
    """
    hits = _hits(query)
    if not hits:
        return None
    if len(hits) <= MAX_RANKED:
        return SearchResults(query, _ranked(query))
    if not kind:
        kinds = [model.search_kind for model in indexed_models()]
        selection = _selected(query, kinds, hits)
        return SearchResults(query, selection, is_truncated=True, covers_all_kinds=False)
    hits = _hits(query, kind)
    if len(hits) <= MAX_RANKED:
        return SearchResults(query, _ranked(query, kind), covers_all_kinds=False)
    selection = _selected(query, [kind], hits)
    return SearchResults(query, selection, is_truncated=True, covers_all_kinds=False)


def _hits(query: Query, kind: str = "") -> list[Hit]:
    """Entries with all words, at most one more than can be ranked."""
    candidates = CandidateQuery(query.prefix_terms, tier=LAST_TIER, kind=kind)
    return engine().candidates([candidates], MAX_RANKED + 1)


def _selected(query: Query, kinds: list[str], hits: list[Hit]) -> dict[int, str]:
    """Entries of each kind with the words, then with completions, in title or aliases.

    Then some of the other hits.
    """
    alternatives = [query.exact_terms]
    if query.completions:
        alternatives.append(query.with_completions(SELECTION_COMPLETIONS))
    queries = []
    for tier, terms in enumerate(alternatives):
        for kind in kinds:
            queries.append(CandidateQuery(terms, tier, in_heading=True, kind=kind))
    selected = engine().candidates(queries, MAX_SELECTED_OF_KIND) + hits[:MAX_RANKED]
    selected.sort(key=lambda hit: (hit.tier, hit.title_length, hit.key))
    return _kinds_by_key(selected)


def _entries_with_any_word(query: Query) -> SearchResults:
    """Some entries for each word; those of a rare word, or of several words, come first."""
    queries: list[CandidateQuery] = []
    for alternatives in query.prefix_terms:
        for in_heading in (True, False):
            queries.append(CandidateQuery([alternatives], len(queries), in_heading))
    limit = MAX_RANKED // len(queries)
    hits = engine().candidates(queries, limit)
    hits_of_query = Counter(hit.tier for hit in hits)
    scores: dict[int, float] = defaultdict(float)
    for hit in hits:
        scores[hit.key] += 1 / hits_of_query[hit.tier]
    hits.sort(key=lambda hit: (-scores[hit.key], hit.title_length, hit.key))
    return SearchResults(
        query,
        _kinds_by_key(hits),
        has_all_words=False,
        is_truncated=max(hits_of_query.values(), default=0) == limit,
    )


def _ranked(query: Query, kind: str = "") -> dict[int, str]:
    """All entries that match, best first, each by its best match."""
    matches = engine().matches(query.exact_terms, query.prefix_terms, kind)
    matches.sort(key=lambda match: _rank(match, query))
    return _kinds_by_key(matches)


def _rank(match: Match, query: Query) -> tuple[float | str, ...]:
    """A sort key; smaller is better.

    More of the words in the title and few others there come first, then more in aliases, then more
    in the summary, then frequent occurrence in the body.
    """
    words = query.word_forms if match.tier in EXACT_TIERS else query.highlighted_words
    in_title = _matching_words(match.title, words, query)
    return (
        match.tier,
        -in_title,
        len(match.title) if in_title else 0,
        -_matching_words(match.aliases, words, query),
        -_matching_words(match.summary, words, query),
        -_frequency(words_of(match.body), words),
        len(match.title),
        match.title,
        match.key,
    )


def _matching_words(text: str, words: frozenset[str], query: Query) -> int:
    """How many words of the query the text has."""
    return min(len(words.intersection(words_of(text))), len(query.words))


def _frequency(text_words: list[str], words: Set[str]) -> float:
    """From 0 to 1: each further occurrence counts less, and all count less in a long text."""
    occurrences = sum(map(words.__contains__, text_words))
    return occurrences / (occurrences + 1 + len(text_words) / TYPICAL_BODY_WORDS)


def _kinds_by_key(hits: Iterable[Hit | Match]) -> dict[int, str]:
    return {hit.key: hit.kind for hit in hits}
