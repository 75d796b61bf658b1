"""A private copy of the database for one thread, in which a change can be tried out.

What is written to the copy is dropped at the end and makes no one wait. On SQLite the copy is a
whole database. On PostgreSQL it is a set of temporary tables: a temporary table hides the table of
the same name, and only its own session sees it. A table is copied before the first statement that
writes to it, so trying out a small change costs little.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import cast

from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.db.backends.utils import CursorWrapper

from transactions.write_lock import Context, Execute, StatementKind, statement_kind

#: The name of a private database that SQLite holds in memory as far as its cache goes, then in a
#: file that it deletes with the connection.
TEMPORARY_DATABASE = "file:"
#: Safety after a crash does not matter for a temporary database.
FAST_BUT_UNSAFE = "PRAGMA synchronous=OFF; PRAGMA journal_mode=MEMORY; PRAGMA cache_size=-64000;"

MAY_CREATE_TEMPORARY_TABLES = "SELECT has_database_privilege(current_database(), 'TEMPORARY')"
CURRENT_SCHEMA = "SELECT quote_ident(current_schema())"
IS_COPIED = "SELECT to_regclass('pg_temp.' || quote_ident(%s)) IS NOT NULL"
#: The columns that are stored as they are, and the identity column, which numbers new rows.
COLUMNS = """
    SELECT string_agg(quote_ident(attname), ', ') FILTER (WHERE attgenerated = ''),
           max(attname) FILTER (WHERE attidentity <> '')
    FROM pg_attribute WHERE attrelid = quote_ident(%s)::regclass AND attnum > 0 AND NOT attisdropped
"""
CREATE_TABLE = "CREATE TEMPORARY TABLE {table} (LIKE {table} INCLUDING ALL)"
COPY_ROWS = "INSERT INTO pg_temp.{table} ({columns}) SELECT {columns} FROM {schema}.{table}"
SET_NEXT_NUMBER = (
    "SELECT setval(pg_get_serial_sequence('pg_temp.{table}', %s), max({identity})) "
    "FROM pg_temp.{table}"
)

_match_written_table = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM) "([^"]+)"').match


def can_copy_database() -> bool:
    """Whether `database_copy` makes a copy of the whole database here."""
    return connection.vendor == "sqlite" and not connection.in_atomic_block


@contextmanager
def database_copy() -> Iterator[None]:
    """Let this thread read and write a copy of the database, which is dropped at the end.

    Without a copy, a transaction that is rolled back at its end would make others wait: on SQLite
    everyone who writes, on PostgreSQL everyone who saves one of the rows that it writes. Inside a
    transaction nothing is copied, because it has SQLite's lock already.
    """
    if can_copy_database():
        with _copy_of_database():
            yield
    elif not connection.in_atomic_block and can_copy_tables():
        with _copies_of_tables():
            yield
    else:
        yield


@contextmanager
def _copy_of_database() -> Iterator[None]:
    """Replace the connection of this thread by one to a copy in memory, until the end."""
    original = connections[DEFAULT_DB_ALIAS]
    original.ensure_connection()
    copy = original.copy()
    copy.settings_dict["NAME"] = TEMPORARY_DATABASE
    copy.settings_dict["OPTIONS"]["init_command"] = FAST_BUT_UNSAFE
    try:
        copy.ensure_connection()
        original.connection.backup(copy.connection)
        connections[DEFAULT_DB_ALIAS] = copy
        yield
    finally:
        connections[DEFAULT_DB_ALIAS] = original
        copy.close()


def can_copy_tables() -> bool:
    """Whether this database has temporary tables and its user may create them."""
    if connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute(MAY_CREATE_TEMPORARY_TABLES)
        return bool(cursor.fetchone()[0])


@contextmanager
def _copies_of_tables() -> Iterator[None]:
    """Write to temporary tables, in a transaction that is rolled back at the end."""
    with transaction.atomic(), connection.execute_wrapper(_TableCopies().execute):
        try:
            yield
        finally:
            transaction.set_rollback(True)


class _TableCopies:
    """The tables that have been copied in one transaction."""

    def __init__(self) -> None:
        self._copied: set[str] = set()

    def execute(
        self, execute: Execute, sql: str, params: object, many: bool, context: Context
    ) -> object:
        """Execute a statement after copying the table that it writes to."""
        if statement_kind(sql) is StatementKind.ROLLBACK_TO_SAVEPOINT:
            self._copied.clear()  # tables created since that savepoint no longer exist
        match = _match_written_table(sql)
        if match and match[1] not in self._copied:

            def execute_directly(statement: str, values: list[str] | None = None) -> None:
                execute(statement, values, False, context)

            _copy_table(match[1], execute_directly, cast("CursorWrapper", context["cursor"]))
            self._copied.add(match[1])
        return execute(sql, params, many, context)


def _copy_table(table: str, execute: Callable[..., None], cursor: CursorWrapper) -> None:
    """Create the temporary table of a table with its rows, and continue its numbering.

    :param execute: executes a statement without copying tables for it.
    """
    execute(IS_COPIED, [table])
    if cursor.fetchone()[0]:
        return
    execute(CURRENT_SCHEMA)
    (schema,) = cursor.fetchone()
    execute(COLUMNS, [table])
    columns, identity = cursor.fetchone()
    names = {
        "table": connection.ops.quote_name(table),
        "columns": columns,
        "schema": schema,
        "identity": f'"{identity}"',
    }
    execute(CREATE_TABLE.format(**names))
    execute(COPY_ROWS.format(**names))
    if identity:
        execute(SET_NEXT_NUMBER.format(**names), [identity])
