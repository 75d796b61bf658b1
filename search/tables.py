"""Full-text tables, triggers, columns and indexes of the search, which no model describes.

The migration `content.0002_search_vectors` creates them.
"""

from importlib import import_module
from itertools import chain, product
from typing import Any

from django.db import connection, transaction

from search.engines import fetch_rows

vectors: Any = import_module("content.migrations.0002_search_vectors")
#: The migration that creates them.
MIGRATION = ("content", "0002_search_vectors")
FULL_TEXT_TABLES = ("content_headings", "content_documents", "content_words")
EVENTS = ("insert", "delete", "update")
VECTORS = ("heading", "document")
#: The names of what the search needs.
REQUIRED = {
    "sqlite": [
        *(f"table {table}" for table in FULL_TEXT_TABLES),
        *(f"trigger {table}_{event}" for table, event in product(FULL_TEXT_TABLES, EVENTS)),
    ],
    "postgresql": [
        *(f"column {column}" for column in VECTORS),
        *(f"index content_searchentry_{column}" for column in VECTORS),
    ],
}
#: The names of what the database has.
EXISTING = {
    "sqlite": "SELECT type || ' ' || name FROM sqlite_master",
    "postgresql": """
        SELECT 'column ' || columns.attname
        FROM pg_attribute AS columns JOIN pg_class AS tables ON tables.oid = columns.attrelid
        WHERE tables.relname = 'content_searchentry' AND pg_table_is_visible(tables.oid)
              AND columns.atttypid = 'tsvector'::regtype
        UNION
        SELECT 'index ' || relname FROM pg_class WHERE relkind = 'i' AND pg_table_is_visible(oid)
    """,
}
DROP_VECTORS = "ALTER TABLE content_searchentry " + ", ".join(
    f"DROP COLUMN IF EXISTS {column}" for column in VECTORS
)
CREATE = {"sqlite": vectors.SQLITE, "postgresql": [DROP_VECTORS, *vectors.POSTGRESQL]}


def missing_search_parts() -> list[str]:
    """What the search needs and the database lacks, e.g. ``table content_words``.

    :raises django.db.Error: if the database does not answer.
    """
    existing = set(chain.from_iterable(fetch_rows(EXISTING[connection.vendor])))
    return [name for name in REQUIRED[connection.vendor] if name not in existing]


def create_search_parts() -> None:
    """Create all of them again, filled from the tables of entries and words."""
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in CREATE[connection.vendor]:
            cursor.execute(statement)
