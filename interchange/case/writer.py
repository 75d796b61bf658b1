"""Writes a collection as a CASE package of version 1.1.

What CASE cannot express of a row is in `extensions` of its object, so that the portal reads its own
packages without loss. Objects of an imported package are written as they were, if their rows have
not changed.
"""

from content.models import Collection
from interchange.case.associations import (
    ColumnAssociation,
    order_associations,
    pop_parent_association,
    pop_related_associations,
    row_association,
)
from interchange.case.documents import Definitions, write_document
from interchange.case.identifiers import PackageIdentifiers
from interchange.case.import_records import ImportRecord, import_record, with_date
from interchange.case.items import pop_item_texts
from interchange.case.objects import (
    LAST_CHANGE,
    ItemValues,
    case_time,
    changed_at,
    link_to,
    read_item,
    with_extension,
    with_row_extension,
)
from interchange.case.reading_back import ExportedItem, misread_items
from interchange.case.round_trip import (
    foreign_rubrics,
    other_associations,
    reuse_associations,
    unchanged_item,
)
from interchange.case.rubrics import RubricWriter
from interchange.case.schema import ASSOCIATION_TABLES, ITEM_TABLES, ItemTable
from interchange.files import Object, without_empty
from interchange.packs import ExportRow, ExportRows


def case_package(collection: Collection, *, drafts: bool = False, page: str = "") -> Object:
    """The collection as a CFPackage.

    :param drafts: whether rows that are not published are included.
    :param page: the address of the collection's page, from which URIs are made; if it is empty,
        they are URNs.
    """
    rows = ExportRows(collection, drafts=drafts)
    rewritten: set[str] = set()
    while True:
        writer = _PackageWriter(rows, page, rewritten)
        package = writer.package()
        misread = misread_items(package, writer.exported, collection.status)
        if not misread:
            return package
        rewritten |= misread


class _PackageWriter:
    def __init__(self, rows: ExportRows, page: str, rewritten: set[str]) -> None:
        """
        :param rewritten: identifiers of items that are not written as they were imported.
        """
        self._rows = rows
        self._rewritten = rewritten
        #: The items that were written, by identifier.
        self.exported: dict[str, ExportedItem] = {}
        self._collection = rows.collection
        self._record = import_record(rows.collection)
        self._identifiers = PackageIdentifiers(rows, page)
        self._definitions = Definitions(self._identifiers)
        self._document = write_document(self._collection, self._identifiers, self._definitions)
        #: By identifier: the items as they are written; the same with all keys that links need,
        #: spelled as in CASE; the records of their imports; the associations of their columns.
        self._items: dict[str, Object] = {}
        self._checked_items: dict[str, ItemValues] = {}
        self._item_records: dict[str, ImportRecord] = {}
        self._column_associations: dict[str, list[ColumnAssociation]] = {}

    def package(self) -> Object:
        for item_table in ITEM_TABLES:
            for row in self._rows.in_table(item_table.table):
                self._add_item(row, item_table)
        for item_table in ITEM_TABLES:
            self._add_order(item_table)
        # Rubrics come last: identifiers are given in the order of the objects.
        associations = self._associations()
        rubric_writer = RubricWriter(self._rows, self._identifiers, self._checked_items)
        rubrics = [*rubric_writer.rubrics(), *foreign_rubrics(self._record, self._items)]
        date = self._document.get(LAST_CHANGE) or case_time(changed_at(self._collection))
        package: Object = {
            "CFDocument": self._document,
            "CFItems": list(self._items.values()),
            "CFAssociations": associations,
            "CFDefinitions": self._definitions.by_list(str(date), self._record.definitions),
        }
        if rubrics:
            package["CFRubrics"] = rubrics
        return package

    def _add_item(self, row: ExportRow, item_table: ItemTable) -> None:
        record = import_record(row.row)
        values = dict(row.values)
        identity = self._identifiers.of_item(row)
        identifier = identity["identifier"]
        self._column_associations[identifier] = [
            pop_parent_association(values, item_table, identifier, self._identifiers),
            *pop_related_associations(values, item_table, identifier, self._identifiers),
        ]
        item = None
        if identifier not in self._rewritten:
            item = unchanged_item(record, row, item_table, self._collection.status)
        self.exported[identifier] = ExportedItem(row, item_table, is_unchanged=item is not None)
        if item is None:
            item = record.item | self._portal_item(row, item_table, values)
            item = with_date(item, record, changed_at(row.row))
        self._items[identifier] = item
        self._checked_items[identifier] = {
            LAST_CHANGE: case_time(changed_at(row.row)),
            **read_item(item, ""),
            **identity,
        }
        self._item_records[identifier] = record

    def _portal_item(self, row: ExportRow, item_table: ItemTable, values: dict[str, str]) -> Object:
        """
        :param values: the columns that no association expresses.
        """
        texts, statement_column = pop_item_texts(values, item_table)
        item: Object = {**self._identifiers.of_item(row)}
        if not item_table.code_column:
            item["humanCodingScheme"] = row.key
        item |= texts
        item |= self._definitions.add_item_type(item_table.item_type)
        item |= with_row_extension(row, values, statement_column)
        return without_empty(item)

    def _add_order(self, item_table: ItemTable) -> None:
        """Items that are written as they were imported get no associations with their order."""
        for association in order_associations(item_table, self._rows, self._identifiers):
            if not self._is_unchanged(association.origin):
                self._column_associations[association.origin].append(association)

    def _is_unchanged(self, identifier: str) -> bool:
        """Whether an item is written as another program wrote it."""
        return self.exported[identifier].is_unchanged

    def _associations(self) -> list[Object]:
        links = {identifier: link_to(item) for identifier, item in self._checked_items.items()}
        document = self._identifiers.document
        title = self._collection.title
        links[document["identifier"]] = link_to({**document, "title": title})
        written: list[Object] = []
        for identifier, column_associations in self._column_associations.items():
            record = self._item_records[identifier]
            date = self._checked_items[identifier][LAST_CHANGE]
            new, reused = reuse_associations(
                column_associations, record, is_unchanged=self._is_unchanged(identifier)
            )
            for association in new:
                written.append(self._column_association(association, links, date))
            written += reused
            written += other_associations(record, self._items)
        for table in ASSOCIATION_TABLES:
            for row in self._rows.in_table(table.table):
                written.append(
                    row_association(row, table, self._identifiers, self._definitions, links)
                )
        written += other_associations(self._record, self._items)
        return written

    def _column_association(
        self, association: ColumnAssociation, links: dict[str, Object], date: str
    ) -> Object:
        written: Object = {
            **self._identifiers.of_object("CFAssociation", association.key),
            "associationType": association.type,
        }
        if association.sequence is not None:
            written["sequenceNumber"] = association.sequence
        written["originNodeURI"] = links[association.origin]
        written["destinationNodeURI"] = links[association.destination]
        if association.extension:
            written |= with_extension(association.extension)
        written[LAST_CHANGE] = date
        return written
