"""Copies of tables on PostgreSQL, for one transaction.

What it writes goes there, and locks no row of anybody.

A temporary table stands before a table of the same name, and only its own session sees it. A table
is copied before the first statement that writes to it, so trying out a small change costs little.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from editing.statements import Kind, kind_of

_written = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM) "([^"]+)"').match
MAY_COPY = "SELECT has_database_privilege(current_database(), 'TEMPORARY')"
IS_COPIED = "SELECT to_regclass('pg_temp.' || quote_ident(%s)) IS NOT NULL"
#: The columns that are stored as they are, and the one that numbers new rows.
COLUMNS = """
    SELECT string_agg(quote_ident(attname), ', ') FILTER (WHERE attgenerated = ''),
           max(attname) FILTER (WHERE attidentity <> '')
    FROM pg_attribute WHERE attrelid = quote_ident(%s)::regclass AND attnum > 0 AND NOT attisdropped
"""
CREATE = "CREATE TEMPORARY TABLE {table} (LIKE {table} INCLUDING ALL)"
FILL = "INSERT INTO pg_temp.{table} ({columns}) SELECT {columns} FROM {schema}.{table}"
NUMBER_ON = (
    "SELECT setval(pg_get_serial_sequence('pg_temp.{table}', %s), max({key})) FROM pg_temp.{table}"
)


def can_copy_tables() -> bool:
    """Whether this database has temporary tables, and this user may make them."""
    if connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute(MAY_COPY)
        return bool(cursor.fetchone()[0])


@contextmanager
def table_copies() -> Iterator[None]:
    """Write to copies of the tables, in a transaction that is taken back at the end."""
    with transaction.atomic(), connection.execute_wrapper(_Copies().execute):
        try:
            yield
        finally:
            transaction.set_rollback(True)


class _Copies:
    """The tables that are copied so far."""

    def __init__(self) -> None:
        self._copied: set[str] = set()

    def execute(
        self,
        execute: Callable[..., Any],
        sql: str,
        params: Any,
        many: bool,
        context: dict[str, Any],
    ) -> Any:
        """Execute a statement, after copying the table that it writes to."""
        if kind_of(sql) is Kind.UNDO:
            self._copied.clear()  # copies made since that savepoint are gone
        table = _written(sql)
        if table and table[1] not in self._copied:
            self._copy(
                table[1], lambda *statement: execute(*statement, False, context), context["cursor"]
            )
            self._copied.add(table[1])
        return execute(sql, params, many, context)

    def _copy(self, table: str, execute: Callable[[str, Any], Any], cursor: Any) -> None:
        execute(IS_COPIED, [table])
        if cursor.fetchone()[0]:
            return
        execute("SELECT quote_ident(current_schema())", None)
        (schema,) = cursor.fetchone()
        execute(COLUMNS, [table])
        columns, key = cursor.fetchone()
        names = {
            "table": connection.ops.quote_name(table),
            "columns": columns,
            "schema": schema,
            "key": f'"{key}"',
        }
        execute(CREATE.format(**names), None)
        execute(FILL.format(**names), None)
        if key:
            execute(NUMBER_ON.format(**names), [key])
