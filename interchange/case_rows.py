"""The rows that the objects of a package become.

What must be kept so that they can leave as they came goes along.
"""

import json
from typing import Any

from interchange.case_checks import checked_association
from interchange.case_graph import Graph
from interchange.case_homes import LINK_HOMES, ItemHome, LinkHome
from interchange.case_items import columns_of, give_texts
from interchange.case_nodes import Node
from interchange.case_objects import DATE, Object, filled, mark
from interchange.identifiers import address, identifier, tie_key
from interchange.written_rows import KEPT
from packs.cell_text import LIST_MARK
from packs.errors import UnreadableFile
from packs.pack_tables import DATED, Table
from skills.packs import SKILL_DESCRIPTORS

Values = dict[str, Any]


def blank(table: Table) -> Values:
    """Every column of a table, empty: a row that we wrote has what is not said of it empty."""
    return {"id" if name == "slug" else name: "" for name in table.fields}


def kept_as(said: Object) -> Values:
    """What an import keeps of a row, with `dated_as` for objects of ours."""
    return _text(KEPT, said)


def dated_as(raw: Object, found: Object) -> Values:
    """What is kept of an object that we wrote: its names, and its date marked with what it said."""
    uri = found.get("uri", "")
    said = {
        "identifier": found["identifier"],
        "uri": "" if uri == address(found["identifier"], "") else uri,
        "date": found.get(DATE, ""),
        "mark": mark(raw),
    }
    return _text(DATED, said)


def _text(name: str, said: Object) -> Values:
    left = filled(said)
    return {name: json.dumps(left, separators=(",", ":"))} if left else {}


def row_of_item(node: Node, graph: Graph, namespace: str) -> Values:
    """The row for an item."""
    assert node.home is not None
    values = _own_row(node, node.home) if node.own else _row(node, node.home)
    if node.home.parent and node.parent:
        values[node.home.parent] = node.parent.key
    for column, names in node.links.items():
        keys = [key for key in str(values.get(column, "")).split(LIST_MARK) if key]
        values[column] = LIST_MARK.join(
            keys + [_key(node, column, graph.nodes[name]) for name in names]
        )
    return values | node.made | _kept(node, namespace)


def _own_row(node: Node, home: ItemHome) -> Values:
    texts = give_texts(node.found, home, node.own["statement"])
    position = {"position": str(node.sequence)} if node.sequence is not None else {}
    return (
        extra_of(node.own, home.table)
        | blank(home.table)
        | texts
        | position
        | node.own.get("row", {})
    )


def extra_of(own: Object, table: Table) -> Values:
    return {
        name: held
        for name, held in own.get("extra", {}).items()
        if name not in table.fields and name != "id"
    }


def _row(node: Node, home: ItemHome) -> Values:
    values: Values = columns_of(node.found, home)
    if "slug" in home.table.fields:
        values["id"] = node.slug
    if "external_id" in home.table.fields:
        values["external_id"] = node.identifier
    if "position" in home.table.fields:
        values["position"] = str(node.rank if node.sequence is None else node.sequence)
    return values


def _kept(node: Node, namespace: str) -> Values:
    if not node.own:
        slug = {"id": node.slug} if node.home and "slug" in node.home.table.fields else {}
        said = {
            "identifier": node.identifier,
            "uri": node.found.get("uri"),
            "item": node.raw,
            "made": slug | node.made,
        }
        return kept_as(said | {"homed": node.homed, "beside": node.beside})
    homed = [raw for raw in node.homed if not _is_ours(checked_association(raw, ""), namespace)]
    return dated_as(node.raw, node.found) | kept_as({"homed": homed, "beside": node.beside})


def _is_ours(found: Object, namespace: str) -> bool:
    """Whether we would write the association with the same identifier."""
    ends = (found["originNodeURI"]["identifier"], found["destinationNodeURI"]["identifier"])
    return bool(
        found["identifier"]
        == identifier(namespace, "CFAssociation", tie_key(found["associationType"], *ends))
    )


def _key(node: Node, column: str, other: Node) -> str:
    """The key of a related row, which is of the model that the column relates to."""
    assert node.home is not None
    return key_for(node.home.table, column, other, node.place)


def key_for(table: Table, column: str, other: Node, place: str) -> str:
    """How a column refers to the row of an item.

    :raises Unreadable: if the item is of another kind.
    """
    if other.home is None or other.home.table.model is not table.fields[column].related_model:
        raise UnreadableFile(f"{place}: {column}", f"{other.place} is of another kind")
    return other.key


def row_of_association(
    place: str, raw: Object, found: Object, own: Object, graph: Graph
) -> tuple[str, Values]:
    """The table and the row for an association that is a row of its own.

    :raises Unreadable: if it is none, or its ends are of other kinds.
    """
    home = LINK_HOMES.get(own["table"])
    if home is None:
        raise UnreadableFile(
            f"{place}: table", f"there are no associations of a table “{own['table']}”"
        )
    ends = _ends(
        home, graph.end(found["originNodeURI"]), graph.end(found["destinationNodeURI"]), place
    )
    importance = found.get("CFAssociationGroupingURI", {}).get("title", "")
    values = extra_of(own, home.table) | blank(home.table) | ends | own.get("row", {})
    if "position" in home.table.fields and "sequenceNumber" in found:
        values["position"] = str(found["sequenceNumber"])
    if "importance" in home.table.fields:
        values["importance"] = importance
    return home.table.name, values | dated_as(raw, found)


def _ends(home: LinkHome, origin: Node | None, destination: Node | None, place: str) -> Values:
    values: Values = {}
    if origin:
        values[home.origin] = key_for(home.table, home.origin, origin, place)
    if (
        destination
        and destination.home
        and destination.home.table is SKILL_DESCRIPTORS
        and destination.parent
    ):
        step = destination.own.get("row", {}).get("proficiency", "") or destination.made.get(
            "proficiency", ""
        )
        return values | {"skill": destination.parent.key, "proficiency": step}
    if destination:
        values[home.destination] = key_for(home.table, home.destination, destination, place)
    return values
