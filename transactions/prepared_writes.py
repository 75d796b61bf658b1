"""Long changes on SQLite: prepared on a copy of the database, then written with its write lock.

SQLite has one lock for all writers. A load reads, compares and validates much longer than it
writes, so it does all of that on a private copy, and the statements that write there are recorded.
While holding the lock, they are executed again on the database itself, provided that no one has
changed the content since and that each of them has the same effect as on the copy. Otherwise, the
change is prepared again. PostgreSQL locks single rows, so nothing is copied there, nor inside a
transaction.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from django.db import OperationalError, connection, transaction
from django.db.backends.utils import CursorWrapper

from content.change_tracking import Rollback, revocable_changes, tracking_changes
from content.models import SiteVersion
from transactions.database_copies import can_copy_database, database_copy
from transactions.write_lock import (
    Context,
    Execute,
    StatementKind,
    savepoint_name,
    statement_kind,
)

Outcome = TypeVar("Outcome")

#: How often a change is prepared without the lock; after that it is made once with the lock.
ATTEMPTS = 3
#: A change of more statements would hold the lock for seconds, in which no one else could log in or
#: save.
MAX_STATEMENTS_WITH_LOCK = 500


class TooManyWriters(OperationalError):
    """Others changed the content each time a long change was prepared.

    The change can be tried again when fewer people write.
    """


def write_prepared(work: Callable[[], Outcome], is_wanted: Callable[[Outcome], bool]) -> Outcome:
    """Change content in one transaction that has SQLite's write lock only while it writes.

    :param work: reads and writes; it is called again if the content has changed since. It must
        write only to the database, and write the same each time.
    :param is_wanted: whether the outcome is to be written; otherwise it is rolled back.
    :returns: what `work` returned.
    :raises TooManyWriters: if the content has changed each time, and the change is too long to be
        made with the lock; nothing has been written then.
    """
    number_of_statements = 0
    attempts = ATTEMPTS if can_copy_database() else 0
    for _ in range(attempts):
        outcome, log = _prepare(work)
        if not is_wanted(outcome) or log.execute():
            return outcome
        number_of_statements = len(log.statements)
    if number_of_statements > MAX_STATEMENTS_WITH_LOCK:
        raise TooManyWriters(f"Others changed the content {ATTEMPTS} times in the meantime.")
    with revocable_changes():
        outcome = work()
        if not is_wanted(outcome):
            raise Rollback
    return outcome


def _prepare(work: Callable[[], Outcome]) -> "tuple[Outcome, WriteLog]":
    with database_copy():
        log = WriteLog(_site_version())
        with connection.execute_wrapper(log.record), tracking_changes():
            outcome = work()
    return outcome, log


@dataclass(frozen=True)
class _Statement:
    """A statement that writes, and its effect (see `_effect`)."""

    sql: str
    params: Any
    is_many: bool
    effect: int | None


@dataclass
class WriteLog:
    """The statements of one transaction that write."""

    #: The version of the content before them.
    site_version: int
    statements: list[_Statement] = field(default_factory=list)
    #: By name of each open savepoint, how many statements came before it.
    _savepoints: dict[str, int] = field(default_factory=dict)

    def record(
        self, execute: Execute, sql: str, params: object, many: bool, context: Context
    ) -> object:
        """Execute a statement, and record it if it writes; used as an `execute_wrapper`."""
        result = execute(sql, params, many, context)
        kind = statement_kind(sql)
        if kind is StatementKind.SAVEPOINT:
            self._savepoints[savepoint_name(sql)] = len(self.statements)
        elif kind is StatementKind.ROLLBACK_TO_SAVEPOINT:
            del self.statements[self._savepoints[savepoint_name(sql)] :]
        elif kind is StatementKind.WRITE:
            effect = _effect(sql, cast("CursorWrapper", context["cursor"]))
            self.statements.append(_Statement(sql, params, many, effect))
        return result

    def execute(self) -> bool:
        """Execute the statements again, in a transaction.

        :returns: whether they were executed; nothing is written if the content has changed since
            they were recorded, or if one of them has another effect now.
        """
        if not self.statements:
            return True
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                if _site_version() != self.site_version:
                    raise Rollback
                for statement in self.statements:
                    _execute_again(statement, cursor)
        except Rollback:
            return False
        return True


def _execute_again(statement: _Statement, cursor: CursorWrapper) -> None:
    execute = cursor.executemany if statement.is_many else cursor.execute
    execute(statement.sql, statement.params)
    if _effect(statement.sql, cursor) != statement.effect:
        raise Rollback


def _effect(sql: str, cursor: CursorWrapper) -> int | None:
    """The key of the last new row, or the number of changed rows.

    None for an insertion that may change an existing row, because SQLite gives no key then.
    """
    if not sql.startswith("INSERT"):
        return int(cursor.rowcount)
    if "ON CONFLICT" in sql:
        return None
    return int(cursor.lastrowid or 0)


def _site_version() -> int:
    return SiteVersion.objects.values_list("version", flat=True).first() or 0
