"""Puts the items of a package together by its associations."""

from collections.abc import Callable
from typing import Any

from interchange.case_checks import checked_association, checked_item
from interchange.case_foreign import find_homes, find_slugs, fits
from interchange.case_homes import CHILD, LEVEL, RELATED
from interchange.case_nodes import Node, depths, extension_of, node_of
from interchange.case_objects import Object
from interchange.identifiers import is_uuid
from packs.errors import UnreadableFile

Refuse = Callable[[UnreadableFile], None]


class Graph:
    """The items and some associations.

    Those are rows themselves, or no item of the package is their origin.
    """

    def __init__(self, document: Object, refuse: Refuse) -> None:
        """
        :param document: the checked document.
        :param refuse: is told of everything that is not taken.
        """
        self.document = document
        self.nodes: dict[str, Node] = {}
        #: Rows of their own: place, the object as it came and checked, our extension.
        self.rows: list[tuple[str, Object, Object, Object]] = []
        #: Associations that begin outside the package.
        self.beside: list[tuple[list[str], Object]] = []
        self._refuse = refuse
        self._by_address: dict[str, Node] = {}
        self._by_code: dict[str, Node] = {}
        self._hierarchy: list[tuple[str, Object, Object]] = []
        self._others: list[tuple[Object, Object]] = []
        self._seen: dict[str, str] = {document["identifier"]: "CFDocument"}

    def take_items(self, items: list[Any]) -> None:
        for number, raw in enumerate(items, start=1):
            place = f"CFItems {number}"
            try:
                node = node_of(raw, checked_item(raw, place), place, number)
                self._see(node.identifier, place)
            except UnreadableFile as error:
                self._refuse(error)
                continue
            self.nodes[node.identifier] = node
            self._by_address.setdefault(node.found.get("uri", ""), node)
            self._by_code.setdefault(node.found.get("humanCodingScheme", ""), node)

    def take_associations(self, associations: list[Any]) -> None:
        for number, raw in enumerate(associations, start=1):
            place = f"CFAssociations {number}"
            try:
                found = checked_association(raw, place)
                self._see(found["identifier"], place)
                self._sort(place, raw, found)
            except UnreadableFile as error:
                self._refuse(error)

    def join(self) -> list[Node]:
        """Let every item know what it stands under and what row it becomes; parents come first."""
        self._stand_levels()
        with_children = self._stand_children()
        try:
            known = depths(self.nodes.values())
        except UnreadableFile as error:
            self._refuse(error)
            return []
        nodes = sorted(self.nodes.values(), key=lambda node: (known[node], node.order))
        find_homes(nodes, with_children)
        find_slugs(nodes)
        for node in nodes:
            self._settle(node)
        for raw, found in self._others:
            self._relate(raw, found)
        return nodes

    def end(self, reference: Object) -> Node | None:
        """The item that a reference means: by its identifier, its address or its code."""
        name = reference["identifier"]
        by_name = self.nodes.get(name) or self._by_address.get(reference.get("uri") or name)
        return by_name or (None if is_uuid(name) else self._by_code.get(name))

    def is_document(self, reference: Object) -> bool:
        """Whether a reference means the document."""
        return bool(reference["identifier"] == self.document["identifier"])

    def _see(self, identifier: str, place: str) -> None:
        if identifier in self._seen:
            raise UnreadableFile(
                f"{place}: identifier", f"{self._seen[identifier]} has this one already"
            )
        self._seen[identifier] = place

    def _sort(self, place: str, raw: Object, found: Object) -> None:
        own = extension_of(found, place)
        if own.get("derived") is True:
            return
        if "table" in own:
            self.rows.append((place, raw, found, own))
        elif "column" in own:
            self._link(place, found, own["column"])
        elif found["associationType"] in (CHILD, LEVEL):
            self._hierarchy.append((place, raw, found))
        else:
            self._others.append((raw, found))

    def _link(self, place: str, found: Object, column: str) -> None:
        origin, destination = (
            self.end(found["originNodeURI"]),
            self.end(found["destinationNodeURI"]),
        )
        if not origin or not destination or not origin.home or column not in origin.home.links:
            raise UnreadableFile(
                place, f"its ends are no items of the package that “{column}” could relate"
            )
        origin.links.setdefault(column, []).append(destination.identifier)

    def _stand_levels(self) -> None:
        """Levels stand under their skill, if nothing but levels does."""
        children = [found for _, _, found in self._hierarchy if found["associationType"] == CHILD]
        parents = {self.end(found["destinationNodeURI"]) for found in children}
        for place, raw, found in self._hierarchy:
            if found["associationType"] != LEVEL:
                continue
            skill, level = self.end(found["originNodeURI"]), self.end(found["destinationNodeURI"])
            has_children = any(end in parents and not end.own for end in (skill, level) if end)
            if not skill or not level or has_children or not _takes(level, LEVEL):
                self._leave(raw, found)
            else:
                level.made["level"] = "true"
                self._attach(level, skill, place, raw, found)

    def _stand_children(self) -> set[Node]:
        """Let the others stand under their parents; those parents."""
        with_children: set[Node] = set()
        for place, raw, found in self._hierarchy:
            if found["associationType"] != CHILD:
                continue
            child, parent = self.end(found["originNodeURI"]), self.end(found["destinationNodeURI"])
            is_known = parent or self.is_document(found["destinationNodeURI"])
            if not child or not is_known or not _takes(child, CHILD):
                self._leave(raw, found)
            elif self._attach(child, parent, place, raw, found) and parent:
                with_children.add(parent)
        return with_children

    def _attach(
        self, child: Node, parent: Node | None, place: str, raw: Object, found: Object
    ) -> bool:
        try:
            child.attach(parent, found.get("sequenceNumber"), place)
        except UnreadableFile as error:
            self._refuse(error)
            return False
        child.homed.append(raw)
        return True

    def _settle(self, node: Node) -> None:
        """A row stands under rows of one kind alone.

        Elsewhere the association is kept beside it.
        """
        assert node.home is not None
        is_level = bool(node.made.pop("level", ""))
        if node.parent is None or (
            fits(node.home, node.parent) and is_level == (node.home.association == LEVEL)
        ):
            return
        if node.own:
            kinds = node.home.kind, node.parent.home.kind if node.parent.home else ""
            self._refuse(
                UnreadableFile(node.parent_place, f"a {kinds[0]} cannot stand under a {kinds[1]}")
            )
        elsewhere = node.parent.identifier
        node.beside += [([elsewhere], raw) for raw in node.homed]
        node.homed, node.parent = [], None

    def _relate(self, raw: Object, found: Object) -> None:
        """Related skills are known by a column of ours; what else is said is kept."""
        origin, destination = (
            self.end(found["originNodeURI"]),
            self.end(found["destinationNodeURI"]),
        )
        is_related = (
            found["associationType"] == RELATED
            and "sequenceNumber" not in found
            and origin is not destination
        )
        if is_related and origin and destination and _is_skill(origin) and _is_skill(destination):
            links = origin.links.setdefault("related", [])
            if destination.identifier not in links:
                links.append(destination.identifier)
                origin.homed.append(raw)
                return
        self._leave(raw, found)

    def _leave(self, raw: Object, found: Object) -> None:
        """Keep an association beside its origin, or the document if that is not in the package."""
        origin, destination = (
            self.end(found["originNodeURI"]),
            self.end(found["destinationNodeURI"]),
        )
        place = origin.beside if origin else self.beside
        place.append(([destination.identifier] if destination else [], raw))


def _takes(node: Node, association: str) -> bool:
    """Whether an item can be put under another by this type of association.

    It stands under none yet.
    """
    return not node.is_rooted and (node.home is None or node.home.association == association)


def _is_skill(node: Node) -> bool:
    return node.home is not None and "related" in node.home.links
