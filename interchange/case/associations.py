"""CFAssociations of rows that are exported.

Columns of an item become associations with its parent and with related items, and the order of
items becomes `precedes`. The rows of some tables, such as requirements and moves, are associations
themselves.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from file_formats.cell_text import LIST_MARK
from interchange.case.documents import Definitions
from interchange.case.identifiers import PackageIdentifiers
from interchange.case.import_records import import_record, with_date
from interchange.case.objects import changed_at, with_row_extension
from interchange.case.schema import (
    HAS_SKILL_LEVEL,
    IS_CHILD_OF,
    IS_RELATED_TO,
    PRECEDES,
    AssociationTable,
    ItemTable,
)
from interchange.files import Object
from interchange.packs import ExportRow, ExportRows
from ladders.packs import LEVEL_MOVES, LEVELS
from packs.pack_tables import Table
from skills.packs import PROFICIENCIES, SKILL_DESCRIPTORS

#: Tables whose items are exported with their order.
ORDERED_TABLES = [PROFICIENCIES, SKILL_DESCRIPTORS, LEVELS]


@dataclass(frozen=True)
class ColumnAssociation:
    """An association that expresses a column of an item, or the order of items.

    Origin and destination are identifiers.
    """

    type: str
    origin: str
    destination: str
    sequence: int | None = None
    #: The column of the origin, unless the type alone says it.
    column: str = ""
    #: Whether it repeats what other objects of the package express.
    is_derived: bool = False
    #: Whether the destination is the document. Not every program writes this association for items
    #: without a parent.
    is_to_document: bool = False

    @property
    def extension(self) -> Object:
        if self.is_derived:
            return {"derived": True}
        return {"column": self.column} if self.column else {}

    @property
    def meaning(self) -> tuple[str, str, str]:
        """Its type and its ends."""
        return self.type, self.origin, self.destination

    @property
    def key(self) -> str:
        return association_key(*self.meaning, self.column)


def association_key(association_type: str, origin: str, destination: str, column: str = "") -> str:
    """From which the identifier of an association is made."""
    return f"{association_type} {origin} {destination} {column}".rstrip()


def pop_parent_association(
    values: dict[str, str], item_table: ItemTable, identifier: str, identifiers: PackageIdentifiers
) -> ColumnAssociation:
    """The association with the parent, or with the document.

    :param values: the columns of the item, from which those that it expresses are removed.
    :param identifier: of the item.
    """
    column = item_table.parent_column
    parent = None
    if column in values:
        parent = identifiers.find_related(item_table.table, column, values[column])
    if parent:
        del values[column]
        if item_table.parent_association == HAS_SKILL_LEVEL:
            return ColumnAssociation(HAS_SKILL_LEVEL, parent["identifier"], identifier)
    destination = parent or identifiers.document
    return ColumnAssociation(
        IS_CHILD_OF,
        identifier,
        destination["identifier"],
        int(values.pop("position")) if "position" in values else None,
        is_to_document=parent is None,
    )


def pop_related_associations(
    values: dict[str, str], item_table: ItemTable, identifier: str, identifiers: PackageIdentifiers
) -> list[ColumnAssociation]:
    """The associations with related items of the package.

    :param values: the columns of the item, in which only references to other items are left.
    :param identifier: of the item.
    """
    associations = []
    for column in item_table.related_columns:
        other_keys = []
        keys = dict.fromkeys(values.pop(column, "").split(LIST_MARK))
        for key in keys:
            related = identifiers.find_related(item_table.table, column, key)
            if related:
                destination = related["identifier"]
                associations.append(
                    ColumnAssociation(IS_RELATED_TO, identifier, destination, column=column)
                )
            elif key:
                other_keys.append(key)
        if other_keys:
            values[column] = LIST_MARK.join(other_keys)
    return associations


def order_associations(
    item_table: ItemTable, rows: ExportRows, identifiers: PackageIdentifiers
) -> list[ColumnAssociation]:
    """Which item precedes which, where only the position of the rows says it.

    Levels of a ladder with moves are left out, because moves are associations already.
    """
    if item_table.table not in ORDERED_TABLES:
        return []
    ladders_with_moves = set()
    if item_table.table is LEVELS:
        for move in rows.in_table(LEVEL_MOVES):
            ladders_with_moves.add(move.values["from_level"].rpartition("/")[0])
    associations = []
    for lower, upper in pairwise(rows.in_table(item_table.table)):
        parent = lower.values.get(item_table.parent_column, "")
        upper_parent = upper.values.get(item_table.parent_column, "")
        if parent == upper_parent and parent not in ladders_with_moves:
            origin = identifiers.of_item(lower)["identifier"]
            destination = identifiers.of_item(upper)["identifier"]
            associations.append(ColumnAssociation(PRECEDES, origin, destination, is_derived=True))
    return associations


def row_association(
    row: ExportRow,
    association_table: AssociationTable,
    identifiers: PackageIdentifiers,
    definitions: Definitions,
    links: Mapping[str, Object],
) -> Object:
    """The association for a row of a table of associations.

    :param links: to the objects of the package, by identifier.
    """
    values = dict(row.values)
    table = row.table
    association: Object = {
        **identifiers.of_row(row),
        "associationType": association_table.association_type,
    }
    origin = _pop_end(values, table, association_table.origin_column, identifiers, links)
    if origin is None:
        association["associationType"] = IS_RELATED_TO
        origin = links[identifiers.document["identifier"]]
    if "position" in values:
        association["sequenceNumber"] = int(values.pop("position"))
    association["originNodeURI"] = origin
    descriptor_key = f"{values.get('skill')}/{values.get('proficiency')}"
    descriptor = identifiers.find_item(SKILL_DESCRIPTORS.name, descriptor_key)
    if descriptor:
        # It expresses both columns.
        del values["skill"], values["proficiency"]
        association["destinationNodeURI"] = links[descriptor["identifier"]]
    else:
        column = association_table.destination_column
        association["destinationNodeURI"] = _pop_end(values, table, column, identifiers, links)
    if "importance" in values:
        association |= definitions.add_grouping(values.pop("importance"))
    association |= with_row_extension(row, values)
    return with_date(association, import_record(row.row), changed_at(row.row))


def _pop_end(
    values: dict[str, str],
    table: Table,
    column: str,
    identifiers: PackageIdentifiers,
    links: Mapping[str, Object],
) -> Object | None:
    """A link to the item that a column names; None, if it names none.

    The column is removed if the item is in the package.
    """
    key = values.get(column, "")
    item = identifiers.find_related(table, column, key)
    if item:
        del values[column]
        return links[item["identifier"]]
    return identifiers.link_to_other_collection(table, column, key) if key else None
