"""In which order the rows of a question file ask their questions."""

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal

from question_files.rows import Row

NUMBERS_DECIDE = (
    "The rows stand in another order than the numbers in “position”, and the numbers decide. "
    "To take the order of the rows, empty that column."
)
ORDER_STAYS = (
    "The rows stand in another order than the questions of the set, which stays as it is. "
    "To take the order of the rows, add an empty column “position”."
)


ORDER_KEPT = (
    "The order of the questions was changed here since the file was exported, and not in the file. "
    "It stays as it is."
)
ORDER_CONFLICT = (
    "The order of the questions was changed in the file, and here since the file was exported. It "
    "stays as it is here; to take that of the file, choose “Also overwrite edits made here”."
)


def turns_of(rows: Sequence[Row], ranks: Mapping[int, int]) -> tuple[dict[Row, Decimal], str]:
    """By what the rows are sorted, and what is to be said of it; else nothing.

    :param ranks: the numbers that an export writes, by key of the item.
    """
    turns = _turns_in_file(rows, ranks)
    exported = _exported_places(rows, ranks)
    stored = {row: Decimal(ranks[row.item.pk]) for row in exported if row.item}
    if _has_same_order(exported, stored) or all(row.overwrites for row in rows):
        return turns, _note_of_dragged_rows(rows, turns, ranks)
    is_edited = not _has_same_order(exported, {row: turns[row] for row in exported})
    return _beside(rows, stored), ORDER_CONFLICT if is_edited else ORDER_KEPT


def _exported_places(rows: Sequence[Row], ranks: Mapping[int, int]) -> dict[Row, Decimal]:
    """The numbers that the export wrote into rows of questions that still are in the set.

    Rows that were copied in the file have the same version, so theirs say nothing.
    """
    times = Counter(row["version"] for row in rows)
    return {
        row: Decimal(row.version.position)
        for row in rows
        if row.item and row.item.pk in ranks
        and row.version and row.version.last_item and times[row["version"]] == 1
    }  # fmt: skip


def _has_same_order(one: Mapping[Row, Decimal], other: Mapping[Row, Decimal]) -> bool:
    return sorted(one, key=one.__getitem__) == sorted(one, key=other.__getitem__)


def _turns_in_file(rows: Sequence[Row], ranks: Mapping[int, int]) -> dict[Row, Decimal]:
    """Their numbers or, where the column of numbers was emptied, their order in the file.

    A row without a number has the place that its question had, and a new one comes right after the
    row above it.
    """
    numbers = [row.number() for row in rows]
    if _is_emptied(rows, numbers):
        return {row: Decimal(place) for place, row in enumerate(rows)}
    stated = {row: number for row, number in zip(rows, numbers, strict=True) if number is not None}
    return _beside(rows, _former_places(rows, ranks) | stated)


def _former_places(rows: Sequence[Row], ranks: Mapping[int, int]) -> dict[Row, Decimal]:
    """The places that the questions of the set had in the export or, if unknown, have now."""
    now = {row: Decimal(ranks[row.item.pk]) for row in rows if row.item and row.item.pk in ranks}
    return now | _exported_places(rows, ranks)


def _beside(rows: Sequence[Row], known: Mapping[Row, Decimal]) -> dict[Row, Decimal]:
    """The turns that are known, and those of other rows right after the row above them."""
    turns: dict[Row, Decimal] = {}
    above = Decimal(0)
    for row in rows:
        above = turns[row] = known.get(row, above)
    return turns


def _note_of_dragged_rows(
    rows: Sequence[Row], turns: Mapping[Row, Decimal], ranks: Mapping[int, int]
) -> str:
    """What to say if rows were moved in the file and something else than their order decided."""
    former = _former_places(rows, ranks)
    taken = [turns[row] for row in former]
    if list(former.values()) == sorted(former.values()) or taken == sorted(taken):
        return ""
    return NUMBERS_DECIDE if _has_column(rows) else ORDER_STAYS


def _is_emptied(rows: Sequence[Row], numbers: Sequence[Decimal | None]) -> bool:
    return _has_column(rows) and not any(number is not None for number in numbers)


def _has_column(rows: Sequence[Row]) -> bool:
    return any("position" in row.sheet_row.cells for row in rows)
