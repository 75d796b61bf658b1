"""Saves of the admin on SQLite.

Forms are checked without its one write lock, which is taken only to write.

A save begins as a transaction that only reads, so everything is checked against one state of the
database. Before the first write it ends, and one that holds the lock takes its place. What somebody
else committed in between is found by the dates of the rows on the form; then the form is checked
once more, with the lock from the start. SQLite itself refuses a write in a transaction whose state
is outdated, so a write that does not ask for the lock loses nothing either: deletions and actions
of lists need not say when they begin to write. PostgreSQL locks single rows, and a transaction
there begins as always.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.contrib.messages.middleware import MessageMiddleware
from django.db import IntegrityError, OperationalError, connection
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from content.availability import is_deadlock
from content.change_tracking import is_tracking_changes, tracking_changes
from editing.overtaking import dates_of
from editing.statements import Kind, kind_of


class Overtaken(Exception):
    """Somebody else has saved rows that a form was checked against."""


class LateLock:
    """The write lock of a transaction that begins without it."""

    def __init__(self) -> None:
        self.is_supported = connection.vendor == "sqlite" and not connection.in_atomic_block
        self.is_taken = not self.is_supported
        self._has_written = False
        #: The savepoints that are open, in order.
        self._savepoints: list[str] = []

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Record changes in a transaction that begins without the lock, where that is supported."""
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
        self,
        execute: Callable[..., Any],
        sql: str,
        params: Any,
        many: bool,
        context: dict[str, Any],
    ) -> Any:
        """Execute a statement of the transaction.

        Until the lock is taken, its beginning is one that only reads.
        """
        if self.is_taken:
            return execute(sql, params, many, context)
        kind = kind_of(sql)
        result = execute("BEGIN DEFERRED" if kind is Kind.BEGIN else sql, params, many, context)
        if kind is Kind.SAVEPOINT:
            self._savepoints.append(sql)
        elif kind is Kind.RELEASE:
            self._savepoints.pop()
        elif kind is Kind.WRITE:
            self._has_written = True
        return result

    @property
    def is_open(self) -> bool:
        """Whether the lock is yet to be taken: a transaction that has written holds it."""
        return not self.is_taken and not self._has_written

    def take(self) -> None:
        """End the transaction and begin it again with the lock and the same savepoints.

        It has written nothing.
        """
        self.is_taken = True
        with connection.cursor() as cursor:
            for sql in ("ROLLBACK", "BEGIN IMMEDIATE", *self._savepoints):
                cursor.execute(sql)


_late_lock: ContextVar[LateLock | None] = ContextVar("late_lock", default=None)


def save(request: HttpRequest, answer: Callable[[], HttpResponse]) -> HttpResponse:
    """The answer to a form that was sent, which writes in one recorded change.

    A form that was overtaken, or that the database refuses because of what somebody else wrote
    meanwhile or was about to write, is answered once more, as if it had been sent later.
    """
    if is_tracking_changes():
        return answer()
    lock = LateLock()
    try:
        with lock.transaction():
            return answer()
    except OperationalError as error:
        if not (lock.is_open or is_deadlock(error)):
            raise
    except (Overtaken, IntegrityError):
        pass
    forget_messages(request)  # which are about a save that did not happen
    with tracking_changes():
        return answer()


def forget_messages(request: HttpRequest) -> None:
    """Forget what an earlier attempt to answer this request has told."""
    MessageMiddleware(lambda _: HttpResponse()).process_request(request)


def lock_to_write(rows: Iterable[QuerySet[Any]]) -> None:
    """Take the write lock, if this transaction began without it and has not written yet.

    :param rows: what was read and is about to be written.
    :raises Overtaken: if somebody else has written, added or deleted any of them since they were
        read.
    """
    lock = _late_lock.get()
    if lock is None or not lock.is_open:
        return
    known = list(rows)
    before = dates_of(known)
    lock.take()
    if dates_of(known) != before:
        raise Overtaken
