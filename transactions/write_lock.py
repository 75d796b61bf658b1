"""SQLite's write lock: saves of the admin take it only when they begin to write.

SQLite has one lock for all writers, so a save that held it while its forms are checked would make
everyone wait. A save therefore begins as a transaction that only reads, which checks everything
against one state of the database. Before the first write that transaction ends, and one that holds
the lock replaces it. The dates of the rows on the form show whether someone else has written them
in between; then the form is checked once more, with the lock from the start.

SQLite itself refuses a write in a transaction whose state is outdated. So deletions and actions of
lists, which do not call `lock_to_write`, lose nothing either. On PostgreSQL, which locks single
rows, a transaction begins as usual.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import Enum

from django.contrib.messages.middleware import MessageMiddleware
from django.db import IntegrityError, OperationalError, connection
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from content.availability import is_deadlock
from content.change_tracking import is_tracking_changes, tracking_changes
from transactions.row_locks import write_times

#: The connection and the cursor of a statement, as execute wrappers get them.
Context = dict[str, object]
#: Executes a statement with its parameters, for many rows or one, as execute wrappers get it.
Execute = Callable[[str, object, bool, Context], object]


class StatementKind(Enum):
    """What an SQL statement does, by its first words; a statement of no other kind writes."""

    READ = ("SELECT", "PRAGMA", "EXPLAIN")
    BEGIN = ("BEGIN",)
    SAVEPOINT = ("SAVEPOINT",)
    ROLLBACK_TO_SAVEPOINT = ("ROLLBACK TO SAVEPOINT",)
    RELEASE_SAVEPOINT = ("RELEASE SAVEPOINT",)
    WRITE = ()


def statement_kind(sql: str) -> StatementKind:
    """The kind of this statement."""
    start = sql.lstrip()
    for kind in StatementKind:
        if start.startswith(kind.value):
            return kind
    return StatementKind.WRITE


def savepoint_name(sql: str) -> str:
    """The name of the savepoint that this statement sets, releases or rolls back to."""
    return sql.rpartition(" ")[2]


class ConcurrentWrite(Exception):
    """Someone else has saved rows that a form was checked against."""


class LateLock:
    """The write lock of a transaction that begins without it."""

    def __init__(self) -> None:
        self.is_supported = connection.vendor == "sqlite" and not connection.in_atomic_block
        self.is_taken = not self.is_supported
        self._has_written = False
        #: The statements that set the open savepoints, in order.
        self._savepoints: list[str] = []

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Track changes in a transaction that begins without the lock, where that is supported."""
        if not self.is_supported:
            with tracking_changes():
                yield
            return
        token = _late_lock.set(self)
        try:
            with connection.execute_wrapper(self._execute), tracking_changes():
                yield
        finally:
            _late_lock.reset(token)

    def _execute(
        self, execute: Execute, sql: str, params: object, many: bool, context: Context
    ) -> object:
        """Execute a statement, and begin transactions deferred until the lock is taken."""
        if self.is_taken:
            return execute(sql, params, many, context)
        kind = statement_kind(sql)
        if kind is StatementKind.BEGIN:
            sql = "BEGIN DEFERRED"
        result = execute(sql, params, many, context)
        if kind is StatementKind.SAVEPOINT:
            self._savepoints.append(sql)
        elif kind is StatementKind.RELEASE_SAVEPOINT:
            self._savepoints.pop()
        elif kind is StatementKind.WRITE:
            self._has_written = True
        return result

    @property
    def is_open(self) -> bool:
        """Whether the lock can still be taken; a transaction that has written holds it already."""
        return not self.is_taken and not self._has_written

    def take(self) -> None:
        """End the transaction, which has written nothing, and begin it again with the lock.

        The new transaction has the same savepoints.
        """
        self.is_taken = True
        with connection.cursor() as cursor:
            for sql in ("ROLLBACK", "BEGIN IMMEDIATE", *self._savepoints):
                cursor.execute(sql)


_late_lock: ContextVar[LateLock | None] = ContextVar("late_lock", default=None)


def respond_in_transaction(
    request: HttpRequest, respond: Callable[[], HttpResponse]
) -> HttpResponse:
    """Call a view; if it handles a submitted form, in one transaction with tracked changes.

    The view is called once more if someone else has written the same rows in between, or if the
    database refuses a write because of what someone else wrote or is about to write.

    :param respond: the view; it must write to the database alone.
    """
    if request.method != "POST" or is_tracking_changes():
        return respond()
    lock = LateLock()
    try:
        with lock.transaction():
            return respond()
    except OperationalError as error:
        if not (lock.is_open or is_deadlock(error)):
            raise
    except (ConcurrentWrite, IntegrityError):
        pass
    discard_new_messages(request)  # they are about a save that did not happen
    with tracking_changes():
        return respond()


def discard_new_messages(request: HttpRequest) -> None:
    """Discard the messages that an earlier attempt to answer this request has added."""
    MessageMiddleware(lambda _: HttpResponse()).process_request(request)


def lock_to_write(querysets: Iterable[QuerySet]) -> None:
    """Take the write lock, if this transaction began without it and has not written yet.

    :param querysets: the rows that were read and are about to be written.
    :raises ConcurrentWrite: if someone else has written, added or deleted any of them since they
        were read.
    """
    lock = _late_lock.get()
    if lock is None or not lock.is_open:
        return
    rows = list(querysets)
    before = write_times(rows)
    lock.take()
    if write_times(rows) != before:
        raise ConcurrentWrite
