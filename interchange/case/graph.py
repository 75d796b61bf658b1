"""The items of a package, joined by its associations."""

from dataclasses import dataclass

from file_formats.errors import UnreadableFile
from interchange.case.classification import assign_slugs, assign_tables, can_be_child
from interchange.case.import_records import DependentObject
from interchange.case.items import Item, parse_item
from interchange.case.objects import (
    AssociationValues,
    Document,
    Extension,
    Link,
    Refusals,
    read_association,
    read_extension,
)
from interchange.case.refused_items import RefusedItems
from interchange.case.schema import HAS_SKILL_LEVEL, IS_CHILD_OF, IS_RELATED_TO
from interchange.files import Object, expect_object
from interchange.identifiers import is_uuid
from skills.packs import SKILLS


@dataclass(frozen=True)
class ReadAssociation:
    """A CFAssociation as it was written, and its checked values."""

    location: str
    raw: Object
    values: AssociationValues
    #: The portal's own extension; empty for associations of other programs.
    extension: Extension

    @property
    def type(self) -> str:
        return self.values["associationType"]

    @property
    def destination(self) -> Link:
        return self.values["destinationNodeURI"]


class ItemGraph:
    """Reads the items of a package, then its associations, then `join` relates them."""

    def __init__(self, document: Document, refusals: Refusals) -> None:
        """
        :param document: the checked document.
        """
        self.document = document
        self.items: dict[str, Item] = {}
        #: Associations that are rows of a table.
        self.row_associations: list[ReadAssociation] = []
        #: Associations that no column expresses and whose origin is not an item of the package.
        self.other_associations: list[DependentObject] = []
        self._refusals = refusals
        self._refused = RefusedItems()
        self._by_uri: dict[str, Item] = {}
        self._by_code: dict[str, Item] = {}
        #: Associations that can name the parent of an item, by type, and those that cannot.
        self._parent_associations: dict[str, list[ReadAssociation]] = {
            IS_CHILD_OF: [],
            HAS_SKILL_LEVEL: [],
        }
        self._more_associations: list[ReadAssociation] = []
        #: Associations that a column of their origin expresses. The origin may be an item of
        #: another program, whose table is chosen once all associations are read.
        self._related_associations: list[ReadAssociation] = []
        #: The location of every identifier.
        self._locations: dict[str, str] = {document["identifier"]: "CFDocument"}

    def add_items(self, raw_items: list[object]) -> None:
        """Read all items; those that cannot be read are refused."""
        for number, raw in enumerate(raw_items, start=1):
            location = f"CFItems {number}"
            try:
                self._add_item(parse_item(raw, location, number))
            except UnreadableFile as error:
                self._refusals.add(error)
                self._refused.add(raw, location)

    def add_associations(self, raw_associations: list[object]) -> None:
        """Read all associations, after the items; those that cannot be read are refused."""
        for number, raw in enumerate(raw_associations, start=1):
            location = f"CFAssociations {number}"
            with self._refusals.collect():
                values = read_association(raw, location)
                self._claim_identifier(values["identifier"], location)
                extension = read_extension(values, location)
                written = expect_object(raw, location)
                self._add_association(ReadAssociation(location, written, values, extension))

    def join(self) -> list[Item]:
        """Set parents, tables, slugs and related items; the items, parents before children.

        :raises UnreadableFile: if too many items are refused.
        """
        self._refuse_dependent_items()
        self._attach_skill_levels()
        parents = self._attach_children()
        try:
            items = sorted(self.items.values(), key=lambda item: (item.depth(), item.order))
        except UnreadableFile as error:
            self._refusals.add(error)
            return []
        assign_tables(items, parents)
        assign_slugs(items)
        for item in items:
            self._detach_from_unsuitable_parent(item)
        for association in self._related_associations:
            with self._refusals.collect():
                self._add_related_item(association)
        for association in self._more_associations:
            self._add_related_skill(association)
        return items

    def find(self, link: Link) -> Item | None:
        """The item to which a link leads: by identifier, by URI, or by code."""
        identifier = link["identifier"]
        item = self.items.get(identifier) or self._by_uri.get(link.get("uri") or identifier)
        if item or is_uuid(identifier):
            return item
        return self._by_code.get(identifier)

    def ends_of(self, association: ReadAssociation) -> tuple[Item | None, Item | None]:
        """The origin and the destination, as far as they are items of the package."""
        return self.find(association.values["originNodeURI"]), self.find(association.destination)

    def _add_item(self, item: Item) -> None:
        self._claim_identifier(item.identifier, item.location)
        self.items[item.identifier] = item
        self._by_uri.setdefault(item.values.get("uri", ""), item)
        self._by_code.setdefault(item.values.get("humanCodingScheme", ""), item)

    def _refuse_dependent_items(self) -> None:
        """Refuse what would be imported in another place or as something else without others."""
        children = [
            (association.destination, association.values["originNodeURI"])
            for association in self._parent_associations[IS_CHILD_OF]
        ]
        levels = [
            (association.values["originNodeURI"], association.destination)
            for association in self._parent_associations[HAS_SKILL_LEVEL]
        ]
        is_complete = False
        while not is_complete:
            is_complete = True
            dependent = self._refused.items_below([*children, *levels])
            dependent += self._refused.other_levels(levels)
            for link, reason in dependent:
                item = self.find(link)
                if item:
                    self._refuse(item, reason)
                    is_complete = False

    def _refuse(self, item: Item, reason: str) -> None:
        self._refusals.add(UnreadableFile(item.location, reason))
        self._refused.add(item.raw, item.location)
        del self.items[item.identifier]
        for items in (self._by_uri, self._by_code):
            for name in [name for name, other in items.items() if other is item]:
                del items[name]

    def _claim_identifier(self, identifier: str, location: str) -> None:
        """
        :raises UnreadableFile: if another object of the package has the same identifier.
        """
        if identifier in self._locations:
            reason = f"{self._locations[identifier]} already has this identifier"
            raise UnreadableFile(f"{location}: identifier", reason)
        self._locations[identifier] = location

    def _add_association(self, association: ReadAssociation) -> None:
        extension = association.extension
        if extension.get("derived") is True:
            # It repeats what other objects of the package express.
            return
        if "table" in extension:
            self.row_associations.append(association)
        elif "column" in extension:
            self._related_associations.append(association)
        else:
            associations = self._parent_associations.get(association.type, self._more_associations)
            associations.append(association)

    def _add_related_item(self, association: ReadAssociation) -> None:
        """Add the destination to the items that a column of the origin names.

        :raises UnreadableFile: if the table of the origin has no such column.
        """
        column = association.extension["column"]
        origin, destination = self.ends_of(association)
        if not origin or not destination or column not in origin.item_table.related_columns:
            reason = (
                f"“{column}” cannot relate the items at its ends, or the package does not contain "
                "them"
            )
            raise UnreadableFile(association.location, reason)
        origin.related.setdefault(column, []).append(destination.identifier)

    def _attach_skill_levels(self) -> None:
        """Place levels below their skills, unless one of the two has items of other kinds below."""
        foreign_parents = self._foreign_parents()
        for association in self._parent_associations[HAS_SKILL_LEVEL]:
            skill, level = self.ends_of(association)
            has_other_children = skill in foreign_parents or level in foreign_parents
            if skill and level and level.accepts_parent(HAS_SKILL_LEVEL) and not has_other_children:
                level.is_skill_level = True
                self._attach(level, skill, association)
            else:
                self._store_unchanged(association)

    def _foreign_parents(self) -> set[Item]:
        """Items with others below them, which another program cannot mean as skills or levels."""
        parents = set()
        for association in self._parent_associations[IS_CHILD_OF]:
            parent = self.find(association.destination)
            if parent and not parent.is_ours:
                parents.add(parent)
        return parents

    def _attach_children(self) -> set[Item]:
        """Place items below their parents.

        :returns: the items that have items below them.
        """
        parents: set[Item] = set()
        for association in self._parent_associations[IS_CHILD_OF]:
            child, parent = self.ends_of(association)
            to_document = association.destination["identifier"] == self.document["identifier"]
            if child and (parent or to_document) and child.accepts_parent(IS_CHILD_OF):
                self._attach(child, parent, association)
                if parent and child.parent is parent:
                    parents.add(parent)
            elif parent and self._refused.location_of(association.values["originNodeURI"]):
                parents.add(parent)
            else:
                self._store_unchanged(association)
        return parents

    def _attach(self, child: Item, parent: Item | None, association: ReadAssociation) -> None:
        """Place an item below another one, or below the document, if that is possible."""
        with self._refusals.collect():
            sequence = association.values.get("sequenceNumber")
            child.set_parent(parent, sequence, association.location)
            child.column_associations.append(association.raw)

    def _detach_from_unsuitable_parent(self, item: Item) -> None:
        """Rows of a table have parents of one kind; other associations are stored unchanged."""
        table, parent = item.item_table, item.parent
        is_level_table = table.parent_association == HAS_SKILL_LEVEL
        is_suitable = can_be_child(table, parent) and item.is_skill_level == is_level_table
        if parent is None or is_suitable:
            return
        if item.is_ours:
            reason = f"a {table.item_type} cannot be inside a {parent.item_table.item_type}"
            self._refusals.add(UnreadableFile(item.parent_location, reason))
        for raw in item.column_associations:
            item.other_associations.append(([parent.identifier], raw))
        item.column_associations = []
        item.parent = None

    def _add_related_skill(self, association: ReadAssociation) -> None:
        """Skills have a column for related skills; other associations are stored unchanged."""
        origin, destination = self.ends_of(association)
        if origin and destination and self._relates_skills(association, origin, destination):
            related = origin.related.setdefault("related", [])
            if destination.identifier not in related:
                related.append(destination.identifier)
                origin.column_associations.append(association.raw)
                return
        self._store_unchanged(association)

    def _relates_skills(
        self, association: ReadAssociation, origin: Item, destination: Item
    ) -> bool:
        if association.type != IS_RELATED_TO or "sequenceNumber" in association.values:
            return False
        are_skills = origin.item_table.table is destination.item_table.table is SKILLS
        return are_skills and origin is not destination

    def _store_unchanged(self, association: ReadAssociation) -> None:
        """Store it with its origin; with the document, if that is not an item of the package."""
        origin, destination = self.ends_of(association)
        required = [destination.identifier] if destination else []
        associations = origin.other_associations if origin else self.other_associations
        associations.append((required, association.raw))
