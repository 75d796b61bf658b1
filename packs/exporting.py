"""Writes a collection as a pack.

The same content gives the same bytes, whichever portal holds it.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import StringIO
from itertools import chain
from typing import Any

import yaml
from django.db.models import QuerySet

from content.models import Collection
from content.text import normalize_newlines
from packs.cell_text import LIST_MARK, cell
from packs.pack_tables import COLLECTION, FORMAT, Table
from packs.references import Names
from packs.sources import MANIFEST
from packs.stored_rows import settle


class Export:
    """One run over one collection."""

    def __init__(
        self, collection: Collection, tables: Sequence[Table], *, drafts: bool = False
    ) -> None:
        """
        :param tables: in the order of their dependencies.
        :param drafts: whether what is not published is written too.
        """
        self.collection = collection
        self.tables = tables
        self.drafts = drafts
        self.names = Names(collection, drafts=drafts)
        #: The places of rows in their tables, by which the rows of later tables are sorted.
        self._places: dict[tuple[type, int], int] = {}

    def files(self) -> Iterator[tuple[str, bytes]]:
        """The files of the pack: their names and what they hold."""
        yield MANIFEST, self.manifest().encode()
        for table in self.tables:
            if rows := self.in_order(table):
                yield f"{table.name}.csv", _sheet(self._lines(table, rows)).encode()

    def manifest(self) -> str:
        """What is said of the collection itself, as YAML."""
        told = {_column(name): cell(getattr(self.collection, name)) for name in COLLECTION.fields}
        told = (
            {"format": FORMAT}
            | told
            | {name: _kept(held) for name, held in sorted(self.collection.extra.items())}
        )
        filled = {name: text for name, text in told.items() if text}
        return yaml.safe_dump(filled, sort_keys=False, allow_unicode=True, width=float("inf"))

    def in_order(self, table: Table) -> list[Any]:
        """The rows of one table: by their owner's place, their own position, what tells them."""
        rows = list(self.rows(table).prefetch_related(*table.many).order_by())
        settle(rows, table)
        rows.sort(key=lambda row: self._order(table, row))
        self._places |= {(table.model, row.pk): place for place, row in enumerate(rows)}
        return rows

    def rows(self, table: Table) -> "QuerySet[Any]":
        """The rows of one table that are written."""
        rows: Any = table.model._default_manager
        rows = rows.all() if self.drafts else rows.published()
        if table.path:
            return rows.filter(**{table.path: self.collection})
        return rows if self.collection.is_home else rows.filter(pk__in=self._used(table))

    def _used(self, shared: Table) -> set[int]:
        """The rows that all collections share, as far as this one refers to them."""
        tables = [table for table in self.tables if table.path]
        keys = [
            self.rows(table).values_list(name, flat=True)
            for table in tables
            for name, field in table.fields.items()
            if field.related_model is shared.model
        ]
        return {key for key in chain.from_iterable(keys) if key}

    def _order(self, table: Table, row: Any) -> tuple[Any, ...]:
        place = 0
        if table.parent:
            parent = table.fields[table.parent]
            place = self._places[parent.related_model, getattr(row, parent.attname)]
        told = tuple(self.cell_of(field, row) for field in table.key_fields)
        return place, getattr(row, "position", 0), told

    def _lines(self, table: Table, rows: Sequence[Any]) -> Iterator[list[str]]:
        extra = sorted(set().union(*(row.extra for row in rows)) - table.fields.keys())
        yield [*map(_column, table.fields), *extra]
        for row in rows:
            # A column that had no field when the row was loaded holds what was kept of it.
            cells = [
                self.cell_of(field, row) or _kept(row.extra.get(name, ""))
                for name, field in table.fields.items()
            ]
            yield cells + [_kept(row.extra.get(column, "")) for column in extra]

    def cell_of(self, field: Any, row: Any) -> str:
        """What a row holds in one column, as far as the readers of this pack may know it."""
        if not self.drafts and field.name in row.withheld_fields:
            return ""
        if field.many_to_many:
            texts = (
                self.names.text(field.related_model, other.pk)
                for other in getattr(row, field.name).all()
            )
            return LIST_MARK.join(sorted(filter(None, texts)))
        held = getattr(row, field.attname)
        return self.names.text(field.related_model, held) if field.is_relation else cell(held)


def _kept(held: Any) -> str:
    """What no field holds, and so no field has put its line ends right."""
    return str(normalize_newlines(cell(held)))


def _column(name: str) -> str:
    return "id" if name == "slug" else name


def _sheet(lines: Iterable[Iterable[str]]) -> str:
    text = StringIO()
    csv.writer(text, lineterminator="\n").writerows(lines)
    return text.getvalue()


def files_of(
    collection: Collection, tables: Sequence[Table], *, drafts: bool = False
) -> Mapping[str, bytes]:
    """The files of a collection's pack, by name; see `Export`."""
    return dict(Export(collection, tables, drafts=drafts).files())
