"""The search on PostgreSQL: text search vectors, ranked by ts_rank."""

from collections.abc import Collection, Sequence

from content.search_engines import Hit, Terms, column, rows

#: The weight of one place in body, summary, aliases, title.
WEIGHTS = "{0.01, 0.1, 0.4, 1}"

# Materialised, because the planner would read the whole table for words it believes to stand together often.
MATCHING = """
    WITH matching AS MATERIALIZED (
        SELECT id FROM content_searchentry WHERE document @@ to_tsquery('english', %s)
    )
    SELECT id FROM matching LIMIT %s
"""
LEADING = """
    (SELECT id FROM content_searchentry WHERE {vector} @@ (%s::tsquery && to_tsquery('english', %s)) LIMIT %s)
"""
HITS = f"""
    SELECT id, kind,
           CASE WHEN heading @@ exact_any AND document @@ exact THEN 0
                WHEN heading @@ loose_any THEN 1
                WHEN document @@ exact THEN 2
                ELSE 3 END,
           ts_rank('{WEIGHTS}', document, loose_any), length(title)
    FROM content_searchentry,
         to_tsquery('english', %s) exact, to_tsquery('english', %s) exact_any, to_tsquery('english', %s) loose_any
    WHERE id = ANY(%s)
"""
FORMS = """
    SELECT word FROM content_searchword
    WHERE ({beginnings}) AND to_tsvector('english', word) @@ to_tsquery('english', %s)
"""
#: Letters that a word shares with all words of its stem.
STEM = 3


def expression(terms: Terms, *, every: bool) -> str:
    """The terms in the query language of text search; words are letters and digits, so quotes hold them."""
    each = (" | ".join(f"'{word}'" for word in alternatives) for alternatives in terms)
    return (" & " if every else " | ").join(f"({one})" for one in each)


class PostgresEngine:
    """See `Engine`."""

    def matching(self, terms: Terms, limit: int, *, every: bool) -> list[int]:
        return column(MATCHING, [expression(terms, every=every), limit])

    def leading(self, sought: Sequence[Terms], kinds: Sequence[str], share: int) -> list[int]:
        matches = [(f"'kind={kind}'", expression(terms, every=True), share) for kind in kinds for terms in sought]
        parts = [LEADING.format(vector=vector) for vector in ("heading", "document") for match in matches]
        return column(" UNION ".join(parts), [param for match in matches * 2 for param in match])

    def hits(self, keys: Collection[int], exact: Terms, loose: Terms, *, every: bool) -> list[Hit]:
        sought = [expression(exact, every=every), expression(exact, every=False), expression(loose, every=False)]
        return [Hit(*row) for row in rows(HITS, [*sought, list(keys)])]

    def forms(self, words: Sequence[str]) -> set[str]:
        beginnings = " OR ".join(["word LIKE %s"] * len(words))
        params = [*(f"{word[:STEM]}%" for word in words), expression([words], every=False)]
        return set(column(FORMS.format(beginnings=beginnings), params))
