"""The search on SQLite: full-text tables (FTS5), ranked by bm25."""

from collections.abc import Sequence

from content.search_engines import Draw, Hit, Terms, rows

HEADING = "title aliases"
TEXT = "title aliases summary body"
#: The weight of one place in kind, title, aliases, summary, body. bm25 saturates, so that one place in the title
#: outweighs any number further down.
WEIGHTS = "0, 1e7, 1e4, 10, 0.05"

RANKED = f"""
    SELECT e.id, e.kind, found.tier, found.score, length(e.title)
    FROM (SELECT rowid AS id, -bm25(content_documents, {WEIGHTS}) AS score,
                 CASE WHEN bm25(content_documents, 0, 1, 1, 0, 0) < 0 THEN 0 ELSE 2 END + %s AS tier
          FROM content_documents WHERE content_documents MATCH %s) found
    JOIN content_searchentry e ON e.id = found.id
"""
DRAWN = """
    SELECT e.id, e.kind, %s, 0, length(e.title)
    FROM (SELECT rowid AS id FROM {index} WHERE {index} MATCH %s LIMIT %s) found
    JOIN content_searchentry e ON e.id = found.id
"""
FORMS = "SELECT w.word FROM content_words s JOIN content_searchword w ON w.id = s.rowid WHERE s.word MATCH %s"


def expression(terms: Terms, columns: str) -> str:
    """The words, all of them, in the query language of FTS5; they are letters and digits, so quotes hold them."""
    each = (" OR ".join(f'"{word}"' for word in forms) for forms in terms)
    return f"{{{columns}}} : ({' AND '.join(f'({one})' for one in each)})"


def matched(draw: Draw) -> str:
    """What the entries of a draw match."""
    words = expression(draw.terms, HEADING if draw.in_heading else TEXT)
    return f'kind : "{draw.kind}" AND {words}' if draw.kind else words


class SqliteEngine:
    """See `Engine`."""

    def drawn(self, draws: Sequence[Draw], share: int) -> list[Hit]:
        parts = [DRAWN.format(index="content_headings" if draw.in_heading else "content_documents") for draw in draws]
        params = [param for draw in draws for param in (draw.tier, matched(draw), share)]
        return [Hit(*row) for row in rows(" UNION ALL ".join(parts), params)]

    def ranked(self, exact: Terms, loose: Terms, kind: str = "") -> list[Hit]:
        tiers = [exact] if loose == exact else [exact, loose]
        params = [param for tier, terms in enumerate(tiers) for param in (tier, matched(Draw(terms, kind=kind)))]
        return [Hit(*row) for row in rows(" UNION ALL ".join([RANKED] * len(tiers)), params)]

    def forms(self, words: Sequence[str]) -> set[str]:
        return {word for (word,) in rows(FORMS, [" OR ".join(f'"{word}"' for word in words)])}
