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


class SqliteEngine:
    """See `Engine`."""

    def drawn(self, draws: Sequence[Draw], share: int) -> list[Hit]:
        parts = [DRAWN.format(index="content_headings" if draw.in_heading else "content_documents") for draw in draws]
        params = [param for draw in draws for param in (draw.tier, self._match(draw), share)]
        return [Hit(*row) for row in rows(" UNION ALL ".join(parts), params)]

    def ranked(self, exact: Terms, loose: Terms) -> list[Hit]:
        params = [0, expression(exact, TEXT), 1, expression(loose, TEXT)]
        if loose == exact:
            return [Hit(*row) for row in rows(RANKED, params[:2])]
        return [Hit(*row) for row in rows(f"{RANKED} UNION ALL {RANKED}", params)]

    def _match(self, draw: Draw) -> str:
        words = expression(draw.terms, HEADING if draw.in_heading else TEXT)
        return f'kind : "{draw.kind}" AND {words}' if draw.kind else words

    def forms(self, words: Sequence[str]) -> set[str]:
        return {word for (word,) in rows(FORMS, [" OR ".join(f'"{word}"' for word in words)])}
