"""Rows put in the order of a file."""

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Any

from question_files.storing import store


def put_in_order(rows: Sequence[Any], before: Sequence[Any]) -> bool:
    """Number these rows by their order, if it is another than they had among those before.

    Returns whether any got a number.
    """
    wanted = [row.pk for row in rows]
    if [row.pk for row in before if row.pk in wanted] == wanted:
        return False
    numbers = {
        position: row for position, row in enumerate(rows, start=1) if row.position != position
    }
    for position, row in numbers.items():
        store(row, {"position": position})
    return bool(numbers)


def into_places(wanted: Sequence[Any], all_rows: Sequence[Any]) -> list[Any]:
    """All rows, those that are wanted in this order among each other, the rest where they are."""
    known = {row.pk for row in all_rows}
    places = iter([row for row in wanted if row.pk in known])
    chosen = {row.pk for row in wanted}
    return [next(places) if row.pk in chosen else row for row in all_rows]


def moved(before: Sequence[int], after: Sequence[int]) -> set[int]:
    """The keys that have changed places, as few as explain it."""
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    stayed = {key for block in blocks for key in before[block.a : block.a + block.size]}
    return set(before) - stayed
