"""Retires rows that the last load stored and the present pack does not contain.

Rows with a status are archived. Parts of rows without a page are deleted once they have no parts
themselves, unless their parent is absent too and remains: then it remains complete. All other
absent rows are left and named in the report.
"""

from collections.abc import Iterable, Iterator, Sequence

from django.db.models import ProtectedError, RestrictedError

from content.base_models import ContentModel, Status, StatusModel
from content.text import first_names
from packs.existing_rows import ExistingRows
from packs.pack_tables import Table
from packs.report import MAX_DISPLAYED, Conflict
from packs.row_loading import RowLoader

#: Editors may change these columns of a row that is retired nevertheless: retiring is a decision
#: about whether the row is public.
STATUS_COLUMNS = {"status", "published_at"}


def retire_absent_rows(tables: Sequence[Table], loader: RowLoader, refused: Iterable[str]) -> None:
    """Archive or delete the rows that are absent from the pack, beginning with parts of rows.

    :param tables: in the order of their dependencies.
    :param refused: the names of tables with refused rows. Nothing in them is retired, because a
        refused row is not absent.
    """
    skipped = _with_nested_tables(refused, tables)
    retirement = _Retirement(loader, set(_edited_absent_rows(tables, loader)))
    for table in reversed(tables):
        if table.name not in skipped:
            retirement.retire_absent(loader.existing_rows(table))
    if skipped:
        loader.report.notes.append(
            f"nothing was retired in {', '.join(sorted(skipped))} because rows were refused"
        )


def _with_nested_tables(names: Iterable[str], tables: Iterable[Table]) -> set[str]:
    """The names of tables, and those of the tables that are nested in their rows.

    :param tables: in the order of their dependencies, so nested ones follow.
    """
    all_names = set(names)
    for table in tables:
        if table.name in all_names:
            all_names.update(part.table.name for part in table.parts.values())
    return all_names


def _edited_absent_rows(tables: Iterable[Table], loader: RowLoader) -> Iterator[ContentModel]:
    """The absent rows in which an editor has changed more than the status."""
    for table in tables:
        rows = loader.existing_rows(table)
        for row in rows.absent(loader.loaded):
            if rows.edited_columns(row) - STATUS_COLUMNS:
                yield row


class _Retirement:
    """Retires absent rows, table by table."""

    def __init__(self, loader: RowLoader, edited: set[ContentModel]) -> None:
        self.loaded = loader.loaded
        self.report = loader.report
        self.history = loader.options.history
        self.edited = edited
        #: The rows that remain because an editor has changed them.
        self.protected = set() if loader.options.overwrite else edited

    def retire_absent(self, rows: ExistingRows) -> None:
        """Retire the absent rows of one table."""
        table = rows.table
        #: The parents of deleted rows, in order.
        parents: dict[ContentModel, None] = {}
        for row in list(rows.absent(self.loaded)):
            parent = getattr(row, table.parent) if table.parent else None
            is_archived = getattr(row, "status", "") == Status.ARCHIVED
            if is_archived or (parent and self._remains(parent)):
                continue
            self._retire_row(row, rows)
            if parent and row.pk is None:
                parents[parent] = None
        if parents:
            self._note_empty_parents(parents, table)

    def _retire_row(self, row: ContentModel, rows: ExistingRows) -> None:
        """Archive or delete one row, or report why it remains."""
        name = rows.table.name
        conflict = Conflict(f"absent from {name}", str(row))
        if row in self.protected:
            self.report.conflicts.append(conflict)
            return
        is_edited = row in self.edited  # a deleted row is not hashable
        self.history.before_write(row)
        if not _archive_or_delete(row, rows):
            self.report.left_absent[name] += 1
            self.report.left_absent_rows.append(f"{name}: “{row}”")
            return
        self.report.retired[name] += 1
        if is_edited:
            self.report.overwritten.append(conflict)

    def _note_empty_parents(self, parents: Iterable[ContentModel], table: Table) -> None:
        """Add a note about those loaded rows that have no row of this table any more."""
        loaded = [row for row in parents if row in self.loaded]
        rows = table.model._default_manager.filter(**{f"{table.parent}__in": loaded})
        filled = set(rows.values_list(table.parent, flat=True))
        empty = [f"“{parent}”" for parent in loaded if parent.pk not in filled]
        if empty:
            names = ", ".join(first_names(empty, MAX_DISPLAYED))
            self.report.notes.append(f"{table.name}: no rows remain in {names}")

    def _remains(self, row: ContentModel) -> bool:
        """Whether a row is absent but will not be deleted, or is part of such a row."""
        if row in self.loaded:
            return False
        if row in self.protected or not _is_part_without_page(row):
            return True
        return any(self._remains(getattr(row, name)) for name in row.updated_parents)


def _archive_or_delete(row: ContentModel, rows: ExistingRows) -> bool:
    """The result is whether it was possible."""
    if isinstance(row, StatusModel):
        if rows.is_displaced(row):
            return False  # Its key would be stored twice; the load refuses the other row.
        row.status = Status.ARCHIVED
        row.save()
        rows.records.update_status(row)
        return True
    if not _is_part_without_page(row) or _has_parts(row):
        return False
    key = row.pk
    try:
        row.delete()
    except (ProtectedError, RestrictedError):
        return False
    rows.records.remove(key)
    return True


def _is_part_without_page(row: ContentModel) -> bool:
    return bool(row.updated_parents) and not hasattr(row, "get_absolute_url")


def _has_parts(row: ContentModel) -> bool:
    """Whether other rows are parts of this one, such as questions that an editor has added."""
    for relation in row._meta.related_objects:
        model = relation.related_model
        name = relation.field.name
        is_parent = name in getattr(model, "updated_parents", ())
        if is_parent and model._default_manager.filter(**{name: row}).exists():
            return True
    return False
