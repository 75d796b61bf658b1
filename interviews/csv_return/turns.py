"""In which order the rows of a question file ask their questions."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from interviews.csv_return.rows import Row

NUMBERS_DECIDE = (
    "The rows stand in another order than the numbers in “position”, and the numbers decide. "
    "To take the order of the rows, empty that column."
)
ORDER_STAYS = (
    "The rows stand in another order than the questions of the set, which stays as it is. "
    "To take the order of the rows, add an empty column “position”."
)


def turns_of(rows: Sequence[Row], ranks: Mapping[int, int]) -> dict[Row, Decimal]:
    """By what the rows are sorted.

    That is their numbers or, where the column of numbers was emptied, their order in the file.

    A row without a number has the place that its question had, and a new one comes right after the
    row above it.

    :param ranks: the numbers that an export writes, by key of the item.
    """
    numbers = [row.number() for row in rows]
    if _is_emptied(rows, numbers):
        return {row: Decimal(place) for place, row in enumerate(rows)}
    turns: dict[Row, Decimal] = {}
    above = Decimal(0)
    for row, number in zip(rows, numbers, strict=True):
        rank = ranks.get(row.item.pk) if row.item else None
        above = number if number is not None else Decimal(rank) if rank else above
        turns[row] = above
    return turns


def order_note(rows: Sequence[Row], turns: Mapping[Row, Decimal], ranks: Mapping[int, int]) -> str:
    """What to say if rows were moved in the file and something else than their order decided."""
    known = [row for row in rows if row.item and row.item.pk in ranks]
    stored = [ranks[row.item.pk] for row in known if row.item]
    taken = [turns[row] for row in known]
    if stored == sorted(stored) or taken == sorted(taken):
        return ""
    return NUMBERS_DECIDE if _has_column(rows) else ORDER_STAYS


def _is_emptied(rows: Sequence[Row], numbers: Sequence[Decimal | None]) -> bool:
    return _has_column(rows) and not any(number is not None for number in numbers)


def _has_column(rows: Sequence[Row]) -> bool:
    return any("position" in row.sheet_row.cells for row in rows)
