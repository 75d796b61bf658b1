"""The order in which the rows of a question file ask their questions."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from difflib import SequenceMatcher
from operator import attrgetter
from typing import TypeVar

from django.db.models import Model

from interviews.models import SetItem
from question_files.rows import ImportRow

RowT = TypeVar("RowT", bound=Model)
#: What rows are sorted by.
Positions = Mapping[ImportRow, Decimal]

NUMBERS_DECIDE = (
    "The rows are in a different order than the numbers in “position”, and the numbers are used. "
    "To use the order of the rows, clear that column."
)
ORDER_STAYS = (
    "The rows are in a different order than the questions of the set, and the order of the set "
    "is kept. To use the order of the rows, add an empty column “position”."
)
ORDER_KEPT = (
    "The order of the questions was changed here since the file was exported, and not in the "
    "file. It is kept."
)
ORDER_CONFLICT = (
    "The order of the questions was changed in the file, and also here since the file was "
    "exported. The order here is kept; to use that of the file, choose “Also overwrite edits "
    "made here.”"
)


class RowOrder:
    """Positions of the rows, and a note for the report if they may surprise the editor."""

    def __init__(self, rows: Sequence[ImportRow], stored: Mapping[SetItem | None, Decimal]) -> None:
        """
        :param stored: the positions that an export would write, by item. Those of items that it
            leaves out are between two others.
        """
        self._rows = rows
        self._stored = {row: stored[row.item] for row in rows if row.item in stored}
        self._exported = self._exported_positions()
        #: Of rows whose question was in the set: the exported position or, if unknown, the stored.
        self._former = self._stored | self._exported
        self._in_file = self._positions_in_file()
        self.positions, self.note = self._decide()

    def _exported_positions(self) -> dict[ImportRow, Decimal]:
        """The positions that the export wrote, of questions that are still in the set.

        Rows that were copied in the file have the same version, which does not say which of them
        was exported.
        """
        numbers = Counter(row["version"] for row in self._rows)
        positions = {}
        for row in self._stored:
            if row.set_version and numbers[row["version"]] == 1:
                positions[row] = Decimal(row.set_version.position)
        return positions

    def _positions_in_file(self) -> dict[ImportRow, Decimal]:
        """The numbers of the file or, if that column was emptied, the order of its rows.

        A row without a number has its former position, or follows the row above it if it has none.
        """
        numbers: dict[ImportRow, Decimal] = {}
        for row in self._rows:
            number = row.position()
            if number is not None:
                numbers[row] = number
        if self._has_column() and not numbers:
            return {row: Decimal(index) for index, row in enumerate(self._rows)}
        return self._completed(self._former | numbers)

    def _completed(self, known: Positions) -> dict[ImportRow, Decimal]:
        """Known positions, and for all other rows that of the row above."""
        positions: dict[ImportRow, Decimal] = {}
        above = Decimal(0)
        for row in self._rows:
            above = known.get(row, above)
            positions[row] = above
        return positions

    def _decide(self) -> tuple[dict[ImportRow, Decimal], str]:
        """Edits of the order in the file count, unless another order was also chosen here.

        Both orders agree if the file is imported again after it has changed the order here.
        """
        is_edited_here = not _is_same_order(self._exported, self._stored)
        has_stored_order = _is_same_order(self._stored, self._in_file)
        is_conflict = is_edited_here and not has_stored_order
        if not is_conflict or all(map(attrgetter("overwrites"), self._rows)):
            return self._in_file, self._note_of_moved_rows()
        positions = self._completed(self._stored)
        if _is_same_order(self._exported, self._in_file):
            return positions, ORDER_KEPT
        return positions, ORDER_CONFLICT

    def _note_of_moved_rows(self) -> str:
        """The note if rows were moved in the file, but not their order decides."""
        former = list(self._former.values())
        chosen = list(map(self._in_file.__getitem__, self._former))
        if former == sorted(former) or chosen == sorted(chosen):
            return ""
        return NUMBERS_DECIDE if self._has_column() else ORDER_STAYS

    def _has_column(self) -> bool:
        """Whether the file has a column with positions, which may be empty."""
        return any("position" in row.sheet_row.cells for row in self._rows)


def _is_same_order(rows: Positions, other: Positions) -> bool:
    """Whether both positions sort the rows of the first in the same order."""
    return sorted(rows, key=rows.__getitem__) == sorted(rows, key=other.__getitem__)


def reordered(ordered: Sequence[RowT], siblings: Sequence[RowT]) -> list[RowT]:
    """All siblings, where the ordered ones have this order and each other one follows the row that
    it followed before.
    """
    is_ordered = set(ordered).__contains__
    followers: defaultdict[RowT | None, list[RowT]] = defaultdict(list)
    previous = None
    for row in siblings:
        if is_ordered(row):
            previous = row
        else:
            followers[previous].append(row)
    rows = list(followers[None])
    for row in ordered:
        rows += [row, *followers[row]]
    return rows


def moved_keys(before: Sequence[int], after: Sequence[int]) -> set[int]:
    """The fewest keys whose moves explain the new order. Keys that are not in both are ignored."""
    in_both = set(before) & set(after)
    before = list(filter(in_both.__contains__, before))
    after = list(filter(in_both.__contains__, after))
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    moved = set(before)
    for block in matcher.get_matching_blocks():
        moved.difference_update(before[block.a : block.a + block.size])
    return moved
