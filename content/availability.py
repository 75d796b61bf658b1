"""Tells a database or a disk that cannot serve for the moment from a fault in the code."""

import errno

from django.db import DatabaseError, InterfaceError, OperationalError

#: The disk is full, the quota is used up, or the disk can only be read.
DISK_ERRORS = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}


def is_unavailable(error: BaseException | None) -> bool:
    """Whether the same request may succeed once the database answers, or the disk has room, again."""
    if isinstance(error, OSError):
        return error.errno in DISK_ERRORS
    return isinstance(error, OperationalError | InterfaceError) or _is_lost_connection(error)


def _is_lost_connection(error: BaseException | None) -> bool:
    """PostgreSQL that shuts down closes connections without a code; psycopg2 then raises its plain DatabaseError.

    Django raises its own plain DatabaseError as well, but without a cause.
    """
    return type(error) is DatabaseError and error.__cause__ is not None
