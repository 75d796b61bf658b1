"""The search on PostgreSQL: text search vectors."""

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

# The planner believes that two common words occur together often, and would read the whole table
# for the first few entries with both. A materialized subquery is read through the index, and only
# as far as the limit.
MATCHES = f"""
    WITH matching AS MATERIALIZED (
        SELECT * FROM content_searchentry WHERE document @@ ({{kind}} to_tsquery('english', %s))
    ), with_tiers AS (
        SELECT *, CASE WHEN heading @@ exact_any AND document @@ exact_all THEN 0
                       WHEN heading @@ prefix_any THEN 1
                       WHEN document @@ exact_all THEN 2
                       ELSE 3 END AS tier
        FROM matching,
             to_tsquery('english', %s) exact_all, to_tsquery('english', %s) exact_any,
             to_tsquery('english', %s) prefix_any
    )
    SELECT id, kind, tier, title, aliases, summary,
           CASE WHEN tier > 1 THEN left(body, {COUNTED_LENGTH}) ELSE '' END
    FROM with_tiers
"""
CANDIDATES = """(
    WITH matching AS {materialized} (
        SELECT id, kind, title FROM content_searchentry
        WHERE {vector} @@ ({kind} to_tsquery('english', %s))
    )
    SELECT id, kind, %s, length(title) FROM matching LIMIT %s
)"""
IS_OF_KIND = "'''kind={kind}'''::tsquery &&"
SAME_STEM = """
    SELECT %s, word FROM content_searchword
    WHERE word LIKE %s AND to_tsvector('english', word) @@ to_tsquery('english', %s)
"""
#: Characters that a word shares with all words of its stem.
STEM_PREFIX_LENGTH = 3


def ts_query(terms: Terms, operator: str) -> str:
    """The words and phrases in the query language of text search, joined by ``&`` or ``|``.

    Words have only letters and digits, so quoting them is enough.
    """
    groups = []
    for alternatives in terms:
        quoted = []
        for phrase in alternatives:
            words = [f"'{word}'" for word in phrase.split()]
            quoted.append(f"({' <-> '.join(words)})")
        groups.append(f"({' | '.join(quoted)})")
    return f" {operator} ".join(groups)


def kind_condition(kind: str) -> str:
    """The condition that an entry is of this kind, to be put before another one."""
    return IS_OF_KIND.format(kind=kind) if kind else ""


def candidate_select(query: CandidateQuery) -> str:
    """The SELECT of one query."""
    is_combined = query.kind or len(query.terms) > 1
    return CANDIDATES.format(
        vector="heading" if query.in_heading else "document",
        kind=kind_condition(query.kind),
        materialized="MATERIALIZED" if is_combined else "NOT MATERIALIZED",
    )


class PostgresEngine:
    """See `Engine`."""

    def candidates(self, queries: Sequence[CandidateQuery], limit: int) -> list[Hit]:
        selects = [candidate_select(query) for query in queries]
        params: list[Parameter] = []
        for query in queries:
            params += [ts_query(query.terms, "&"), query.tier, limit]
        return [Hit(*row) for row in fetch_rows(" UNION ALL ".join(selects), params)]

    def matches(self, exact: Terms, prefixes: Terms, kind: str = "") -> list[Match]:
        params = [
            ts_query(prefixes, "&"),
            ts_query(exact, "&"),
            ts_query(exact, "|"),
            ts_query(prefixes, "|"),
        ]
        sql = MATCHES.format(kind=kind_condition(kind))
        return [Match(*row) for row in fetch_rows(sql, params)]

    def words_of_same_stem(self, words: Sequence[str]) -> list[tuple[str, str]]:
        params: list[Parameter] = []
        for word in words:
            params += [word, f"{word[:STEM_PREFIX_LENGTH]}%", ts_query([[word]], "|")]
        return fetch_rows(" UNION ALL ".join([SAME_STEM] * len(words)), params)
