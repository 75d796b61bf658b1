"""The search on SQLite: full-text tables (FTS5)."""

from collections.abc import Sequence

from search.engines import COUNTED, Draw, Hit, LoadOptions, Match, rows

HEADING = "title aliases"
TEXT = "title aliases summary body"
MATCHES = f"""
    SELECT e.id, e.kind, found.below * 2 + %s, e.title, e.aliases, e.summary,
           CASE found.below WHEN 1 THEN substr(e.body, 1, {COUNTED}) ELSE '' END
    FROM (SELECT rowid AS id, bm25(content_documents, 0, 1, 1, 0, 0) >= 0 AS below
          FROM content_documents WHERE content_documents MATCH %s) found
    JOIN content_searchentry e ON e.id = found.id
"""
DRAWN = """
    SELECT e.id, e.kind, %s, length(e.title)
    FROM (SELECT rowid AS id FROM {index} WHERE {index} MATCH %s LIMIT %s) found
    JOIN content_searchentry e ON e.id = found.id
"""
FORMS = (
    "SELECT w.word FROM content_words s JOIN content_searchword w ON w.id = s.rowid "
    "WHERE s.word MATCH %s"
)


def expression(terms: LoadOptions, columns: str) -> str:
    """The words, all of them, in the query language of FTS5.

    They are letters and digits, so quotes hold them.
    """
    each = (" OR ".join(f'"{word}"' for word in forms) for forms in terms)
    return f"{{{columns}}} : ({' AND '.join(f'({one})' for one in each)})"


def matched(draw: Draw) -> str:
    """What the entries of a draw match."""
    words = expression(draw.terms, HEADING if draw.in_heading else TEXT)
    return f'kind : "{draw.kind}" AND {words}' if draw.kind else words


class SqliteEngine:
    """See `Engine`."""

    def drawn(self, draws: Sequence[Draw], share: int) -> list[Hit]:
        parts = [
            DRAWN.format(index="content_headings" if draw.in_heading else "content_documents")
            for draw in draws
        ]
        params = [param for draw in draws for param in (draw.tier, matched(draw), share)]
        return [Hit(*row) for row in rows(" UNION ALL ".join(parts), params)]

    def matches(self, exact: LoadOptions, loose: LoadOptions, kind: str = "") -> list[Match]:
        tiers = [exact] if loose == exact else [exact, loose]
        params = [
            param
            for tier, terms in enumerate(tiers)
            for param in (tier, matched(Draw(terms, kind=kind)))
        ]
        return [Match(*row) for row in rows(" UNION ALL ".join([MATCHES] * len(tiers)), params)]

    def forms(self, words: Sequence[str]) -> set[str]:
        return {word for (word,) in rows(FORMS, [" OR ".join(f'"{word}"' for word in words)])}
