"""Reads a CASE package, 1.0 of other programs or 1.1 of our own, into the tables of a pack."""

from collections.abc import Iterator
from typing import Any

from interchange.case_checks import PACKAGE, checked, checked_document
from interchange.case_documents import KEYS, columns_of_document
from interchange.case_foreign import make_scales
from interchange.case_graph import Graph
from interchange.case_homes import ITEM_HOMES, ITEMS
from interchange.case_nodes import extension_of
from interchange.case_objects import Object, filled
from interchange.case_rows import Values, blank, dated_as, kept_as, row_of_association, row_of_item
from interchange.case_rubric_rows import Kept, rows_of_rubrics
from interchange.identifiers import identifier
from packs.errors import UnreadableFile
from packs.pack_tables import COLLECTION
from packs.sources import TablesPack
from roles.models import Importance
from skills.packs import SCALES

DOCUMENT = "CFDocument"
#: Objects that cannot be taken, after which no others are looked at.
MOST_REFUSED = 10_000


def read_package(written: Any, collection: str = "") -> TablesPack:
    """The pack that a package makes.

    :param written: what its JSON holds.
    :param collection: the slug of the collection, if another one than its document says.
    :raises Unreadable: if it is no package at all; what else cannot be taken is refused in the
        pack.
    """
    package = checked(written, PACKAGE, [DOCUMENT], "the package")
    return _Reading(package, collection).pack()


class _Reading:
    """One package while it is read."""

    def __init__(self, package: Object, collection: str) -> None:
        self.package = package
        self.raw: Object = package[DOCUMENT]
        self.document = checked_document(self.raw, DOCUMENT)
        self.own = extension_of(self.document, DOCUMENT)
        self.collection = collection
        self.refused: list[UnreadableFile] = []
        self.graph = Graph(self.document, self._refuse)

    def pack(self) -> TablesPack:
        """Everything in it, as far as it can be taken."""
        manifest = self._manifest()
        namespace = self.own.get("namespace") or str(manifest["id"])
        self.graph.take_items(self.package.get("CFItems", []))
        self.graph.take_associations(self.package.get("CFAssociations", []))
        rows = list(self._rows(namespace))
        rubrics, anchors = rows_of_rubrics(
            self.package.get("CFRubrics", []), self.graph, self._refuse
        )
        pack = TablesPack(manifest | self._kept(namespace, rubrics), DOCUMENT)
        for table, place, values in [*rows, *anchors]:
            pack.add(table, place, values)
        for error in self.refused:
            pack.add_error(SCALES.name, error)
        return pack

    def _refuse(self, error: UnreadableFile) -> None:
        self.refused.append(error)
        if len(self.refused) > MOST_REFUSED:
            raise UnreadableFile(
                "the package", f"more than {MOST_REFUSED:,} objects cannot be taken, e.g. {error}"
            )

    def _manifest(self) -> Values:
        if not self.own:
            values: Values = columns_of_document(self.document, self._licence())
        else:
            told = {column: self.document.get(key, "") for column, key in KEYS.items()}
            extra = {
                name: held
                for name, held in self.own.get("extra", {}).items()
                if name not in COLLECTION.fields
            }
            values = extra | blank(COLLECTION) | told | self.own.get("row", {})
            values["format"] = str(self.own.get("format", ""))
        return values | ({"id": self.collection} if self.collection else {})

    def _licence(self) -> Object | None:
        """The definition of the licence that the document names."""
        name = self.document.get("licenseURI", {}).get("identifier")
        known = self.package.get("CFDefinitions", {}).get("CFLicenses", [])
        texts = (
            {key: held for key, held in each.items() if isinstance(held, str)} for each in known
        )
        return next((each for each in texts if each.get("identifier") == name), None)

    def _kept(self, namespace: str, rubrics: list[Kept]) -> Values:
        definitions = _others_definitions(self.package.get("CFDefinitions", {}), namespace)
        left = {"beside": self.graph.beside, "rubrics": rubrics, "definitions": definitions}
        if self.own:
            return dated_as(self.raw, self.document) | kept_as(
                left | {"namespace": self.own.get("namespace")}
            )
        names = {"identifier": self.document["identifier"], "uri": self.document.get("uri")}
        read = columns_of_document(self.document, self._licence())
        del read["id"]
        return kept_as(names | left | {"document": self.raw, "read": read})

    def _rows(self, namespace: str) -> Iterator[tuple[str, str, Values]]:
        nodes = self.graph.join()
        scales = {node.slug for node in nodes if node.home is ITEM_HOMES[SCALES.name]}
        yield from make_scales(nodes, scales)
        for node in nodes:
            try:
                assert node.home is not None
                yield node.home.table.name, node.place, row_of_item(node, self.graph, namespace)
            except UnreadableFile as error:
                self._refuse(error)
        for place, raw, found, own in self.graph.rows:
            try:
                table, values = row_of_association(place, raw, found, own, self.graph)
                yield table, place, values
            except UnreadableFile as error:
                self._refuse(error)


def _others_definitions(definitions: Object, namespace: str) -> Object:
    """What another program has defined in a package of ours."""
    ours = {identifier(namespace, "CFLicense", "")}
    ours |= {identifier(namespace, "CFItemType", home.kind) for home in ITEMS}
    ours |= {identifier(namespace, "CFAssociationGrouping", name) for name in Importance.values}
    left = {
        name: [each for each in found if each.get("identifier") not in ours]
        for name, found in definitions.items()
    }
    return filled(left)
