"""Writes a collection as a CASE package, shaped as version 1.1 has it.

What CASE has a place for stands there; the rest of a row stands under `extensions` of its object,
so that the portal reads its own packages back without loss. What an imported package said leaves as
it came while it is still true.
"""

from content.models import Collection
from interchange.case.associations import Tie, order_of, take_links, take_parent
from interchange.case.definitions import Definitions
from interchange.case.documents import document_of
from interchange.case.identifiers import Addresses
from interchange.case.items import take_texts
from interchange.case.links import association_of
from interchange.case.objects import DATE, Object, dated, extended, filled, link, moment, written_at
from interchange.case.round_trip import kept_associations, kept_rubrics, split, standing_item
from interchange.case.rubrics import rubrics_of
from interchange.case.schema import EXTENSION, ITEMS, LINKS, ItemHome
from interchange.case.validation import checked_item
from interchange.export_rows import WrittenRow, WrittenRows, kept, visible_extra
from interchange.identifiers import tie_key


def case_package(collection: Collection, *, drafts: bool = False, page: str = "") -> Object:
    """The collection as a CFPackage.

    :param drafts: with what is not published.
    :param page: the address of the collection's page, from which URIs are made; empty for URIs
        without a host.
    """
    return _Package(WrittenRows(collection, drafts=drafts), page).written()


class _Package:
    """One package while it is written."""

    def __init__(self, rows: WrittenRows, page: str) -> None:
        self.rows = rows
        self.told = kept(rows.collection)
        self.addresses = Addresses(rows, page)
        self.definitions = Definitions(self.addresses)
        self.document = document_of(rows.collection, self.addresses, self.definitions)
        self.date = str(self.document.get(DATE) or moment(written_at(rows.collection)))
        #: The items as they are written, and as they are referred to.
        self.items: dict[str, Object] = {}
        self.known: dict[str, Object] = {}
        self.ties: dict[str, list[Tie]] = {}
        self.rows_of_items: dict[str, WrittenRow] = {}

    def written(self) -> Object:
        for home in ITEMS:
            for one in self.rows.of(home.table):
                self._take(one, home)
        for home in ITEMS:
            for tie in order_of(home, self.rows, self.addresses):
                if EXTENSION in self.items[tie.origin].get("extensions", {}):
                    self.ties[tie.origin].append(tie)
        associations = self._associations()
        rubrics = [
            *rubrics_of(self.rows, self.addresses, self.known),
            *kept_rubrics(self.told, self.items),
        ]
        return {
            "CFDocument": self.document,
            "CFItems": list(self.items.values()),
            "CFAssociations": associations,
            "CFDefinitions": self.definitions.written(self.date, self.told.get("definitions", {})),
            **filled({"CFRubrics": rubrics}),
        }

    def _take(self, one: WrittenRow, home: ItemHome) -> None:
        """Write one row as an item, and note what it is associated with."""
        told, values = kept(one.row), dict(one.values)
        names = self.addresses.item_of(one)
        own: str = names["identifier"]
        parent = take_parent(values, home, own, self.addresses)
        self.ties[own] = [parent, *take_links(values, home, own, self.addresses)]
        self.rows_of_items[own] = one
        found = standing_item(told, one, home, self.rows.collection.status)
        self.items[own] = found or dated(
            self._made(one, home, values, names), told, written_at(one.row)
        )
        self.known[own] = (
            {DATE: moment(written_at(one.row))} | checked_item(self.items[own], "") | names
        )

    def _made(
        self, one: WrittenRow, home: ItemHome, values: dict[str, str], names: Object
    ) -> Object:
        texts, statement = take_texts(values, home)
        said = {
            "table": home.table.name,
            "statement": statement,
            "row": values,
            "extra": visible_extra(one.row),
        }
        came = kept(one.row).get("item", {})
        kind = self.definitions.item_type(home.kind)
        # The code of a level is its own; without one it has none.
        code = {} if home.code else {"humanCodingScheme": one.key}
        return came | filled(names | code | texts | kind | extended(filled(said)))

    def _associations(self) -> list[Object]:
        nodes = {name: link(found) for name, found in self.known.items()}
        nodes[self.addresses.document["identifier"]] = link(
            self.addresses.document, self.rows.collection.title
        )
        found: list[Object] = []
        for own, ties in self.ties.items():
            told = kept(self.rows_of_items[own].row)
            anew, again = split(ties, told)
            made = [self._association(tie, nodes, self.known[own][DATE]) for tie in anew]
            found += [*made, *again, *kept_associations(told, self.items)]
        for home in LINKS:
            rows = self.rows.of(home.table)
            found += [
                association_of(one, home, self.addresses, self.definitions, nodes) for one in rows
            ]
        return found + list(kept_associations(self.told, self.items))

    def _association(self, tie: Tie, nodes: dict[str, Object], date: str) -> Object:
        key = tie_key(tie.association, tie.origin, tie.destination, tie.column)
        return self.addresses.made("CFAssociation", key) | {
            "associationType": tie.association,
            **({} if tie.sequence is None else {"sequenceNumber": tie.sequence}),
            "originNodeURI": nodes[tie.origin],
            "destinationNodeURI": nodes[tie.destination],
            **(extended(tie.said) if tie.said else {}),
            DATE: date,
        }
