"""The items of a package while it is read: which row each one becomes and what it stands under."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from interchange.case_checks import mapping, text
from interchange.case_homes import EXTENSION, ITEM_HOMES, ItemHome
from interchange.case_objects import Object
from packs.errors import UnreadableFile

#: Deeper than any framework; every step above a row is looked at when it is written.
DEEPEST = 50


@dataclass(eq=False)
class Node:
    """One item, and what associations say of it."""

    place: str
    order: int
    raw: Object
    found: Object
    #: What our own extension says; empty for items of other programs.
    own: Object
    home: ItemHome | None
    slug: str = ""
    #: Its place among its like.
    rank: int = 0
    parent: "Node | None" = None
    parent_place: str = ""
    is_rooted: bool = False
    sequence: int | None = None
    #: The ids of related rows by column.
    links: dict[str, list[str]] = field(default_factory=dict)
    #: Values that are made of more than this item.
    made: dict[str, str] = field(default_factory=dict)
    #: Associations as they came: those that columns tell, and the others with the identifiers of
    #: the items that they need beside this one.
    homed: list[Object] = field(default_factory=list)
    beside: list[tuple[list[str], Object]] = field(default_factory=list)

    @property
    def identifier(self) -> str:
        return str(self.found["identifier"])

    @property
    def key(self) -> str:
        """How other rows refer to its row."""
        parent = self.parent.key if self.parent and self.home and self.home.table.parent else ""
        return f"{parent}/{self.slug}" if parent else self.slug

    def above(self) -> "Iterator[Node]":
        """What it stands under, from the nearest."""
        node = self.parent
        while node:
            yield node
            node = node.parent

    def attach(self, parent: "Node | None", sequence: int | None, place: str) -> None:
        """Stand under another item, or under none but the document.

        :raises Unreadable: if it would stand under itself, or too deep to be a framework.
        """
        for steps, node in enumerate([parent, *islice(parent.above(), DEEPEST)] if parent else []):
            if node is self:
                raise UnreadableFile(place, "the item would stand under itself")
            if steps == DEEPEST:
                raise UnreadableFile(place, f"more than {DEEPEST} items above one another")
        self.parent, self.sequence, self.parent_place, self.is_rooted = (
            parent,
            sequence,
            place,
            True,
        )


def extension_of(found: Object, place: str) -> Object:
    """Our own extension of an object; empty, if it has none.

    :raises Unreadable: if it is not as we write it.
    """
    own = mapping(found.get("extensions", {}).get(EXTENSION, {}), f"{place}: extensions")
    for name in ("table", "statement", "column"):
        if name in own:
            text(own[name], f"{place}: {name}")
    for name, held in mapping(own.get("row", {}), f"{place}: row").items():
        text(held, f"{place}: {name}")
    mapping(own.get("extra", {}), f"{place}: extra")
    return own


def node_of(raw: Any, found: Object, place: str, order: int) -> Node:
    """The node for an item.

    :raises Unreadable: if our extension names no table, or a column that is none of the table's.
    """
    own = extension_of(found, place)
    if "table" not in own:
        return Node(place, order, raw, found, {}, None)
    home = ITEM_HOMES.get(own["table"])
    if home is None:
        raise UnreadableFile(f"{place}: table", f"there are no items of a table “{own['table']}”")
    if own.get("statement") not in (*home.statements, "title"):
        raise UnreadableFile(
            f"{place}: statement", f"“{own.get('statement')}” is no text of {home.table.name}"
        )
    return Node(place, order, raw, found, own, home, slug=own.get("row", {}).get("id", ""))


def depths(nodes: Iterable[Node]) -> dict[Node, int]:
    """How many items each stands under.

    :raises Unreadable: if one stands too deep; none stands under itself.
    """
    known: dict[Node, int] = {}
    for node in nodes:
        waiting = [node]
        while waiting[-1].parent and waiting[-1].parent not in known:
            waiting.append(waiting[-1].parent)
        for each in reversed(waiting):
            known[each] = known[each.parent] + 1 if each.parent else 0
        if known[node] > DEEPEST:
            raise UnreadableFile(node.place, f"more than {DEEPEST} items above it")
    return known
