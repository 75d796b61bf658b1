"""A copy of the database for one thread.

What is only tried out there writes nothing and stops nobody.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DEFAULT_DB_ALIAS, connection, connections

from editing.table_copies import can_copy_tables, table_copies

#: A private database that SQLite keeps in memory as far as its cache goes, then in a file that ends
#: with it.
TEMPORARY = "file:"
CARELESS = "PRAGMA synchronous=OFF; PRAGMA journal_mode=MEMORY; PRAGMA cache_size=-64000;"


def can_copy() -> bool:
    """Whether `database_copy` makes a copy of the whole database here."""
    return connection.vendor == "sqlite" and not connection.in_atomic_block


@contextmanager
def database_copy() -> Iterator[None]:
    """Let this thread read and write a copy of the database, which is dropped at the end.

    SQLite has one lock for all writers, so a transaction that is rolled back at last stops
    everybody meanwhile. PostgreSQL locks the rows that are written, so it stops whoever saves one
    of them; there the tables that are written are copied. Nothing is copied inside a transaction,
    which has the lock of SQLite already.
    """
    if can_copy():
        with _whole_copy():
            yield
    elif not connection.in_atomic_block and can_copy_tables():
        with table_copies():
            yield
    else:
        yield


@contextmanager
def _whole_copy() -> Iterator[None]:
    original = connections[DEFAULT_DB_ALIAS]
    original.ensure_connection()
    copy = original.copy()
    copy.settings_dict["NAME"] = TEMPORARY
    copy.settings_dict["OPTIONS"]["init_command"] = CARELESS
    try:
        copy.ensure_connection()
        original.connection.backup(copy.connection)
        connections[DEFAULT_DB_ALIAS] = copy
        yield
    finally:
        connections[DEFAULT_DB_ALIAS] = original
        copy.close()
