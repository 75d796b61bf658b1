"""Whether the rows of a table were put into another order than their numbers."""

from collections import defaultdict
from collections.abc import Iterable

from content.numbers import whole_number
from content.packs.reading import RawRow, Unreadable
from content.packs.tables import Table

POSITION = "position"
#: Owners of rows that a note names.
NAMED = 5


def order_note(table: Table, rows: Iterable[RawRow | Unreadable]) -> str:
    """What is to be said of rows that stand below each other in a sheet, but not by their numbers; else nothing.

    In a spreadsheet rows are easily dragged, and the numbers stay behind.
    """
    if POSITION not in table.fields:
        return ""
    positions: defaultdict[str, list[int]] = defaultdict(list)
    for row in rows:
        if not isinstance(row, RawRow) or not row.place.startswith(f"{table.name}.csv "):
            continue
        number = whole_number(str(row.values.get(POSITION, "")))
        if number is not None:
            positions[str(row.values.get(table.parent, ""))].append(number)
    moved = [owner for owner, numbers in positions.items() if numbers != sorted(numbers)]
    if not moved:
        return ""
    of = f" of {', '.join(moved[:NAMED])}" if table.parent else ""
    more = f" and {len(moved) - NAMED} more" if len(moved) > NAMED else ""
    return (
        f"{table.name}.csv: the rows{of}{more} stand in another order than the numbers in “{POSITION}”, "
        "and the numbers decide"
    )
