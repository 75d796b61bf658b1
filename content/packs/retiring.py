"""Retires rows that the last load brought and the present one does not. Nothing with an address is deleted."""

from collections.abc import Container
from typing import Any

from django.db.models import ProtectedError, RestrictedError

from content.gate import Lifecycle, Status
from content.packs.report import Conflict, Report
from content.packs.stored_rows import StoredRows


def retire(rows: StoredRows, seen: Container[Any], report: Report) -> None:
    """Archive what has a publishing state, take out what is a mere part of a row, leave the rest.

    :param seen: the rows that stand in the pack.
    """
    for row in list(rows.absent(seen)):
        if getattr(row, "status", "") == Status.ARCHIVED:
            continue
        if rows.is_edited(row):
            report.conflicts.append(Conflict(f"absent from {rows.table.name}", str(row)))
        else:
            counter = report.retired if _is_retired(row) else report.left
            counter[rows.table.name] += 1


def _is_retired(row: Any) -> bool:
    if isinstance(row, Lifecycle):
        row.status = Status.ARCHIVED
        row.save()
        return True
    if hasattr(row, "slug"):
        return False
    try:
        row.delete()
    except (ProtectedError, RestrictedError):
        return False
    return True
