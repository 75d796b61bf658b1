"""The search on PostgreSQL: text search vectors."""

from collections.abc import Sequence

from search.engines import COUNTED, Draw, Hit, LoadOptions, Match, rows

# Words that must stand together are materialised: common ones the planner believes to do so often,
# and would read the whole table for the first few. What is materialised is found by the index and
# read only as far as the limit.
MATCHES = f"""
    WITH matching AS MATERIALIZED (
        SELECT * FROM content_searchentry WHERE document @@ ({{kind}} to_tsquery('english', %s))
    ), placed AS (
        SELECT *, CASE WHEN heading @@ exact_any AND document @@ exact_all THEN 0
                       WHEN heading @@ loose_any THEN 1
                       WHEN document @@ exact_all THEN 2
                       ELSE 3 END AS tier
        FROM matching,
             to_tsquery('english', %s) exact_all, to_tsquery('english', %s) exact_any,
             to_tsquery('english', %s) loose_any
    )
    SELECT id, kind, tier, title, aliases, summary,
           CASE WHEN tier > 1 THEN left(body, {COUNTED}) ELSE '' END
    FROM placed
"""
DRAWN = """(
    WITH matching AS {kept} (
        SELECT id, kind, title FROM content_searchentry
        WHERE {vector} @@ ({kind} to_tsquery('english', %s))
    )
    SELECT id, kind, %s, length(title) FROM matching LIMIT %s
)"""
KIND = "'''kind={kind}'''::tsquery &&"
FORMS = """
    SELECT word FROM content_searchword
    WHERE ({beginnings}) AND to_tsvector('english', word) @@ to_tsquery('english', %s)
"""
#: Letters that a word shares with all words of its stem.
STEM = 3


def expression(terms: LoadOptions, joined: str) -> str:
    """The words in the query language of text search.

    They are letters and digits, so quotes hold them.
    """
    each = (" | ".join(f"'{word}'" for word in forms) for forms in terms)
    return joined.join(f"({one})" for one in each)


def of_kind(kind: str) -> str:
    """The condition that an entry is of this kind, before another one."""
    return KIND.format(kind=kind) if kind else ""


def drawn(draw: Draw) -> str:
    """The query of one draw."""
    kept = "MATERIALIZED" if draw.kind or len(draw.terms) > 1 else "NOT MATERIALIZED"
    return DRAWN.format(
        vector="heading" if draw.in_heading else "document", kind=of_kind(draw.kind), kept=kept
    )


class PostgresEngine:
    """See `Engine`."""

    def drawn(self, draws: Sequence[Draw], share: int) -> list[Hit]:
        params = [
            param for draw in draws for param in (expression(draw.terms, " & "), draw.tier, share)
        ]
        return [Hit(*row) for row in rows(" UNION ALL ".join(map(drawn, draws)), params)]

    def matches(self, exact: LoadOptions, loose: LoadOptions, kind: str = "") -> list[Match]:
        tests = [(loose, " & "), (exact, " & "), (exact, " | "), (loose, " | ")]
        params = [expression(terms, joined) for terms, joined in tests]
        return [Match(*row) for row in rows(MATCHES.format(kind=of_kind(kind)), params)]

    def forms(self, words: Sequence[str]) -> set[str]:
        beginnings = " OR ".join(["word LIKE %s"] * len(words))
        params = [*(f"{word[:STEM]}%" for word in words), expression([words], " | ")]
        return {word for (word,) in rows(FORMS.format(beginnings=beginnings), params)}
