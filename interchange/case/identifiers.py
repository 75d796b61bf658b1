"""The identifiers and URIs of all objects of a package."""

from interchange.case.import_records import import_record
from interchange.case.objects import Identity
from interchange.case.schema import ITEM_TABLES, ITEM_TABLES_BY_NAME
from interchange.files import Object
from interchange.identifiers import is_uuid, row_identifier, uri_of
from interchange.packs import ContentRow, ExportRow, ExportRows
from packs.pack_tables import Table

TABLE_NAMES = {item_table.table.model: item_table.name for item_table in ITEM_TABLES}


class PackageIdentifiers:
    """The identities of the objects of a package.

    A row has the identifier with which it was imported, unless two rows have the same; other rows
    and objects have one that follows from their keys.
    """

    def __init__(self, rows: ExportRows, page: str) -> None:
        """
        :param page: the address of the collection's page, from which URIs are made; if it is empty,
            they are URNs.
        """
        self.page = page
        collection_record = import_record(rows.collection)
        self.namespace = collection_record.namespace or rows.first_slug
        self._used: set[str] = set()
        self._items: dict[tuple[str, str], Identity] = {}
        self.document = self._of_row(rows.collection, "CFDocument", "")
        for name, item_table in ITEM_TABLES_BY_NAME.items():
            for row in rows.in_table(item_table.table):
                self._items[name, row.key] = self.of_row(row)

    def of_row(self, row: ExportRow) -> Identity:
        """Of a row that is not an item; call it once for each."""
        return self._of_row(row.row, row.table.name, row.stable_key)

    def _of_row(self, row: ContentRow, kind: str, key: str) -> Identity:
        record = import_record(row)
        external_id = getattr(row, "external_id", "")
        identifier = row_identifier(self.namespace, kind, key)
        for imported in (record.identifier, external_id):
            if is_uuid(imported) and imported not in self._used:
                identifier = imported
                break
        self._used.add(identifier)
        return {"identifier": identifier, "uri": record.uri or uri_of(identifier, self.page)}

    def of_object(self, kind: str, key: str) -> Identity:
        """Of an object that is not a row, such as a definition."""
        identifier = row_identifier(self.namespace, kind, key)
        return {"identifier": identifier, "uri": uri_of(identifier, self.page)}

    def of_item(self, row: ExportRow) -> Identity:
        """Of a row that is an item."""
        return self._items[row.table.name, row.key]

    def find_item(self, table_name: str, key: str) -> Identity | None:
        """Of the item with this key, if it is in the package."""
        return self._items.get((table_name, key))

    def find_related(self, table: Table, column: str, key: str) -> Identity | None:
        """Of the item that a column names, if it is in the package."""
        related_table = TABLE_NAMES.get(table.fields[column].related_model, "")
        return self.find_item(related_table, key)

    def link_to_other_collection(self, table: Table, column: str, key: str) -> Object:
        """A link to the item of another collection that a column names, such as `portal:risk`."""
        collection, _, slug = key.partition(":")
        related_table = TABLE_NAMES[table.fields[column].related_model]
        identifier = row_identifier(collection, related_table, slug)
        return {"title": key, "identifier": identifier, "uri": uri_of(identifier, "")}
