"""Three-way merge of the rows of an inline.

Fields merge as in `merging`; rows that were added, deleted or reordered merge as well.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Model
from django.http import QueryDict

from content.numbers import whole_number
from editing.merging import (
    Fields,
    RowMerge,
    Values,
    is_same,
    is_text,
    merge_row,
    set_value,
    stored_values,
    submitted_value,
)

DELETE = "DELETE"
#: Used as the key of a stored row that was submitted without one.
NO_KEY = "none"
#: The most digits of a number of submitted rows.
COUNT_DIGITS = 4


@dataclass
class SubmittedRow:
    """One row as it was submitted."""

    #: Its number in the submitted data.
    number: int
    #: The key of the stored row; empty for a new one.
    key: str
    is_deleted: bool = False
    #: Whether someone else deleted the row while the editor changed it. The form then offers it as
    #: a new row.
    is_deleted_elsewhere: bool = False


class InlineMerge:
    """The merge of one inline.

    :param shown: the values that the form showed of each row, by key.
    :param order_field: the field with the position of a row; empty if editors do not order the
        rows.
    :param can_add: whether the inline takes new rows.
    """

    def __init__(
        self,
        fields: Fields,
        rows: Iterable[Model],
        shown: dict[str, Values],
        data: QueryDict,
        prefix: str,
        order_field: str = "",
        *,
        can_add: bool = True,
    ) -> None:
        self.fields = dict(fields)
        self.fields.pop(order_field, None)
        self.rows = {str(row.pk): row for row in rows}
        self.stored = {key: stored_values(fields, row) for key, row in self.rows.items()}
        self.shown = shown
        self.submitted = data
        self.prefix = prefix
        self.order_field = order_field
        self.can_add = can_add
        #: The merge of each remaining row, by its number in `merged_data`.
        self.row_merges: dict[int, RowMerge] = {}
        #: By key, rows to be deleted that someone else has changed.
        self.deletion_conflicts: dict[str, RowMerge] = {}
        #: Numbers of the rows that someone else deleted and that are offered as new rows.
        self.rows_deleted_elsewhere: list[int] = []
        #: The submitted texts of such rows if the inline takes no new rows.
        self.lost_texts: list[str] = []
        self.has_order_conflict = False
        #: Whether someone else added or deleted rows.
        self.has_other_rows = bool(shown) and set(shown) != set(self.rows)
        #: Whether someone else changed the order of the rows, and that order stays.
        self.has_other_order = False
        #: The data for the formset to read in place of the submitted data.
        self.merged_data = self._merge()

    @property
    def has_changes_elsewhere(self) -> bool:
        """Whether the save leaves something as someone else changed it."""
        if self.has_other_rows or self.has_other_order:
            return True
        return any(merge.changed_elsewhere for merge in self.row_merges.values())

    def _merge(self) -> QueryDict:
        """The submitted data with what someone else added, changed and ordered in the meantime."""
        submitted = self._submitted_rows()
        if submitted is None:
            return self.submitted
        stored_rows = []
        new_rows = []
        for row in submitted:
            if row.key in self.rows:
                stored_rows.append(row)
            elif self._is_to_be_added(row):
                new_rows.append(row)
        data = self._renumbered_data([*stored_rows, *new_rows], len(stored_rows))
        for number, row in enumerate(stored_rows):
            self._merge_stored_row(number, row, data)
        for number, row in enumerate(new_rows, start=len(stored_rows)):
            if row.is_deleted_elsewhere:
                self.rows_deleted_elsewhere.append(number)
                data.pop(f"{self.prefix}-{number}-id", None)
        if self.order_field:
            self._merge_order(stored_rows, bool(new_rows), data)
        return data

    def _submitted_rows(self) -> list[SubmittedRow] | None:
        """The submitted rows, stored ones first; None if their numbers cannot be read."""
        stored_count = self._submitted_count("INITIAL_FORMS")
        count = self._submitted_count("TOTAL_FORMS")
        if stored_count is None or count is None:
            return None
        rows = []
        for number in range(count):
            key = ""
            if number < stored_count:
                key = self.submitted.get(f"{self.prefix}-{number}-id") or NO_KEY
            is_deleted = f"{self.prefix}-{number}-{DELETE}" in self.submitted
            rows.append(SubmittedRow(number, key, is_deleted))
        return rows

    def _submitted_count(self, name: str) -> int | None:
        """A number of the management form; None if it is missing, no number, or too large."""
        text = self.submitted.get(f"{self.prefix}-{name}") or ""
        if not text.isdecimal() or len(text) > COUNT_DIGITS:
            return None
        return int(text)

    def _is_to_be_added(self, row: SubmittedRow) -> bool:
        """Whether to store a row that is not stored now.

        Rows that someone else deleted are marked on the way.
        """
        if not row.key:  # an equal row may have been stored since the form was opened
            added = self.rows.keys() - self.shown.keys()
            return not any(self._has_values(row, self.stored[key]) for key in added)
        is_unchanged = row.key in self.shown and self._has_values(row, self.shown[row.key])
        row.is_deleted_elsewhere = not row.is_deleted and not is_unchanged
        if row.is_deleted_elsewhere and not self.can_add:
            self.lost_texts.append(self._typed_text(row))
            return False
        return row.is_deleted_elsewhere

    def _typed_text(self, row: SubmittedRow) -> str:
        """All text that was submitted for a row, separated by commas."""
        texts = []
        for name, field in self.fields.items():
            if is_text(field):
                texts.append(self.submitted.get(f"{self.prefix}-{row.number}-{name}"))
        return ", ".join(filter(None, texts))

    def _has_values(self, row: SubmittedRow, values: Values) -> bool:
        """Whether the row was submitted with these values."""
        for name in self.fields.keys() & values.keys():
            field = self.fields[name]
            submitted = submitted_value(field, self.submitted, f"{self.prefix}-{row.number}-{name}")
            if not is_same(field, submitted, values[name]):
                return False
        return True

    def _renumbered_data(self, rows: Sequence[SubmittedRow], stored_count: int) -> QueryDict:
        """The submitted data of these rows only, numbered in this order."""
        data = QueryDict(mutable=True)
        new_numbers = {str(row.number): number for number, row in enumerate(rows)}
        match_row_name = re.compile(rf"{re.escape(self.prefix)}-(\d+)-(.*)", re.DOTALL).fullmatch
        for name, values in self.submitted.lists():
            match = match_row_name(name)
            if match is None:
                data.setlist(name, values)
            elif match[1] in new_numbers:
                data.setlist(f"{self.prefix}-{new_numbers[match[1]]}-{match[2]}", values)
        data[f"{self.prefix}-INITIAL_FORMS"] = str(stored_count)
        data[f"{self.prefix}-TOTAL_FORMS"] = str(len(rows))
        return data

    def _merge_stored_row(self, number: int, row: SubmittedRow, data: QueryDict) -> None:
        """Merge one row into `data`; of a row to be deleted, note what someone else changed."""
        merged_data = data.copy() if row.is_deleted else data
        stored = dict(self.stored[row.key])
        stored.pop(self.order_field, None)
        shown = self.shown.get(row.key, {})
        merge = merge_row(self.fields, stored, shown, merged_data, f"{self.prefix}-{number}-")
        if not row.is_deleted:
            self.row_merges[number] = merge
        elif merge.names_changed_elsewhere:
            self.deletion_conflicts[row.key] = merge

    def _merge_order(self, rows: Sequence[SubmittedRow], has_new: bool, data: QueryDict) -> None:
        """Merge the order as one value, because a single position has no meaning."""
        names = self._order_field_names(rows)
        submitted = {key: _position(data.get(name)) for key, name in names.items()}
        shown = self._positions(self.shown, names)
        stored = self._positions(self.stored, names)
        if stored in (shown, submitted):
            return
        is_same_order = _keys_in_order(submitted) == _keys_in_order(shown)
        if submitted == shown or (is_same_order and not has_new):
            self.has_other_order = True
            for key, name in names.items():
                set_value(data, name, str(stored[key]))
        elif _keys_in_order(stored) not in (_keys_in_order(shown), _keys_in_order(submitted)):
            self.has_order_conflict = True

    def _order_field_names(self, rows: Sequence[SubmittedRow]) -> dict[str, str]:
        """The names of the positions in the merged data, by key of the rows that were shown."""
        names = {}
        for number, row in enumerate(rows):
            if row.key in self.shown:
                names[row.key] = f"{self.prefix}-{number}-{self.order_field}"
        return names

    def _positions(self, values: dict[str, Values], keys: Iterable[str]) -> dict[str, int]:
        return {key: _position(values[key].get(self.order_field)) for key in keys}


def _position(value: object) -> int:
    """A submitted or stored position; 0 if the value is not a position."""
    return whole_number(str(value)) or 0


def _keys_in_order(positions: dict[str, int]) -> list[str]:
    return sorted(positions, key=lambda key: (positions[key], int(key)))
