"""Three-way merge of the rows of an inline.

Fields merge as in `merging`, and so do rows that were added, deleted or reordered.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

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
    sent_value,
    stored_values,
    write,
)

DELETE = "DELETE"
#: In place of the key of a stored row that was sent without one.
NO_KEY = "none"


@dataclass
class SentRow:
    """One row as it was sent."""

    #: Its number in the data that was sent.
    number: int
    #: The key of the stored row that it is about; empty for a new one.
    key: str
    is_deleted: bool = False
    #: Whether it was deleted elsewhere while the editor changed it; it is offered as a new row
    #: then.
    is_orphan: bool = False


class PartsMerge:
    """The merge of one inline.

    :param shown: what the form showed of each row, by key.
    :param order_field: the field that holds the place of a row; empty where rows are not put in
        order by hand.
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
        self.fields = {name: each for name, each in fields.items() if name != order_field}
        self.text_fields = [name for name, each in self.fields.items() if is_text(each)]
        self.rows = {str(row.pk): row for row in rows}
        self.stored = {key: stored_values(fields, row) for key, row in self.rows.items()}
        self.shown = shown
        self.sent = data
        self.prefix = prefix
        self.order_field = order_field
        self.can_add = can_add
        #: The merge of each row that stays, by its number in `data`, and by key of those that are
        #: to be deleted.
        self.merges: dict[int, RowMerge] = {}
        self.deletions: dict[str, RowMerge] = {}
        #: Rows that were deleted elsewhere and changed here: numbers of those that are offered as
        #: new rows, and what was typed in those that cannot be added anew.
        self.orphans: list[int] = []
        self.lost: list[str] = []
        self.is_order_conflict = False
        #: Whether somebody else added rows, deleted rows or put them in another order.
        self.kept_rows = bool(shown) and set(shown) != set(self.rows)
        self.kept_order = False
        #: What is to be read in place of what was sent.
        self.data = self._merge()

    def _merge(self) -> QueryDict:
        sent = self._sent_rows()
        if sent is None:
            return self.sent
        known = [row for row in sent if row.key in self.rows]
        new = [row for row in sent if row.key not in self.rows and self._is_wanted(row)]
        data = self._renumbered([*known, *new], len(known))
        for number, row in enumerate(known):
            self._merge_known(number, row, data)
        self.orphans = [number for number, row in enumerate([*known, *new]) if row.is_orphan]
        if self.order_field:
            self._merge_order(known, bool(new), data)
        return data

    def _sent_rows(self) -> list[SentRow] | None:
        """The rows that were sent, those first that were stored; None if that cannot be told."""
        counts = [
            self.sent.get(f"{self.prefix}-{name}", "") for name in ("INITIAL_FORMS", "TOTAL_FORMS")
        ]
        if not all(count.isdecimal() and len(count) < 5 for count in counts):
            return None
        initial, total = map(int, counts)
        return [self._sent_row(number, is_stored=number < initial) for number in range(total)]

    def _sent_row(self, number: int, *, is_stored: bool) -> SentRow:
        key = self.sent.get(f"{self.prefix}-{number}-id") or NO_KEY if is_stored else ""
        return SentRow(number, key, is_deleted=f"{self.prefix}-{number}-{DELETE}" in self.sent)

    def _is_wanted(self, row: SentRow) -> bool:
        """Whether a row that is not stored is to be stored."""
        if not row.key:
            return not any(
                self._says(row, self.stored[key]) for key in self.rows if key not in self.shown
            )
        row.is_orphan = not row.is_deleted and not (
            row.key in self.shown and self._says(row, self.shown[row.key])
        )
        if row.is_orphan and not self.can_add:
            self.lost.append(self._typed(row))
            return False
        return row.is_orphan

    def _typed(self, row: SentRow) -> str:
        """The words of a row that was sent."""
        sent = [
            self.sent.get(f"{self.prefix}-{row.number}-{name}", "") for name in self.text_fields
        ]
        return ", ".join(filter(None, sent))

    def _says(self, row: SentRow, values: Values) -> bool:
        """Whether the row was sent with these values."""
        begin = f"{self.prefix}-{row.number}-"
        return all(
            is_same(each, sent_value(each, self.sent, begin + name), values[name])
            for name, each in self.fields.items()
            if name in values
        )

    def _renumbered(self, rows: Sequence[SentRow], known: int) -> QueryDict:
        """The data with these rows only, numbered in this order."""
        data = self.sent.copy()
        places = {str(row.number): place for place, row in enumerate(rows)}
        names = [name for name in self.sent if self._numbered(name)[0].isdecimal()]
        for name in names:
            del data[name]
        for name in names:
            number, field = self._numbered(name)
            if number in places:
                data.setlist(f"{self.prefix}-{places[number]}-{field}", self.sent.getlist(name))
        for row in rows:
            if row.is_orphan:
                data.pop(f"{self.prefix}-{places[str(row.number)]}-id", None)
        data[f"{self.prefix}-INITIAL_FORMS"] = str(known)
        data[f"{self.prefix}-TOTAL_FORMS"] = str(len(rows))
        return data

    def _numbered(self, name: str) -> tuple[str, str]:
        """The number of the row and the name of the field in this name of the data.

        They are empty if it has none.
        """
        begin = f"{self.prefix}-"
        number, _, field = (
            name.removeprefix(begin).partition("-") if name.startswith(begin) else ("", "", "")
        )
        return number, field

    def _merge_known(self, number: int, row: SentRow, data: QueryDict) -> None:
        stored = {
            name: self.stored[row.key][name] for name in self.fields if name in self.stored[row.key]
        }
        shown = self.shown.get(row.key)
        if row.is_deleted:
            changed = merge_row(self.fields, stored, shown, data.copy(), f"{self.prefix}-{number}-")
            if changed.kept or changed.conflicts:
                self.deletions[row.key] = changed
            return
        self.merges[number] = merge_row(
            self.fields, stored, shown, data, f"{self.prefix}-{number}-"
        )

    def _merge_order(self, known: Sequence[SentRow], has_new: bool, data: QueryDict) -> None:
        """The order is one value: the places of rows mean nothing one by one."""
        name = self.order_field
        keys = [row.key for row in known if row.key in self.shown]
        names = {row.key: f"{self.prefix}-{number}-{name}" for number, row in enumerate(known)}
        sent = {key: _number(data.get(names[key])) for key in keys}
        shown = {key: _number(self.shown[key].get(name)) for key in keys}
        now = {key: _number(self.stored[key].get(name)) for key in keys}
        if now == shown or sent == now:
            return
        if sent == shown or (_ranked(sent) == _ranked(shown) and not has_new):
            self.kept_order = True
            for key in keys:
                write(data, names[key], str(now[key]))
        elif _ranked(now) not in (_ranked(shown), _ranked(sent)):
            self.is_order_conflict = True


def _number(value: Any) -> int:
    """The place that was sent or stored; 0 for what can be none."""
    return whole_number(str(value)) or 0


def _ranked(places: dict[str, int]) -> list[str]:
    """The keys in the order of their places."""
    return sorted(places, key=lambda key: (places[key], int(key) if key.isdecimal() else 0))
