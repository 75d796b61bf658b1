"""Finds imported items that would be read as other rows than those from which they are exported.

The table, slug, position and scale of an item of another program follow from the items around it.
If one of those was edited or is not exported, an item that is written as it was imported can become
another row: a group without its skills would be read as a skill.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from content.text import normalize_newlines
from file_formats.cell_text import LIST_MARK
from interchange.case.classification import make_scales
from interchange.case.graph import ItemGraph
from interchange.case.items import Item
from interchange.case.objects import Refusals, read_document, read_package_keys
from interchange.case.round_trip import NOT_COMPARED, default_cell
from interchange.case.rows import item_row
from interchange.case.schema import HAS_SKILL_LEVEL, ItemTable
from interchange.files import Object
from interchange.packs import ExportRow
from packs.pack_tables import column_of


@dataclass(frozen=True)
class ExportedItem:
    """A row that is exported as an item."""

    row: ExportRow
    item_table: ItemTable
    #: Whether the item is written as another program wrote it.
    is_unchanged: bool


@dataclass(frozen=True)
class ReadItem:
    """An item of the exported package as it is read, and its columns."""

    item: Item
    columns: Mapping[str, object]


def misread_items(package: Object, exported: Mapping[str, ExportedItem], status: str) -> set[str]:
    """The identifiers of unchanged items that must be written with their table and columns.

    :param exported: the items of the package by identifier, in the order of their rows.
    :param status: of the collection, which its rows have unless a column says otherwise.
    """
    if not any(expected.is_unchanged for expected in exported.values()):
        return set()
    read = _read_items(package)
    misread = set(_in_another_order(exported, read))
    for identifier, expected in exported.items():
        if identifier not in read or not _is_same_row(expected, read[identifier], status):
            misread.add(identifier)
    misread.update(_levels_of(misread, read))
    return {identifier for identifier in misread if exported[identifier].is_unchanged}


def _read_items(package: Object) -> dict[str, ReadItem]:
    """The items that can be read, by identifier."""
    keys = read_package_keys(package)
    refusals = Refusals()
    graph = ItemGraph(read_document(keys["CFDocument"], "CFDocument"), refusals)
    graph.add_items(keys.get("CFItems", []))
    graph.add_associations(keys.get("CFAssociations", []))
    items = graph.join()
    make_scales(items)
    read = {}
    for item in items:
        with refusals.collect():
            _, _, columns = item_row(item, graph, "")
            read[item.identifier] = ReadItem(item, columns)
    return read


def _is_same_row(expected: ExportedItem, read: ReadItem, status: str) -> bool:
    """Whether an item is read as the row that it was exported from, apart from its position."""
    item_table = expected.item_table
    if read.item.item_table is not item_table:
        return False
    for name, field in item_table.table.fields.items():
        if name in NOT_COMPARED:
            continue
        column = column_of(name)
        default = status if name == "status" else default_cell(field)
        cell = normalize_newlines(str(read.columns.get(column, default)))
        exported_cell = expected.row.values.get(column, "")
        if field.many_to_many:
            is_same = set(cell.split(LIST_MARK)) == set(exported_cell.split(LIST_MARK))
        else:
            is_same = cell == exported_cell
        if not is_same:
            return False
    return True


def _in_another_order(
    exported: Mapping[str, ExportedItem], read: Mapping[str, ReadItem]
) -> Iterator[str]:
    """The items that would be sorted differently among those with the same table and parent."""
    siblings: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for identifier, expected in exported.items():
        has_position = "position" in expected.item_table.table.fields
        if has_position and identifier in read:
            parent = expected.row.values.get(expected.item_table.parent_column, "")
            siblings[expected.item_table.name, parent].append(identifier)
    for identifiers in siblings.values():
        rows = (exported[identifier].row.values for identifier in identifiers)
        if _ranks(rows) != _ranks(read[identifier].columns for identifier in identifiers):
            yield from identifiers


def _ranks(rows: Iterable[Mapping[str, object]]) -> list[int]:
    """The numbers of rows in their order; rows with the same position share one."""
    numbers = [int(str(row.get("position") or 0)) for row in rows]
    ranks = {number: rank for rank, number in enumerate(sorted(set(numbers)))}
    return [ranks[number] for number in numbers]


def _levels_of(skills: set[str], read: Mapping[str, ReadItem]) -> Iterator[str]:
    """The levels of these skills, from which the scales of the skills follow."""
    for identifier, read_item in read.items():
        item = read_item.item
        is_level = item.item_table.parent_association == HAS_SKILL_LEVEL
        if is_level and item.parent and item.parent.identifier in skills:
            yield identifier
