"""The search on SQLite: full-text tables (FTS5)."""

from collections.abc import Sequence

from search.engines import (
    COUNTED_LENGTH,
    CandidateQuery,
    Hit,
    Match,
    Parameter,
    Terms,
    fetch_rows,
)

HEADING_COLUMNS = "title aliases"
ALL_COLUMNS = "title aliases summary body"
MATCHES = f"""
    SELECT e.id, e.kind, hits.below * 2 + %s, e.title, e.aliases, e.summary,
           CASE hits.below WHEN 1 THEN substr(e.body, 1, {COUNTED_LENGTH}) ELSE '' END
    FROM (SELECT rowid AS id, bm25(content_documents, 0, 1, 1, 0, 0) >= 0 AS below
          FROM content_documents WHERE content_documents MATCH %s) hits
    JOIN content_searchentry e ON e.id = hits.id
"""
CANDIDATES = """
    SELECT e.id, e.kind, %s, length(e.title)
    FROM (SELECT rowid AS id FROM {table} WHERE {table} MATCH %s LIMIT %s) hits
    JOIN content_searchentry e ON e.id = hits.id
"""
SAME_STEM = (
    "SELECT %s, w.word FROM content_words s JOIN content_searchword w ON w.id = s.rowid "
    "WHERE s.word MATCH %s"
)


def any_of(words: Sequence[str]) -> str:
    """The FTS5 expression that one of the words or phrases occurs.

    Words have only letters and digits, so quoting them is enough.
    """
    return " OR ".join(f'"{word}"' for word in words)


def match_expression(query: CandidateQuery) -> str:
    """The FTS5 expression that entries of the query match."""
    columns = HEADING_COLUMNS if query.in_heading else ALL_COLUMNS
    all_words = " AND ".join(f"({any_of(alternatives)})" for alternatives in query.terms)
    expression = f"{{{columns}}} : ({all_words})"
    return f'kind : "{query.kind}" AND {expression}' if query.kind else expression


class SqliteEngine:
    """See `Engine`."""

    def candidates(self, queries: Sequence[CandidateQuery], limit: int) -> list[Hit]:
        selects = []
        params: list[Parameter] = []
        for query in queries:
            table = "content_headings" if query.in_heading else "content_documents"
            selects.append(CANDIDATES.format(table=table))
            params += [query.tier, match_expression(query), limit]
        return [Hit(*row) for row in fetch_rows(" UNION ALL ".join(selects), params)]

    def matches(self, exact: Terms, prefixes: Terms, kind: str = "") -> list[Match]:
        params: list[Parameter] = [0, match_expression(CandidateQuery(exact, kind=kind))]
        selects = [MATCHES]
        if prefixes != exact:
            params += [1, match_expression(CandidateQuery(prefixes, kind=kind))]
            selects.append(MATCHES)
        return [Match(*row) for row in fetch_rows(" UNION ALL ".join(selects), params)]

    def words_of_same_stem(self, words: Sequence[str]) -> list[tuple[str, str]]:
        params: list[Parameter] = []
        for word in words:
            params += [word, any_of([word])]
        return fetch_rows(" UNION ALL ".join([SAME_STEM] * len(words)), params)
