"""What SQL statements do, as far as it matters to those who watch them.

See `execute_wrapper` in Django.
"""

from enum import Enum


class Kind(Enum):
    """What a statement does, by how it begins; whatever is none of these writes."""

    READ = ("SELECT", "PRAGMA", "EXPLAIN")
    BEGIN = ("BEGIN",)
    SAVEPOINT = ("SAVEPOINT",)
    UNDO = ("ROLLBACK TO SAVEPOINT",)
    RELEASE = ("RELEASE SAVEPOINT",)
    WRITE = ()


def kind_of(sql: str) -> Kind:
    """The kind of this statement."""
    start = sql.lstrip()
    return next((kind for kind in Kind if start.startswith(kind.value)), Kind.WRITE)


def savepoint_of(sql: str) -> str:
    """The savepoint that a statement makes, releases or goes back to."""
    return sql.rpartition(" ")[2]
