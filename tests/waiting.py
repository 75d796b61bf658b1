"""Detects waiting transactions on PostgreSQL, for tests with two concurrent writers."""

from django.db import connection


def is_anybody_waiting() -> bool:
    """Whether a transaction waits for a lock of another one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")
        return bool(cursor.fetchone()[0])
