"""Reads CASE packages into packs: of version 1.0 from other programs, of 1.1 from the portal."""

from collections.abc import Callable
from functools import cached_property
from pathlib import Path

from content.text import first_names
from interchange.case.classification import make_scales
from interchange.case.documents import (
    expressed_columns,
    foreign_definitions,
    foreign_document_columns,
)
from interchange.case.graph import ItemGraph
from interchange.case.import_records import DependentObject, date_column, source_column
from interchange.case.objects import (
    OWN_ITEM,
    PACKAGE,
    Package,
    Refusals,
    read_document,
    read_extension,
    read_package_keys,
    unknown_keys,
)
from interchange.case.rows import association_row, item_row, portal_row, rubric_rows
from interchange.case.schema import TableRow
from interchange.case.spreadsheets import package_of_table, package_of_workbook
from interchange.files import Note, Object, one_line, read_json
from packs.pack_tables import COLLECTION
from packs.report import MAX_DISPLAYED
from packs.sources import TablesPack
from skills.packs import SCALES

SPREADSHEET_READERS: dict[str, Callable[[Path, Note], Object]] = {
    ".csv": package_of_table,
    ".xlsx": package_of_workbook,
}


def read_case(path: Path, collection: str = "") -> TablesPack:
    """The pack of a file: a package as JSON, or a table or workbook of OpenSALT.

    :param collection: the slug of the collection, if not that of its document or title.
    :raises UnreadableFile: see `read_package`; also if the file cannot be read.
    """
    notes: list[str] = []
    spreadsheet_reader = SPREADSHEET_READERS.get(path.suffix.lower())
    if spreadsheet_reader:
        pack = read_package(spreadsheet_reader(path, notes.append), collection)
    else:
        pack = read_package(read_json(path), collection)
    pack.notes.extend(notes)
    return pack


def read_package(written: object, collection: str = "") -> TablesPack:
    """The pack of a package.

    Objects that cannot be read are errors in the pack.

    :param written: the JSON of the package.
    :param collection: the slug of the collection, if not that of its document or title.
    :raises UnreadableFile: if it is not a package, or has too many errors.
    """
    reader = _PackageReader(read_package_keys(written), collection)
    pack = reader.pack()
    unread_keys = sorted(unknown_keys(written, PACKAGE) + reader.unread_item_keys())
    if unread_keys:
        names = first_names(list(map(one_line, unread_keys)), MAX_DISPLAYED)
        pack.notes.append(f"the package: keys that are not imported: {', '.join(names)}")
    return pack


class _PackageReader:
    def __init__(self, package: Package, collection: str) -> None:
        self._package = package
        self._collection = collection
        self._raw_document = package["CFDocument"]
        self._document = read_document(self._raw_document, "CFDocument")
        #: The portal's own extension; empty for packages of other programs.
        self._extension = read_extension(self._document, "CFDocument")
        self._definitions = package.get("CFDefinitions", {})
        self._refusals = Refusals()
        self._graph = ItemGraph(self._document, self._refusals)

    def pack(self) -> TablesPack:
        manifest = self._manifest()
        namespace = self._extension.get("namespace") or str(manifest["id"])
        self._graph.add_items(self._package.get("CFItems", []))
        self._graph.add_associations(self._package.get("CFAssociations", []))
        rows = [*self._item_rows(namespace), *self._association_rows()]
        raw_rubrics = self._package.get("CFRubrics", [])
        foreign_rubrics, anchors = rubric_rows(raw_rubrics, self._graph, self._refusals)
        stored = self._stored_of_document(namespace, foreign_rubrics)
        pack = TablesPack(manifest | stored, "CFDocument")
        for table, location, values in [*rows, *anchors]:
            pack.add(table, location, values)
        for error in self._refusals.errors:
            pack.add_error(SCALES.name, error)
        return pack

    def unread_item_keys(self) -> list[str]:
        """The keys of the portal's own items that another program has added.

        Items of other programs are stored as a whole.
        """
        names = set()
        for item in self._graph.items.values():
            if item.is_ours:
                names.update(unknown_keys(item.raw, OWN_ITEM))
        return [f"CFItems.{name}" for name in names]

    def _manifest(self) -> Object:
        if self._extension:
            expressed = expressed_columns(self._document)
            values = portal_row(self._extension, COLLECTION, expressed)
            values["format"] = str(self._extension.get("format", ""))
        else:
            values = dict(self._foreign_columns)
        if self._collection:
            values["id"] = self._collection
        return values

    @cached_property
    def _foreign_columns(self) -> dict[str, str]:
        """The columns of the collection, if another program wrote the package."""
        link = self._document.get("licenseURI")
        identifier = link and link["identifier"]
        for definition in self._definitions.get("CFLicenses", []):
            if definition.get("identifier") == identifier:
                return foreign_document_columns(self._document, definition)
        return foreign_document_columns(self._document, {})

    def _stored_of_document(self, namespace: str, foreign_rubrics: list[DependentObject]) -> Object:
        definitions = foreign_definitions(self._definitions, namespace)
        other_associations = self._graph.other_associations
        if self._extension:
            return date_column(self._raw_document, self._document) | source_column(
                other_associations=other_associations,
                rubrics=foreign_rubrics,
                definitions=definitions,
                namespace=self._extension.get("namespace"),
            )
        columns = dict(self._foreign_columns)
        del columns["id"]
        return source_column(
            identifier=self._document["identifier"],
            uri=self._document.get("uri"),
            other_associations=other_associations,
            rubrics=foreign_rubrics,
            definitions=definitions,
            document=self._raw_document,
            document_columns=columns,
        )

    def _item_rows(self, namespace: str) -> list[TableRow]:
        items = self._graph.join()
        rows = make_scales(items)
        for item in items:
            with self._refusals.collect():
                rows.append(item_row(item, self._graph, namespace))
        return rows

    def _association_rows(self) -> list[TableRow]:
        rows = []
        for association in self._graph.row_associations:
            with self._refusals.collect():
                rows.append(association_row(association, self._graph))
        return rows
