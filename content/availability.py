"""Tells a database or a disk that cannot serve for the moment from a fault in the code."""

import errno

from django.db import DatabaseError, InterfaceError, OperationalError

#: The disk is full, the quota is used up, or the disk can only be read.
DISK_ERRORS = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}
#: How SQLite names what a full, broken or read-only disk makes of a write; each is followed by
#: details.
SQLITE_DISK_ERRORS = ("SQLITE_FULL", "SQLITE_IOERR", "SQLITE_READONLY")
#: What PostgreSQL calls a full disk.
PG_DISK_FULL = "53100"
#: What it calls two transactions that wait for each other; it ends one of them.
PG_DEADLOCK = "40P01"
#: What its codes begin with when somebody ends connections.
PG_SHUTDOWN = "57P"


def is_unavailable(error: BaseException | None) -> bool:
    """Whether the same request may succeed once the database answers or the disk has room."""
    if isinstance(error, OperationalError | InterfaceError):
        return True
    return is_disk_full(error) or is_lost_connection(error)


def is_disk_full(error: BaseException | None) -> bool:
    """Whether nothing can be written, neither to the database nor beside it."""
    if isinstance(error, OSError):
        return error.errno in DISK_ERRORS
    cause = error.__cause__ if error is not None else None
    name = getattr(cause, "sqlite_errorname", "")
    return name.startswith(SQLITE_DISK_ERRORS) or getattr(cause, "pgcode", "") == PG_DISK_FULL


def is_deadlock(error: BaseException) -> bool:
    """Whether the same transaction may succeed at once, for the one that it waited for goes on."""
    return getattr(error.__cause__, "pgcode", "") == PG_DEADLOCK


def is_lost_connection(error: BaseException | None) -> bool:
    """Whether the database cannot be reached, or ended the connection because it shuts down.

    PostgreSQL that shuts down at once closes connections without a code; the driver psycopg2 then
    raises its plain DatabaseError. Django raises its own plain DatabaseError as well, but without a
    cause.
    """
    cause = error.__cause__ if error is not None else None
    if isinstance(error, OperationalError):
        code = getattr(cause, "pgcode", "")
        return code is None or code.startswith(PG_SHUTDOWN)
    return isinstance(error, InterfaceError) or (type(error) is DatabaseError and cause is not None)
