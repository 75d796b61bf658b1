"""Long changes on SQLite.

They are worked out on a copy of the database, and then only written with its write lock.

SQLite has one lock for all writers. A load reads, compares and validates much longer than it
writes, so it does all of it on a private copy and notes the statements that write there. With the
lock they are executed once more, on the database itself, if nobody has changed the content
meanwhile and each of them does what it did on the copy; otherwise everything is worked out anew.
PostgreSQL locks single rows, so there, and inside a transaction, nothing is copied.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db import OperationalError, connection, transaction

from content.change_tracking import Rollback, revocable_changes, tracking_changes
from content.models import SiteVersion
from editing.database_copies import can_copy, database_copy
from editing.statements import Kind, kind_of, savepoint_of

Outcome = TypeVar("Outcome")

#: How often a change is worked out without the lock; after that it is worked out once with the
#: lock.
ATTEMPTS = 3
#: Statements of a change for which that would take seconds, in which nobody else could log in or
#: save.
MOST_WITH_LOCK = 500


class TooManyWriters(OperationalError):
    """A long change was overtaken each time it was worked out.

    It can be tried again when fewer people write.
    """


def write_prepared(work: Callable[[], Outcome], is_wanted: Callable[[Outcome], bool]) -> Outcome:
    """Change content in one recorded transaction that has SQLite's write lock only while it writes.

    :param work: reads and writes; called again if the content has changed meanwhile. It must write
        to the database alone, and do so again in the same way.
    :param is_wanted: whether what was written is to stay; nothing is if this says no.
    :returns: what `work` returned.
    :raises TooManyWriters: if the content has changed each time, and the change is too long to be
        worked out with the lock; nothing was written then.
    """
    statements = 0
    for _ in range(ATTEMPTS if can_copy() else 0):
        outcome, log = _worked_out(work)
        if not is_wanted(outcome) or log.execute():
            return outcome
        statements = len(log.statements)
    if statements > MOST_WITH_LOCK:
        raise TooManyWriters(f"Others have changed the content {ATTEMPTS} times meanwhile.")
    with revocable_changes():
        outcome = work()
        if not is_wanted(outcome):
            raise Rollback
    return outcome


def _worked_out(work: Callable[[], Outcome]) -> "tuple[Outcome, WriteLog]":
    with database_copy():
        log = WriteLog(_site_version())
        with connection.execute_wrapper(log.note), tracking_changes():
            outcome = work()
    return outcome, log


@dataclass(frozen=True)
class _Statement:
    """A statement that writes, and what it did."""

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
    #: By the name of each open savepoint, how many statements came before it.
    _savepoints: dict[str, int] = field(default_factory=dict)

    def note(
        self,
        execute: Callable[..., Any],
        sql: str,
        params: Any,
        many: bool,
        context: dict[str, Any],
    ) -> Any:
        """Execute a statement, and note it if it writes; to be used as an `execute_wrapper`."""
        result = execute(sql, params, many, context)
        kind = kind_of(sql)
        if kind is Kind.SAVEPOINT:
            self._savepoints[savepoint_of(sql)] = len(self.statements)
        elif kind is Kind.UNDO:
            del self.statements[self._savepoints[savepoint_of(sql)] :]
        elif kind is Kind.WRITE:
            self.statements.append(_Statement(sql, params, many, _effect(sql, context["cursor"])))
        return result

    def execute(self) -> bool:
        """Execute the statements once more, in a transaction.

        :returns: whether that was done; nothing is written if the content is another one, or would
            become another one.
        """
        if not self.statements:
            return True
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                if _site_version() != self.site_version:
                    raise Rollback
                for each in self.statements:
                    (cursor.executemany if each.is_many else cursor.execute)(each.sql, each.params)
                    if _effect(each.sql, cursor) != each.effect:
                        raise Rollback
        except Rollback:
            return False
        return True


def _effect(sql: str, cursor: Any) -> int | None:
    """The key of the last new row, or the number of changed ones.

    A row that an insertion finds and changes gets no key.
    """
    if not sql.startswith("INSERT"):
        return int(cursor.rowcount)
    return None if "ON CONFLICT" in sql else int(cursor.lastrowid or 0)


def _site_version() -> int:
    return SiteVersion.objects.values_list("version", flat=True).first() or 0
