"""Rows that are associations of two items: requirements, moves, the questions of sets."""

from interchange.case.definitions import Definitions
from interchange.case.identifiers import Addresses
from interchange.case.objects import Object, dated, extended, filled, written_at
from interchange.case.schema import RELATED, LinkHome
from interchange.export_rows import WrittenRow, kept, visible_extra
from packs.pack_tables import Table
from skills.packs import SKILL_DESCRIPTORS


def association_of(
    one: WrittenRow,
    home: LinkHome,
    addresses: Addresses,
    definitions: Definitions,
    nodes: dict[str, Object],
) -> Object:
    """The association for one row.

    :param nodes: references to the objects of the package by identifier.
    """
    values = dict(one.values)
    origin = _take(values, home.table, home.origin, addresses)
    destination = _take_described(values, addresses) or _take(
        values, home.table, home.destination, addresses
    )
    sequence = {"sequenceNumber": int(values.pop("position"))} if "position" in values else {}
    grouping = definitions.grouping(values.pop("importance")) if "importance" in values else {}
    said = {"table": home.table.name, "row": values, "extra": visible_extra(one.row)}
    made = addresses.row(one) | {
        "associationType": home.association if origin else RELATED,
        **sequence,
        "originNodeURI": _node(origin or addresses.document, nodes),
        "destinationNodeURI": _node(destination, nodes),
        **grouping,
        **extended(filled(said)),
    }
    return dated(made, kept(one.row), written_at(one.row))


def _take(values: dict[str, str], table: Table, column: str, addresses: Addresses) -> Object:
    """The item that a column names; taken out of it, if that is in the package.

    Nothing, if it names none.
    """
    key = values.get(column, "")
    if found := addresses.related(table, column, key):
        del values[column]
        return found
    return addresses.elsewhere(table, column, key) if key else {}


def _take_described(values: dict[str, str], addresses: Addresses) -> Object | None:
    """The descriptor of the skill at the proficiency, if there is one.

    It stands for both columns.
    """
    key = f"{values.get('skill')}/{values.get('proficiency')}"
    found = addresses.item(SKILL_DESCRIPTORS.name, key)
    if found:
        del values["skill"], values["proficiency"]
    return found


def _node(end: Object, nodes: dict[str, Object]) -> Object:
    return nodes.get(end["identifier"]) or {
        name: end[name] for name in ("title", "identifier", "uri")
    }
