"""Retires rows that the last load brought and the present one does not.

Nothing with an address is deleted.

What has a publishing state is archived. What has only an address stays, and is named. What is a
mere part of a row is deleted once it is empty itself, unless the row that it is a part of is absent
and stays: that one stays whole.
"""

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from typing import Any

from django.db.models import ProtectedError, RestrictedError

from content.base_models import Status, StatusModel
from packs.load_options import LoadOptions
from packs.pack_tables import Table
from packs.report import Conflict, Report, named_first
from packs.stored_rows import StoredRows

#: Whether a row is public is what retiring decides: that an editor has published it is no reason to
#: leave it.
STATE = {"status", "published_at"}


def retire(
    tables: Sequence[Table],
    rows_of: Callable[[Table], StoredRows],
    seen: Container[Any],
    refused: Iterable[str],
    report: Report,
    terms: LoadOptions,
) -> None:
    """Retire the rows that are absent from the pack, the parts of rows first.

    :param seen: the rows that stand in the pack.
    :param refused: the tables of which something was refused: that is not absent, so nothing of
        them is retired.
    """
    left = _with_parts(refused, tables)
    edited = set(_edited_here(tables, rows_of, seen))
    for table in reversed(tables):
        if table.name not in left:
            _retire_absent(rows_of(table), seen, edited, report, terms)
    if left:
        report.notes.append(
            f"of {', '.join(sorted(left))} nothing was retired, because something was refused"
        )


def _edited_here(
    tables: Iterable[Table], rows_of: Callable[[Table], StoredRows], seen: Container[Any]
) -> Iterator[Any]:
    """The absent rows in which an editor has changed more than their state."""
    for table in tables:
        rows = rows_of(table)
        yield from (row for row in rows.absent(seen) if rows.edited_columns(row) - STATE)


def _with_parts(names: Iterable[str], tables: Iterable[Table]) -> set[str]:
    """The tables with these names, and those of what is written inside their rows."""
    found = set(names)
    for table in tables:
        if table.name in found:
            parts = [part.table for part in table.parts.values()]
            found |= _with_parts([part.name for part in parts], parts)
    return found


def _retire_absent(
    rows: StoredRows,
    seen: Container[Any],
    edited: Container[Any],
    report: Report,
    terms: LoadOptions,
) -> None:
    table = rows.table
    kept: Container[Any] = () if terms.overwrite else edited
    wholes: dict[Any, None] = {}
    for row in list(rows.absent(seen)):
        if getattr(row, "status", "") == Status.ARCHIVED:
            continue
        if _is_in_kept_row(row, table, seen, kept):
            continue
        edits = [Conflict(f"absent from {table.name}", str(row))] if row in edited else []
        if row in kept:
            report.conflicts += edits
            continue
        terms.history.before_write(row)
        if _is_retired(rows, row):
            report.retired[table.name] += 1
            report.overwritten += edits
            if table.parent and row.pk is None:
                wholes[getattr(row, table.parent)] = None
        else:
            report.left[table.name] += 1
            report.left_rows.append(f"{table.name}: “{row}”")
    if emptied := _emptied([whole for whole in wholes if whole in seen], table):
        names = ", ".join(named_first([f"“{whole}”" for whole in emptied]))
        report.notes.append(f"{table.name}: nothing is left in {names}")


def _emptied(wholes: list[Any], table: Table) -> list[Any]:
    """Those of the rows that have no row of this table any more."""
    if not wholes:
        return []
    owner = table.fields[table.parent].attname
    rows = table.model._default_manager.filter(**{f"{table.parent}__in": wholes})
    filled = set(rows.values_list(owner, flat=True))
    return [whole for whole in wholes if whole.pk not in filled]


def _is_in_kept_row(row: Any, table: Table, seen: Container[Any], kept: Container[Any]) -> bool:
    """Whether the row is a part of one that is absent too, but will not be deleted."""
    owner = getattr(row, table.parent) if table.parent else None
    return owner is not None and _is_kept(owner, seen, kept)


def _is_kept(row: Any, seen: Container[Any], kept: Container[Any]) -> bool:
    """Whether an absent row is archived or left, or is itself a part of such a one."""
    if row in seen:
        return False
    wholes = [getattr(row, name) for name in row.part_of]
    return (
        not wholes
        or row in kept
        or hasattr(row, "get_absolute_url")
        or any(_is_kept(whole, seen, kept) for whole in wholes)
    )


def _is_retired(rows: StoredRows, row: Any) -> bool:
    """Archive or delete a row, if it can be. Whether it was."""
    if isinstance(row, StatusModel):
        row.status = Status.ARCHIVED
        row.save()
        rows.agree(row)
        return True
    if not row.part_of or hasattr(row, "get_absolute_url") or _has_parts(row):
        return False
    key = row.pk
    try:
        row.delete()
    except (ProtectedError, RestrictedError):
        return False
    rows.forget(key)
    return True


def _has_parts(row: Any) -> bool:
    """Whether anything is still a part of the row, such as questions put into a section here."""
    parts = [
        each
        for each in row._meta.related_objects
        if each.field.name in getattr(each.related_model, "part_of", ())
    ]
    return any(
        each.related_model._default_manager.filter(**{each.field.name: row}).exists()
        for each in parts
    )
