"""Tells on PostgreSQL whether someone waits, for tests in which two people write at once."""

from django.db import connection


def is_anybody_waiting() -> bool:
    """Whether a transaction waits for a lock of another one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")
        return bool(cursor.fetchone()[0])
