"""Notes about rows of a CSV file whose order differs from the order in which they are displayed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from content import Row
from content.numbers import whole_number
from file_formats.errors import UnreadableFile
from packs.pack_tables import Table
from packs.reading import RawRow

POSITION = "position"
#: Parents that a note names.
MAX_NAMED_PARENTS = 5
#: The positions of rows in their order, by the parent of the rows. None is not a number.
Positions = defaultdict[str, list[int | None]]


def position_notes(table: Table, rows: Iterable[RawRow | UnreadableFile]) -> Iterator[str]:
    """Notes about rows of a file that are not in the order of their positions, or have none.

    Spreadsheets make it easy to move and add rows without renumbering them.
    """
    positions = _stated_positions(rows)
    unnumbered = []
    for parent, numbers in positions.items():
        if len(numbers) > 1 and set(numbers) == {None}:
            unnumbered.append(parent)
    if unnumbered:
        yield (
            f"{_rows_of(table, unnumbered)} have no number in “{POSITION}”, so their order was "
            "ignored"
        )
    unsorted = _unsorted_parents(positions)
    if unsorted:
        note = (
            f"{_rows_of(table, unsorted)} are in a different order than the numbers in "
            f"“{POSITION}”; the numbers were used"
        )
        if any(None in positions[parent] for parent in unsorted):
            note += ", and rows without a number come first"
        yield note


def stored_order_notes(table: Table, loaded: Mapping[Row, RawRow]) -> Iterator[str]:
    """A note about rows of a file without positions in another order than the stored one.

    :param loaded: the stored rows of all tables, in the order of the files.
    """
    positions: Positions = defaultdict(list)
    for row, raw in loaded.items():
        if raw.table is table and _is_ordered(raw) and POSITION not in raw.values:
            positions[_parent(raw)].append(row.position)
    unsorted = _unsorted_parents(positions)
    if unsorted:
        yield (
            f"{_rows_of(table, unsorted)} are in a different order than here; the order here was "
            f"kept because the file has no column “{POSITION}”"
        )


def _stated_positions(rows: Iterable[RawRow | UnreadableFile]) -> Positions:
    """The positions in the CSV file."""
    positions: Positions = defaultdict(list)
    for row in rows:
        if isinstance(row, RawRow) and _is_ordered(row) and POSITION in row.values:
            positions[_parent(row)].append(whole_number(str(row.values[POSITION])))
    return positions


def _unsorted_parents(positions: Positions) -> list[str]:
    """The parents of rows that are not in the order of their positions, where None counts as 0."""
    parents = []
    for parent, numbers in positions.items():
        values = [number or 0 for number in numbers]
        if values != sorted(values):
            parents.append(parent)
    return parents


def _is_ordered(row: RawRow) -> bool:
    """Whether the row is a line of a CSV file of a table with positions."""
    is_from_csv = row.location.startswith(f"{row.table.name}.csv ")
    return is_from_csv and POSITION in row.table.fields


def _parent(row: RawRow) -> str:
    """The id of the parent, as the file writes it; empty in a table without parents."""
    return str(row.values.get(row.table.parent, ""))


def _rows_of(table: Table, parents: list[str]) -> str:
    """The beginning of a note: the rows, and the first of their parents."""
    text = f"{table.name}.csv: the rows"
    if table.parent:
        text += f" of {', '.join(parents[:MAX_NAMED_PARENTS])}"
    if len(parents) > MAX_NAMED_PARENTS:
        text += f" and {len(parents) - MAX_NAMED_PARENTS} more"
    return text
