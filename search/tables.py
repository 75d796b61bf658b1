"""What the database holds for the search beside the tables of models.

`migrations/0002_search_vectors.py` makes it.
"""

from collections.abc import Sequence
from importlib import import_module
from typing import Any

from django.db import connection, transaction

vectors: Any = import_module("content.migrations.0002_search_vectors")
#: The migration that makes all this.
MADE_BY = ("content", "0002_search_vectors")
INDEXES = ("content_headings", "content_documents", "content_words")
EVENTS = ("insert", "delete", "update")
VECTORS = ("heading", "document")
#: The names of what is there.
STORED = {
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
REMOVED = "ALTER TABLE content_searchentry " + ", ".join(
    f"DROP COLUMN IF EXISTS {column}" for column in VECTORS
)
MADE = {"sqlite": vectors.SQLITE, "postgresql": [REMOVED, *vectors.POSTGRESQL]}


def missing_search_parts() -> list[str]:
    """What the search needs and the database lacks, e.g. ``table content_words``.

    It is read, or keeps the search current.

    :raises django.db.Error: if the database does not answer.
    """
    with connection.cursor() as cursor:
        cursor.execute(STORED[connection.vendor])
        stored = {name for (name,) in cursor.fetchall()}
    return [name for name in _expected() if name not in stored]


def _expected() -> Sequence[str]:
    if connection.vendor == "postgresql":
        indexes = [f"index content_searchentry_{column}" for column in VECTORS]
        return [*(f"column {column}" for column in VECTORS), *indexes]
    triggers = [f"trigger {index}_{event}" for index in INDEXES for event in EVENTS]
    return [*(f"table {index}" for index in INDEXES), *triggers]


def make_search_parts() -> None:
    """Make all of it anew; it finds what the tables of entries and words hold."""
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in MADE[connection.vendor]:
            cursor.execute(statement)
