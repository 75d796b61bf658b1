"""Full-text tables, triggers, columns and indexes of the search, which no model describes.

The migration `content.0002_search_vectors` creates them.
"""

from collections.abc import Sequence
from importlib import import_module
from typing import Any

from django.db import connection, transaction

vectors: Any = import_module("content.migrations.0002_search_vectors")
#: The migration that creates them.
MIGRATION = ("content", "0002_search_vectors")
FULL_TEXT_TABLES = ("content_headings", "content_documents", "content_words")
EVENTS = ("insert", "delete", "update")
VECTORS = ("heading", "document")
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
    with connection.cursor() as cursor:
        cursor.execute(EXISTING[connection.vendor])
        existing = {name for (name,) in cursor.fetchall()}
    return [name for name in _required_parts() if name not in existing]


def _required_parts() -> Sequence[str]:
    if connection.vendor == "postgresql":
        columns = [f"column {column}" for column in VECTORS]
        return columns + [f"index content_searchentry_{column}" for column in VECTORS]
    parts = [f"table {table}" for table in FULL_TEXT_TABLES]
    for table in FULL_TEXT_TABLES:
        parts += [f"trigger {table}_{event}" for event in EVENTS]
    return parts


def create_search_parts() -> None:
    """Create all of them again, filled from the tables of entries and words."""
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in CREATE[connection.vendor]:
            cursor.execute(statement)
