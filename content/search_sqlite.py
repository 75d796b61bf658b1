"""The search on SQLite: full-text tables (FTS5), ranked by bm25."""

import json
from collections.abc import Collection, Sequence
from itertools import product

from content.search_engines import Hit, Terms, column, rows

HEADINGS = "title aliases"
TEXTS = "title aliases summary body"
#: The weight of one place in kind, title, aliases, summary, body. bm25 saturates, so that one place in the title
#: outweighs any number further down.
WEIGHTS = "0, 1e7, 1e4, 10, 0.05"

MATCHING = "SELECT rowid FROM content_documents WHERE content_documents MATCH %s LIMIT %s"
LEADING = "SELECT rowid FROM (SELECT rowid FROM {index} WHERE {index} MATCH %s LIMIT %s)"
# The plus sign keeps FTS5 from looking up each entry on its own, which would count the words anew each time.
HITS = f"""
    SELECT e.id, e.kind, CASE WHEN bm25(content_documents, 0, 1, 1, 0, 0) < 0 THEN 0 ELSE 2 END + %s,
           -bm25(content_documents, {WEIGHTS}), length(e.title)
    FROM content_documents d JOIN content_searchentry e ON e.id = d.rowid
    WHERE content_documents MATCH %s AND d.rowid BETWEEN %s AND %s
          AND +d.rowid IN (SELECT value FROM json_each(%s))
"""
FORMS = "SELECT w.word FROM content_words s JOIN content_searchword w ON w.id = s.rowid WHERE s.word MATCH %s"


def expression(terms: Terms, columns: str, *, every: bool) -> str:
    """The terms in the query language of FTS5; words are letters and digits, so quotes hold them."""
    each = (" OR ".join(f'"{word}"' for word in alternatives) for alternatives in terms)
    return f"{{{columns}}} : ({(' AND ' if every else ' OR ').join(f'({one})' for one in each)})"


class SqliteEngine:
    """See `Engine`."""

    def matching(self, terms: Terms, limit: int, *, every: bool) -> list[int]:
        return column(MATCHING, [expression(terms, TEXTS, every=every), limit])

    def leading(self, sought: Sequence[Terms], kinds: Sequence[str], share: int) -> list[int]:
        parts, params = [], []
        for index, columns in (("content_headings", HEADINGS), ("content_documents", TEXTS)):
            for kind, terms in product(kinds, sought):
                parts.append(LEADING.format(index=index))
                params += [f'kind : "{kind}" AND {expression(terms, columns, every=True)}', share]
        return column(" UNION ".join(parts), params)

    def hits(self, keys: Collection[int], exact: Terms, loose: Terms, *, every: bool) -> list[Hit]:
        wanted = [min(keys), max(keys), json.dumps(list(keys))]
        params = [0, expression(exact, TEXTS, every=every), *wanted]
        if loose == exact:
            return [Hit(*row) for row in rows(HITS, params)]
        params += [1, expression(loose, TEXTS, every=every), *wanted]
        return [Hit(*row) for row in rows(f"{HITS} UNION ALL {HITS}", params)]

    def forms(self, words: Sequence[str]) -> set[str]:
        return set(column(FORMS, [" OR ".join(f'"{word}"' for word in words)]))
