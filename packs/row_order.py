"""Whether the rows of a table were put into another order than the one in which they are shown."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from content.numbers import whole_number
from packs.pack_tables import Table
from packs.reading import RawRow, UnreadableFile

POSITION = "position"
#: Owners of rows that a note names.
NAMED = 5
FIRST = "; a row without one comes first"


def order_notes(table: Table, rows: Iterable[RawRow | UnreadableFile]) -> Iterator[str]:
    """What is to be said of rows that stand below each other in a sheet, but not by their numbers.

    In a spreadsheet rows are easily dragged and added, and the numbers stay behind, or there are
    none.
    """
    positions: defaultdict[str, list[int | None]] = defaultdict(list)
    for row in rows if POSITION in table.fields else ():
        if isinstance(row, RawRow) and _is_of_sheet(row) and POSITION in row.values:
            positions[_owner(row)].append(whole_number(str(row.values[POSITION])))
    empty = [owner for owner, found in positions.items() if len(found) > 1 and set(found) == {None}]
    if empty:
        yield (
            f"{_rows_of(table, empty)} have no number in “{POSITION}”, so their order is not taken"
        )
    moved = [
        owner
        for owner, found in positions.items()
        if not _is_sorted([number or 0 for number in found])
    ]
    if moved:
        order = f"in another order than the numbers in “{POSITION}”, and the numbers decide"
        first = any(None in positions[owner] for owner in moved)
        yield f"{_rows_of(table, moved)} stand {order}{FIRST if first else ''}"


def kept_order_note(table: Table, loaded: Iterable[tuple[RawRow, Any]]) -> str:
    """What to say of rows of a sheet without positions that stand there in another order than here.

    :param loaded: the rows in the order of the sheet, each with what is stored now.
    """
    if POSITION not in table.fields:
        return ""
    positions: defaultdict[str, list[int]] = defaultdict(list)
    for raw, row in loaded:
        if _is_of_sheet(raw) and POSITION not in raw.values:
            positions[_owner(raw)].append(row.position)
    moved = [owner for owner, found in positions.items() if not _is_sorted(found)]
    order = f"in another order than here, which stays: the file has no column “{POSITION}”"
    return f"{_rows_of(table, moved)} stand {order}" if moved else ""


def _is_sorted(numbers: list[int]) -> bool:
    return numbers == sorted(numbers)


def _is_of_sheet(row: RawRow) -> bool:
    return row.place.startswith(f"{row.table.name}.csv ")


def _owner(row: RawRow) -> str:
    return str(row.values.get(row.table.parent, ""))


def _rows_of(table: Table, owners: list[str]) -> str:
    of = f" of {', '.join(owners[:NAMED])}" if table.parent else ""
    more = f" and {len(owners) - NAMED} more" if len(owners) > NAMED else ""
    return f"{table.name}.csv: the rows{of}{more}"
