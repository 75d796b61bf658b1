"""Tells errors of an unavailable database or a full disk from errors in the code."""

import errno

from django.db import DatabaseError, InterfaceError, OperationalError

#: The disk is full, the quota is used up, or the disk is read-only.
DISK_ERRORS = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}
#: Beginnings of the names of SQLite's errors for a write on a full, broken or read-only disk.
SQLITE_DISK_ERRORS = ("SQLITE_FULL", "SQLITE_IOERR", "SQLITE_READONLY")
#: PostgreSQL's code for a full disk.
PG_DISK_FULL = "53100"
#: PostgreSQL's code for two transactions that wait for each other. It ends one of them.
PG_DEADLOCK = "40P01"
#: Beginning of PostgreSQL's codes for connections that an administrator ends.
PG_SHUTDOWN = "57P"


def is_unavailable(error: BaseException | None) -> bool:
    """Whether the same request may succeed once the database answers or the disk has space."""
    if isinstance(error, OperationalError | InterfaceError):
        return True
    return is_disk_full(error) or is_lost_connection(error)


def is_disk_full(error: BaseException | None) -> bool:
    """Whether nothing can be written, neither to the database nor to other files."""
    if isinstance(error, OSError):
        return error.errno in DISK_ERRORS
    cause = _cause(error)
    if getattr(cause, "sqlite_errorname", "").startswith(SQLITE_DISK_ERRORS):
        return True
    return getattr(cause, "pgcode", "") == PG_DISK_FULL


def is_deadlock(error: BaseException) -> bool:
    """Whether PostgreSQL ended the transaction because of a deadlock, so it can be repeated."""
    return getattr(error.__cause__, "pgcode", "") == PG_DEADLOCK


def is_lost_connection(error: BaseException | None) -> bool:
    """Whether the database cannot be reached, or ended the connection because it shuts down.

    If PostgreSQL shuts down immediately, it closes connections without a code, and the driver
    psycopg2 raises its plain DatabaseError. Django raises its own plain DatabaseError as well, but
    without a cause.
    """
    cause = _cause(error)
    if isinstance(error, OperationalError):
        code = getattr(cause, "pgcode", "")
        return code is None or code.startswith(PG_SHUTDOWN)
    if isinstance(error, InterfaceError):
        return True
    return type(error) is DatabaseError and cause is not None


def _cause(error: BaseException | None) -> BaseException | None:
    """The original error of the database driver."""
    return getattr(error, "__cause__", None)
