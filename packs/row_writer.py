"""Turns one raw row into a validated row of its model."""

from collections.abc import Collection, Iterable, Set
from typing import Any

from django.core.exceptions import ValidationError

from content.base_models import StatusModel
from content.fields import LINE_LENGTH, normalize_newlines
from editing.versions import required_links
from packs.cell_text import cell, items, value
from packs.history import NO_HISTORY, LoadHistory
from packs.pack_tables import DATED
from packs.reading import RawRow
from packs.references import DeletedReference, References, UnknownReference
from packs.report import Difference
from packs.validating import validate


class RowWriter:
    """One raw row on its way into the database."""

    def __init__(
        self,
        raw: RawRow,
        fresh: Any,
        references: References | None,
        status: str,
        history: LoadHistory = NO_HISTORY,
    ) -> None:
        """
        :param fresh: an unsaved row that knows its owner; it is given the values that are written.
        :param references: finds other rows; None for the collection itself, which refers to
            nothing.
        :param status: the publishing state of new rows that state none.
        :raises ValidationError: by column, for values that are none of the column.
        :raises DeletedReference: if the row cannot be stored without a row that was deleted here.
        """
        self.raw = raw
        self.fresh = fresh
        self.references = references
        self.status = status
        self.history = history
        self.related: dict[str, list[Any]] = {}
        #: What no column holds.
        self.extra: dict[str, Any] = {}
        #: Columns that name a row that was deleted here, which is left out.
        self.columns_with_deleted: set[str] = set()
        self.values = self._values()

    @property
    def spoken_of(self) -> Set[str]:
        """The columns that are written."""
        return self.values.keys() | self.related.keys()

    def leave(self, columns: Iterable[str]) -> None:
        """Write nothing into these columns."""
        for name in columns:
            self.values.pop(name, None)
            self.related.pop(name, None)

    def differences(self, stored: Any) -> list[str]:
        """The columns in which a stored row is not what is written."""
        differing = [
            name for name, written in self.values.items() if not self._holds(stored, name, written)
        ]
        return differing + [
            name for name, wanted in self.related.items() if _keys(stored, name) != _pks(wanted)
        ]

    def _holds(self, stored: Any, name: str, written: Any) -> bool:
        """Relations are told by their keys.

        Looked up, they would cost a query for each row that is loaded again.
        """
        field = self.raw.table.fields.get(name)
        if field is not None and field.is_relation:
            return bool(getattr(stored, field.attname) == (written.pk if written else None))
        return _is_same(getattr(stored, name), written)

    def described(self, stored: Any, columns: Iterable[str]) -> tuple[Difference, ...]:
        """What the cells of these columns hold here and in the pack."""
        return tuple(
            Difference(
                name,
                _shown(getattr(stored, name)),
                _shown(self.values.get(name, self.related.get(name))),
            )
            for name in columns
        )

    def create(self, *, is_alone: bool = False) -> Any:
        """Store a new row.

        :param is_alone: whether it is known that its owner has no row like it.
        :raises ValidationError: by column, for the model's own reasons.
        """
        if isinstance(self.fresh, StatusModel):
            self.fresh.status = self.values.get("status") or self.status
        self.history.before_write(self.fresh)
        row = self._store(self.fresh, self.values, self._told if is_alone else ())
        self.history.created(row)
        return row

    def change(self, stored: Any) -> Any:
        """Store what is written in a row that is there already.

        :raises ValidationError: by column, for the model's own reasons.
        """
        self.history.before_write(stored)
        self.history.before_write(
            self.fresh
        )  # which may be a part of another row than the stored one
        return self._store(stored, [*self.differences(stored), "extra"])

    @property
    def _told(self) -> tuple[str, ...]:
        """What tells the row from all others."""
        table = self.raw.table
        return table.parent or "collection", *table.identity

    def _store(self, row: Any, names: Iterable[str], told: Collection[str] = ()) -> Any:
        written = [name for name in names if name in self.values]
        for name in written:
            setattr(row, name, self.values[name])
        # A column that had no field when the row was last loaded was kept there.
        filled = self.raw.table.fields.keys() & written
        row.extra = {name: held for name, held in row.extra.items() if name not in filled}
        if written or not row.pk:
            validate(row, told)
            row.save()
        for name, wanted in self.related.items():
            if _keys(row, name) != _pks(wanted):
                getattr(row, name).set(wanted)
        return row

    def _values(self) -> dict[str, Any]:
        """The columns of the row as Python values; what no column holds goes into `extra`."""
        values: dict[str, Any] = {}
        fields = self.raw.table.fields
        for column, written in sorted(self.raw.values.items(), key=self._turn):
            name = "slug" if column == "id" and "slug" in fields else column
            if name in fields:
                self._take(fields[name], column, written, values)
            elif len(column) > LINE_LENGTH:
                raise ValidationError(
                    {column: f"this name of a column is longer than {LINE_LENGTH} characters"}
                )
            else:
                self.extra[column] = normalize_newlines(written)
        return values | {"extra": self.extra} if self.extra else values

    def _turn(self, written: tuple[str, Any]) -> tuple[bool, bool]:
        """The owner comes first, then what tells the row.

        The other cells may be looked up beside them.
        """
        table = self.raw.table
        return written[0] != table.parent, written[0] not in table.identity

    def _take(self, field: Any, column: str, written: Any, values: dict[str, Any]) -> None:
        """Convert one cell.

        Relations are set on the fresh row too: later cells may be looked up beside them.
        """
        if written == "" and (not field.editable or field.name == "status"):
            return
        try:
            if field.many_to_many:
                self.related[field.name] = self._find_all(field, items(written))
                return
            values[field.name] = (
                self._find(field, written) if field.is_relation else value(field, written)
            )
        except DeletedReference:
            if self._is_needed(field):
                raise
            self.columns_with_deleted.add(field.name)
            return
        except (UnknownReference, ValidationError) as error:
            raise ValidationError({column: getattr(error, "messages", str(error))}) from error
        setattr(self.fresh, field.name, values[field.name])

    def _is_needed(self, field: Any) -> bool:
        """Whether the row would be deleted, or another one, without what this field names."""
        tells = field.name in (self.raw.table.parent, *self.raw.table.identity)
        return tells or field in required_links(self.raw.table.model)

    def _find_all(self, field: Any, references: Iterable[Any]) -> list[Any]:
        found = []
        for reference in references:
            try:
                found.append(self._find(field, reference))
            except DeletedReference:
                self.columns_with_deleted.add(field.name)
        return found

    def _find(self, field: Any, reference: Any) -> Any:
        assert self.references is not None
        if not reference:
            return None
        return self.references.find(field.related_model, str(reference), self.fresh)


def _is_same(here: Any, written: Any) -> bool:
    """Of what no field holds, an empty cell is as good as none.

    A table has all columns that any of its rows has.
    """
    if isinstance(here, dict) and isinstance(written, dict):
        return _filled(here) == _filled(written)
    return bool(here == written)


def _filled(extra: dict[str, Any]) -> dict[str, Any]:
    return {column: held for column, held in extra.items() if held != "" and column != DATED}


def _keys(row: Any, name: str) -> set[int]:
    return {other.pk for other in getattr(row, name).all()}


def _pks(rows: Iterable[Any]) -> set[int]:
    return {row.pk for row in rows}


def _shown(held: Any) -> str:
    """A value for people."""
    many = list(held.all()) if hasattr(held, "all") else held if isinstance(held, list) else None
    if many is not None:
        return ", ".join(sorted(map(str, many)))
    return str(held) if hasattr(held, "_meta") else cell(held)
