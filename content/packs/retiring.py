"""Retires rows that the last load brought and the present one does not. Nothing with an address is deleted."""

from collections.abc import Callable, Container, Iterable, Sequence
from typing import Any

from django.db.models import ProtectedError, RestrictedError

from content.gate import Lifecycle, Status
from content.packs.report import Conflict, Report
from content.packs.stored_rows import StoredRows
from content.packs.tables import Table
from content.packs.terms import Terms


def retire(
    tables: Sequence[Table],
    rows_of: Callable[[Table], StoredRows],
    seen: Container[Any],
    refused: Iterable[str],
    report: Report,
    terms: Terms,
) -> None:
    """Archive what has a publishing state, take out what is a mere part of a row, leave the rest.

    :param seen: the rows that stand in the pack.
    :param refused: the tables of which something was refused: that is not absent, so nothing of them is retired.
    """
    left = _with_parts(refused, tables)
    for table in reversed(tables):
        if table.name not in left:
            _retire_absent(rows_of(table), seen, report, terms)
    if left:
        report.notes.append(f"of {', '.join(sorted(left))} nothing was retired, because something was refused")


def _with_parts(names: Iterable[str], tables: Iterable[Table]) -> set[str]:
    """The tables with these names, and those of what is written inside their rows."""
    found = set(names)
    for table in tables:
        if table.name in found:
            parts = [part.table for part in table.parts.values()]
            found |= _with_parts([part.name for part in parts], parts)
    return found


def _retire_absent(rows: StoredRows, seen: Container[Any], report: Report, terms: Terms) -> None:
    for row in list(rows.absent(seen)):
        if getattr(row, "status", "") == Status.ARCHIVED:
            continue
        if rows.is_edited(row) and not terms.overwrite:
            report.conflicts.append(Conflict(f"absent from {rows.table.name}", str(row)))
        else:
            terms.history.before_write(row)
            counter = report.retired if _is_retired(rows, row) else report.left
            counter[rows.table.name] += 1


def _is_retired(rows: StoredRows, row: Any) -> bool:
    if isinstance(row, Lifecycle):
        row.status = Status.ARCHIVED
        row.save()
        rows.agree(row)
        return True
    if hasattr(row, "slug"):
        return False
    key = row.pk
    try:
        row.delete()
    except (ProtectedError, RestrictedError):
        return False
    rows.forget(key)
    return True
