"""Records of what the last load stored in each cell, from which follows what was edited since.

The records are `LoadedRow`s. They contain digests: one for each column of the table and one for
`extra`. Records that are older than version 0.2 contain a single digest of the whole row.
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from hashlib import blake2b
from operator import attrgetter

from django.apps.registry import Apps
from django.db.models import Field

from content import Row, Untyped
from content.base_models import ContentModel
from content.models import Collection, LoadedRow
from file_formats.cell_text import cell
from packs.line_matching import text_digest
from packs.pack_tables import Table

CELL_DIGEST_SIZE = 8
ROW_DIGEST_SIZE = 16
BATCH_SIZE = 500
#: The values without a column are compared as one more cell.
EXTRA = "extra"
#: The fields of a record that a load updates.
RECORD_FIELDS = [
    "object_id", "digest", "columns", "cells", "position", "external_id", "text_digest",
]  # fmt: skip
recorded_values = attrgetter(*RECORD_FIELDS)
#: The rows to which a row is related, by column.
RelatedRows = Mapping[str, Iterable[ContentModel]]
NO_RELATED_ROWS: RelatedRows = {}


def row_key(row: ContentModel, table: Table) -> str:
    """The key that identifies a row in its table and collection, only in this database."""
    return "/".join(cell(getattr(row, field.attname)) for field in table.key_fields)


def cell_digest(row: ContentModel, name: str, related: RelatedRows = NO_RELATED_ROWS) -> str:
    """The digest of one field of a row.

    :param related: the related rows of columns with several references. Those of other columns are
        read with `all()`, so they are best prefetched.
    """
    return _digest(_value(row, row._meta.get_field(name), related), CELL_DIGEST_SIZE)


def row_digest(row: ContentModel, table: Table, columns: Container[str]) -> str:
    """The digest of the whole row, as in records before version 0.2.

    :param columns: the columns at the time of the load. Newer ones are included only if they differ
        from the default of their field, in which case an editor has filled them.
    """
    texts = []
    for field in sorted(table.fields.values(), key=lambda field: bool(field.many_to_many)):
        value = _value(row, field)
        if field.name in columns or value != _default(field):
            texts.append(cell(value))
    return _digest([*texts, cell(row.extra)], ROW_DIGEST_SIZE)


def _value(row: ContentModel, field: Untyped, related: RelatedRows = NO_RELATED_ROWS) -> object:
    """The value of a field; for one that contains several rows, their primary keys in order."""
    if not field.many_to_many:
        return getattr(row, field.attname)
    rows = related[field.name] if field.name in related else getattr(row, field.name).all()
    return sorted(related_row.pk for related_row in rows)


def _default(field: Field) -> object:
    """The value of a field that neither a load nor an editor has filled."""
    return [] if field.many_to_many else field.get_default()


def recorded_digests(record: LoadedRow) -> dict[str, str]:
    """The digests of a record by column; empty if it has only a digest of the whole row."""
    if not record.cells:
        return {}
    return dict(zip([*record.columns.split(), EXTRA], record.cells.split(), strict=True))


def digest_fields(columns: Sequence[str], digests: Mapping[str, str]) -> dict[str, str]:
    """The fields of a record that store digests.

    :param columns: the columns in their order, with `EXTRA` as the last.
    """
    cells = " ".join(digests[name] for name in columns)
    return {"columns": " ".join(columns[:-1]), "cells": cells}


def _digest(value: object, size: int) -> str:
    """The digest of the cell of a value, in hexadecimal digits.

    :param size: of the digest in bytes.
    """
    return blake2b(cell(value).encode(), digest_size=size).hexdigest()


class ImportRecords:
    """The records of one table in one collection, with the changes that a load makes to them."""

    def __init__(self, table: Table, collection: Collection) -> None:
        self.table = table
        self.columns = [*table.fields, EXTRA]
        records: Iterable[LoadedRow] = ()
        if collection.pk:
            records = LoadedRow.objects.filter(collection=collection, table=table.name)
        self.by_key = {record.key: record for record in records}
        #: By the primary key of the row, which may have been deleted since.
        self.by_object_id = {record.object_id: record for record in self.by_key.values()}
        self._removed_keys: list[str] = []
        self._added: dict[str, LoadedRow] = {}

    @cached_property
    def _default_digests(self) -> dict[str, str]:
        """The digests of fields that neither a load nor an editor has filled."""
        fields = self.table.fields.items()
        return {name: _digest(_default(field), CELL_DIGEST_SIZE) for name, field in fields}

    def _all_digests(self, record: LoadedRow) -> dict[str, str]:
        """The digests of a record. Columns that it does not know count as loaded with defaults."""
        return self._default_digests | recorded_digests(record)

    def has_cells(self, row: ContentModel) -> bool:
        """Whether the last load recorded a digest for each cell of this row."""
        record = self.by_object_id.get(row.pk)
        return record is not None and bool(record.cells)

    def edited_columns(self, row: ContentModel) -> set[str]:
        """The columns, with `EXTRA`, in which a stored row differs from what the last load stored.

        These are all columns if the row was not loaded, or if only a digest of the whole row was
        recorded and the row has changed.
        """
        record = self.by_object_id.get(row.pk)
        if record is None:
            return set(self.columns)
        if record.cells:
            digests = self._all_digests(record)
            return {name for name in self.columns if digests[name] != cell_digest(row, name)}
        digest = row_digest(row, self.table, record.columns.split())
        if record.digest == digest:
            return set()
        return set(self.columns)

    def add(
        self, key: str, row: ContentModel, related: RelatedRows, columns_in_sync: Container[str]
    ) -> None:
        """Record in which columns a stored row agrees with the pack now.

        Of other columns, which were edited or which the pack does not contain, the record of the
        last load stays.

        :param key: the key of the row as the pack states it, see `row_key`.
        :param related: as in `cell_digest`.
        """
        if self.table.line:
            # Lines are recorded by their primary key, since their positions change.
            key = f"{key.rpartition('/')[0]}/#{row.pk}"
        previous = self.by_object_id.get(row.pk)
        if previous and previous.key != key:
            self._removed_keys.append(previous.key)
        self._added[key] = LoadedRow(key=key, **self.values(row, related, columns_in_sync))

    def values(
        self, row: Row, related: RelatedRows, columns_in_sync: Container[str]
    ) -> dict[str, object]:
        """The fields of a new record except its key; the parameters are those of `add`."""
        previous = self.by_object_id.get(row.pk)
        updated = self.columns
        if self.has_cells(row):
            updated = [name for name in self.columns if name in columns_in_sync]
        values: dict[str, object] = {"object_id": row.pk, "position": None}
        if previous and "position" not in updated:
            values["position"] = previous.position
        elif "position" in self.table.fields:
            values["position"] = row.position
        digests = self._all_digests(previous) if previous else {}
        for name in updated:
            digests[name] = cell_digest(row, name, related)
        values |= digest_fields(self.columns, digests)
        values["external_id"] = getattr(row, "external_id", "")
        if self.table.line:
            values["text_digest"] = self._text_digest(row, previous, columns_in_sync)
        return values

    def _text_digest(
        self, row: Row, previous: LoadedRow | None, columns_in_sync: Container[str]
    ) -> str:
        """The digest by which a later load finds the line, even if an editor rewords it."""
        if previous and previous.text_digest and self.table.line not in columns_in_sync:
            return previous.text_digest
        return text_digest(getattr(row, self.table.line) or "")

    def update_position(self, row: ContentModel, position: int) -> None:
        """Record a new position, if only a digest of the whole row was recorded.

        `add` records the position of other rows.
        """
        record = self.by_object_id.get(row.pk)
        if record and not record.cells:
            values = dict(zip(RECORD_FIELDS, recorded_values(record), strict=True))
            values["position"] = position
            self._added[record.key] = LoadedRow(key=record.key, **values)

    def update_status(self, row: ContentModel) -> None:
        """Record that this load has changed the status of a row of the last load."""
        self.add(self.by_object_id[row.pk].key, row, {}, {"status"})

    def remove(self, object_id: int) -> None:
        """Remove the record of a row that this load deletes, or that it creates a second time."""
        self._removed_keys.append(self.by_object_id[object_id].key)

    def save(self, collection: Collection) -> None:
        """Store the changes of this load."""
        LoadedRow.objects.filter(
            collection=collection, table=self.table.name, key__in=self._removed_keys
        ).delete()
        changed = []
        for key, record in self._added.items():
            stored = self.by_key.get(key)
            if stored is None or recorded_values(record) != recorded_values(stored):
                record.collection = collection
                record.table = self.table.name
                changed.append(record)
        LoadedRow.objects.bulk_create(
            changed,
            batch_size=BATCH_SIZE,
            update_conflicts=True,
            unique_fields=["collection", "table", "key"],
            update_fields=RECORD_FIELDS,
        )


@contextmanager
def preserved_import_records(
    apps: Apps, table: str, model: type[ContentModel], *columns: str
) -> Iterator[None]:
    """For data migrations: change values of loaded rows without making these look edited.

    The next load finds as edited only the cells that were edited before the migration. Rows with a
    digest of the whole row count as edited afterward.

    :param apps, model: as the migration has them.
    :param table: the name of the table of packs that contains the rows.
    :param columns: those that the migration changes.
    """
    records = apps.get_model("content", "LoadedRow").objects.filter(table=table).exclude(cells="")
    rows = model._base_manager.in_bulk(records.values_list("object_id", flat=True))
    unedited_columns: dict[int, list[str]] = {}
    for record in records:
        row = rows.get(record.object_id)
        if row is not None:
            digests = recorded_digests(record)
            unedited_columns[record.pk] = [
                name for name in columns if digests.get(name) == cell_digest(row, name)
            ]
    yield
    rows = model._base_manager.in_bulk(records.values_list("object_id", flat=True))
    for record in records.all():
        names = unedited_columns.get(record.pk)
        if names and record.object_id in rows:
            _update_record(record, rows[record.object_id], names)


def _update_record(record: LoadedRow, row: Row, columns: Iterable[str]) -> None:
    """Store the digests of what these columns contain now."""
    digests = recorded_digests(record)
    for name in columns:
        digests[name] = cell_digest(row, name)
    for name, value in digest_fields([*record.columns.split(), EXTRA], digests).items():
        setattr(record, name, value)
    if "position" in columns:
        record.position = row.position
    record.save()
