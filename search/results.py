"""Finds entries for a query: one ranking over all kinds.

An entry has to have all required terms; if none has, entries with any of them are found. The last
word may be unfinished. If more entries match than can be ranked, a selection is: of every kind the
entries with the terms in title or aliases, which come first, and a few others.

The databases differ in what counts as the same word: the stemmer of SQLite (porter) takes
*communication* for *community* and *TPMs* for *TPM*; that of PostgreSQL (english, a later one by
the same author) takes neither. They also differ in which of too many entries are selected.
"""

from collections import Counter
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain, product
from operator import attrgetter

from django.db import connection

from search.engines import CandidateQuery, Engine, Hit, Match
from search.index import indexed_models, kind_labels
from search.models import SearchEntry
from search.postgres import PostgresEngine
from search.query import Query, Term
from search.ranking import Ranking, forms_by_word
from search.sqlite import SqliteEngine
from search.text import Part, excerpt, highlight

ENGINES: dict[str, Engine] = {"sqlite": SqliteEngine(), "postgresql": PostgresEngine()}

#: The kinds of entries that can be compared with each other.
COMPARED_KINDS = ["role", "level"]
#: Entries that are ranked at most; where more match, no one counts them.
MAX_RANKED = 300
#: Entries of each kind that are selected first where more match than can be ranked.
MAX_SELECTED_OF_KIND = 50
#: Completions of the last word that are tried for that selection.
SELECTION_COMPLETIONS = 6
#: The tier of the entries that are selected after them.
LAST_TIER = 9


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
    #: The keys of two roles or of two levels that the query compares; empty for other queries.
    compared: tuple[int, ...] = ()

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
    if not query.terms:
        return SearchResults(query)
    same_stem = engine().words_of_same_stem(query.single_words)
    query = query.with_forms(forms_by_word(same_stem))
    if query.sides:
        return _compared_entries(query)
    return _entries_with_all_terms(query, kind) or _entries_with_any_term(query)


def _entries_with_all_terms(query: Query, kind: str) -> SearchResults | None:
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


def _entries_with_any_term(query: Query) -> SearchResults:
    """Some entries for each term; those of a rare term, or of several terms, come first."""
    queries: list[CandidateQuery] = []
    for alternatives in query.prefix_terms:
        for in_heading in (True, False):
            queries.append(CandidateQuery([alternatives], len(queries), in_heading))
    limit = MAX_RANKED // len(queries)
    hits = engine().candidates(queries, limit)
    hits_of_query = Counter(hit.tier for hit in hits)
    weights = []
    for number in range(1, len(queries), 2):
        weights.append(1 / max(hits_of_query[number], 1))
    matches = SearchEntry.objects.in_bulk({hit.key for hit in hits})
    ranking = Ranking(query, weights)
    return SearchResults(
        query,
        _ranked_kinds(map(_match_of_entry, matches.values()), ranking),
        has_all_words=False,
        is_truncated=max(hits_of_query.values(), default=0) == limit,
    )


def _compared_entries(query: Query) -> SearchResults:
    """Entries with any term, first the two roles or levels that the query compares."""
    results = _entries_with_any_term(query)
    entries = _possible_sides(query)
    for kind in COMPARED_KINDS:
        matches = [_match_of_entry(entry) for entry in entries if entry.kind == kind]
        first, second = [_named_entry(query, readings, matches) for readings in query.sides]
        if first and second and first != second:
            ranking = {first: kind, second: kind} | results.ranking
            return replace(results, ranking=ranking, compared=(first, second))
    return results


def _possible_sides(query: Query) -> Sequence[SearchEntry]:
    """Roles and levels with the terms of one side in a name."""
    queries = []
    for terms, kind in product(chain.from_iterable(query.sides), COMPARED_KINDS):
        alternatives = query.of_terms(terms).exact_terms
        queries.append(CandidateQuery(alternatives, in_heading=True, kind=kind))
    hits = engine().candidates(queries, MAX_SELECTED_OF_KIND)
    return list(SearchEntry.objects.filter(pk__in={hit.key for hit in hits}))


def _named_entry(
    query: Query, readings: Iterable[tuple[Term, ...]], matches: Sequence[Match]
) -> int | None:
    """The key of the entry of which one of these readings is the whole name; None without one."""
    for terms in readings:
        ranking = Ranking(query.of_terms(terms))
        named = [match for match in matches if ranking.is_whole_name(match)]
        if named:
            return min(named, key=ranking.sort_key).key
    return None


def _match_of_entry(entry: SearchEntry) -> Match:
    return Match(entry.pk, entry.kind, 0, entry.title, entry.aliases, entry.summary, entry.body)


def _ranked(query: Query, kind: str = "") -> dict[int, str]:
    """All entries that match, best first."""
    matches = engine().matches(query.exact_terms, query.prefix_terms, kind)
    return _ranked_kinds(matches, Ranking(query))


def _ranked_kinds(matches: Iterable[Match], ranking: Ranking) -> dict[int, str]:
    """The kind of each entry by its key, best entry first."""
    by_tier = sorted(matches, key=attrgetter("tier"), reverse=True)
    distinct = {match.key: match for match in by_tier}
    ranked = sorted(distinct.values(), key=ranking.sort_key)
    return {match.key: match.kind for match in ranked}


def _kinds_by_key(hits: Iterable[Hit]) -> dict[int, str]:
    return {hit.key: hit.kind for hit in hits}
