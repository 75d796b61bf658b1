"""Which identifier every row of a collection has in its package, and how rows are named there."""

from typing import Any

from content.models import Collection
from interchange.case.objects import Object
from interchange.case.schema import ITEM_HOMES
from interchange.export_rows import WrittenRow, WrittenRows, kept
from interchange.identifiers import address, identifier, is_uuid
from packs.pack_tables import Table

NAMES = {home.table.model: name for name, home in ITEM_HOMES.items()}


class Addresses:
    """The identifiers of one collection."""

    def __init__(self, rows: WrittenRows, page: str) -> None:
        """
        :param page: the address of the collection's page, from which URIs are made; empty for URIs
            without a host.
        """
        self.collection: Collection = rows.collection
        self.page = page
        self.namespace: str = kept(rows.collection).get("namespace") or rows.first_slug
        self._taken: set[str] = set()
        self._items: dict[tuple[str, str], Object] = {}
        self.document = self.of(self.collection, "CFDocument", "")
        for name, home in ITEM_HOMES.items():
            for one in rows.of(home.table):
                self._items[name, one.key] = self.row(one)

    def of(self, row: Any, kind: str, key: str) -> Object:
        """Identifier and URI of a row: those it was imported with, else its own."""
        told = kept(row)
        names = [
            told.get("identifier"),
            getattr(row, "external_id", ""),
            identifier(self.namespace, kind, key),
        ]
        made = next(name for name in names if isinstance(name, str) and self._is_free(name))
        self._taken.add(made)
        uri = told.get("uri")
        return {
            "identifier": made,
            "uri": uri if isinstance(uri, str) and uri else address(made, self.page),
        }

    def row(self, one: WrittenRow) -> Object:
        """The same for a row of a table."""
        return self.of(one.row, one.table.name, one.first_key)

    def made(self, kind: str, key: str) -> Object:
        """The same for an object that stands for no row."""
        made = identifier(self.namespace, kind, key)
        return {"identifier": made, "uri": address(made, self.page)}

    def item(self, table: str, key: str) -> Object | None:
        """The item with this key, as far as it is in the package."""
        return self._items.get((table, key))

    def item_of(self, one: WrittenRow) -> Object:
        """The item for a row of this collection."""
        return self._items[one.table.name, one.key]

    def related(self, table: Table, column: str, key: str) -> Object | None:
        """The item that a column of a table refers to."""
        return self.item(NAMES.get(table.fields[column].related_model, ""), key)

    def elsewhere(self, table: Table, column: str, key: str) -> Object:
        """The item of another collection that a column refers to."""
        collection, _, slug = key.partition(":")
        name = NAMES[table.fields[column].related_model]
        made = identifier(collection, name, slug)
        return {"identifier": made, "uri": address(made, ""), "title": key}

    def _is_free(self, name: str) -> bool:
        return bool(is_uuid(name)) and name not in self._taken
