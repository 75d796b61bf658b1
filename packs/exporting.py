"""Writes a collection as a pack. The same content gives the same bytes in every portal."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import StringIO
from operator import attrgetter

import yaml
from django.db.models import QuerySet

from content import Row, Untyped
from content.base_models import ContentModel
from content.fields import NameListField
from content.models import Collection, LoadedRow
from content.text import normalize_newlines
from file_formats.cell_text import LIST_MARK, cell, names_cell
from packs.import_records import row_key
from packs.pack_tables import COLLECTION, FORMAT, Table, column_of
from packs.references import ReferenceNames
from packs.sources import MANIFEST


class Export:
    """One export of one collection."""

    def __init__(
        self, collection: Collection, tables: Sequence[Table], *, drafts: bool = False
    ) -> None:
        """
        :param tables: in the order of their dependencies.
        :param drafts: whether to write unpublished rows too.
        """
        self.collection = collection
        self.tables = tables
        self.drafts = drafts
        self.names = ReferenceNames(collection, drafts=drafts)
        #: The index of each row in its table, by model and key, by which later tables are sorted.
        self._indexes: dict[tuple[type, int], int] = {}

    def files(self) -> Iterator[tuple[str, bytes]]:
        """The names and contents of the files of the pack."""
        yield MANIFEST, self.manifest().encode()
        for table in self.tables:
            rows = self.sorted_rows(table)
            if rows:
                text = StringIO()
                csv.writer(text, lineterminator="\n").writerows(self._lines(table, rows))
                yield f"{table.name}.csv", text.getvalue().encode()

    def manifest(self) -> str:
        """The columns of the collection itself, as YAML."""
        texts = {"format": FORMAT}
        for name in COLLECTION.fields:
            texts[column_of(name)] = cell(getattr(self.collection, name))
        for name, value in sorted(self.collection.extra.items()):
            texts[name] = _extra_cell(value)
        filled = {name: text for name, text in texts.items() if text}
        return yaml.safe_dump(filled, sort_keys=False, allow_unicode=True, width=float("inf"))

    def sorted_rows(self, table: Table) -> list[ContentModel]:
        """The rows of one table, sorted by their parent, their position and their identity."""
        rows = list(self.rows(table).prefetch_related(*table.many_to_many).order_by())
        deduplicate_positions(rows, table)
        rows.sort(key=lambda row: self._sort_key(table, row))
        for index, row in enumerate(rows):
            self._indexes[table.model, row.pk] = index
        return rows

    def rows(self, table: Table) -> "QuerySet[ContentModel]":
        """The rows of one table that are written, in no particular order."""
        rows = table.model.objects.all()
        if not self.drafts:
            rows = rows.published()
        if table.collection_lookup:
            return rows.filter(**{table.collection_lookup: self.collection})
        if self.collection.is_home:
            return rows
        return rows.filter(pk__in=self._shared_keys(table))

    def _shared_keys(self, shared: Table) -> set[int]:
        """The keys of rows shared by all collections that the pack of this collection contains.

        They are those to which its rows refer, and those that its last load contained.
        """
        loaded = LoadedRow.objects.filter(collection=self.collection, table=shared.name)
        used = set(loaded.values_list("object_id", flat=True))
        for table in filter(attrgetter("collection_lookup"), self.tables):
            for name, field in table.fields.items():
                if field.related_model is shared.model:
                    keys = self.rows(table).values_list(name, flat=True)
                    used.update(filter(None, keys))
        return used

    def _sort_key(self, table: Table, row: ContentModel) -> tuple[int, int, list[str]]:
        """What a row is sorted by in its table: its parent, its position and its identity.

        The table of the parents must have been sorted before.
        """
        parent_index = 0
        if table.parent:
            field = table.fields[table.parent]
            parent_index = self._indexes[field.related_model, getattr(row, field.attname)]
        identity = [self.cell_of(field, row) for field in table.key_fields]
        return parent_index, getattr(row, "position", 0), identity

    def _lines(self, table: Table, rows: Sequence[ContentModel]) -> Iterator[list[str]]:
        """The header and the lines of a table."""
        extra_names: set[str] = set()
        for row in rows:
            extra_names.update(row.extra)
        extra_columns = sorted(extra_names - table.fields.keys())
        yield [*map(column_of, table.fields), *extra_columns]
        for row in rows:
            cells = []
            for name, field in table.fields.items():
                # A column that had no field when the row was loaded was stored in `extra`.
                cells.append(self.cell_of(field, row) or _extra_cell(row.extra.get(name, "")))
            for name in extra_columns:
                cells.append(_extra_cell(row.extra.get(name, "")))
            yield cells

    def cell_of(self, field: Untyped, row: ContentModel) -> str:
        """The cell of a row in one column; empty if readers of this pack may not see it."""
        if not self.drafts and field.name in row.withheld_fields:
            return ""
        if field.many_to_many:
            references = []
            for related_row in getattr(row, field.name).all():
                references.append(self.names.reference(field.related_model, related_row.pk))
            return LIST_MARK.join(sorted(filter(None, references)))
        value = getattr(row, field.attname)
        if field.is_relation:
            return self.names.reference(field.related_model, value)
        return names_cell(value) if isinstance(field, NameListField) else cell(value)


def export_files(
    collection: Collection, tables: Sequence[Table], *, drafts: bool = False
) -> Mapping[str, bytes]:
    """The files of a collection's pack by name; the parameters are those of `Export`."""
    return dict(Export(collection, tables, drafts=drafts).files())


def deduplicate_positions(rows: Iterable[Row], table: Table) -> None:
    """Give rows that share a position the next positions, if positions identify the rows.

    The rows stay in the order in which they are displayed. They are not saved.
    """
    if "position" not in table.identity:
        return
    keys: set[str] = set()
    for row in sorted(rows, key=lambda row: (row.position, row.pk)):
        while row_key(row, table) in keys:
            row.position += 1
        keys.add(row_key(row, table))


def _extra_cell(value: object) -> str:
    """The cell of a value without a field, whose newlines no field has normalized."""
    return str(normalize_newlines(cell(value)))
