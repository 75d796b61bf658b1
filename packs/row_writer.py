"""Converts one raw row to values of its model, compares them with a stored row, and stores them."""

from collections.abc import Iterable, Iterator, Sequence, Set
from copy import copy

from django.core.exceptions import ValidationError
from django.db.models import Field

from content import Row, Untyped
from content.base_models import ContentModel, StatusModel
from content.fields import LINE_LENGTH
from content.text import normalize_newlines
from editing.versions import required_links
from file_formats.cell_text import cell, parse_items, parse_value
from packs.import_records import row_key
from packs.load_options import NO_HISTORY, LoadHistory
from packs.pack_tables import DATED, Cells
from packs.reading import RawRow
from packs.references import DeletedReference, References, UnknownReference
from packs.report import Difference
from packs.validation import validate


class RowWriter:
    """Writes one raw row into the database."""

    def __init__(
        self,
        raw: RawRow,
        instance: Row,
        references: References | None,
        status: str,
        history: LoadHistory = NO_HISTORY,
    ) -> None:
        """
        :param instance: an unsaved instance with its collection or parent, which gets the values.
        :param references: None for the collection itself, which refers to nothing.
        :param status: the status of a new row that states none.
        :raises ValidationError: by column, if a cell is not valid for its column.
        :raises DeletedReference: if the row requires a row that an editor has deleted.
        """
        self.raw = raw
        self.instance = instance
        self.references = references
        self.status = status
        self.history = history
        #: The values by field, without those of columns with several references.
        self.values: Cells = {}
        #: The rows to which columns with several references refer.
        self.related: dict[str, list[ContentModel]] = {}
        #: The cells of columns without a field.
        self.extra: Cells = {}
        #: Columns without a reference to a row that an editor has deleted.
        self.columns_without_deleted: set[str] = set()
        self._convert_cells()

    @property
    def stated_columns(self) -> Set[str]:
        """The columns that the row states and that are to be written."""
        return self.values.keys() | self.related.keys()

    def discard(self, columns: Iterable[str]) -> None:
        """Do not write these columns."""
        for name in columns:
            self.values.pop(name, None)
            self.related.pop(name, None)

    def differences(self, existing: ContentModel) -> list[str]:
        """The columns in which a stored row differs from the stated one."""
        differing = [name for name in self.values if not self._is_stored(existing, name)]
        return [*differing, *self._differing_relations(existing)]

    def changed_key(self, existing: ContentModel) -> str:
        """The key of a stored row once the values are stored in it; see `row_key`."""
        changed = copy(existing)
        for name in self.raw.table.key_names:
            if name in self.values:
                setattr(changed, name, self.values[name])
        return row_key(changed, self.raw.table)

    def _differing_relations(self, existing: ContentModel) -> Iterator[str]:
        """The columns with several references in which a stored row differs."""
        for name, rows in self.related.items():
            if _keys(getattr(existing, name).all()) != _keys(rows):
                yield name

    def _is_stored(self, existing: ContentModel, name: str) -> bool:
        value = self.values[name]
        field = self.raw.table.fields.get(name)
        if field is not None and field.is_relation:
            # Keys are compared because reading the related row would take a query.
            key = getattr(value, "pk", None)
            return bool(getattr(existing, field.attname) == key)
        stored = getattr(existing, name)
        if isinstance(stored, dict) and isinstance(value, dict):
            return _significant_extra(stored) == _significant_extra(value)
        return bool(stored == value)

    def describe(self, existing: ContentModel, columns: Iterable[str]) -> tuple[Difference, ...]:
        """The stored and the stated cells of these columns, for people."""
        differences = []
        for name in columns:
            stated = self.related[name] if name in self.related else self.values.get(name)
            stored = getattr(existing, name)
            differences.append(Difference(name, _display_text(stored), _display_text(stated)))
        return tuple(differences)

    def create(self, *, is_unique: bool = False) -> ContentModel:
        """Store a new row.

        :param is_unique: whether it is known that no stored row has the same parent and identity.
        :raises ValidationError: by field, if the row is not valid.
        """
        if isinstance(self.instance, StatusModel):
            self.instance.status = str(self.values.get("status") or self.status)
        self.history.before_write(self.instance)
        table = self.raw.table
        unique_fields: Sequence[str] = ()
        if is_unique:
            unique_fields = (table.parent or "collection", *table.identity)
        row = self._store(self.instance, self.values, unique_fields)
        self.history.created(row)
        return row

    def change(self, existing: ContentModel) -> ContentModel:
        """Store the values in an existing row.

        :raises ValidationError: by field, if the row is not valid.
        """
        self.history.before_write(existing)
        # The instance may be part of another parent than the existing row.
        self.history.before_write(self.instance)
        return self._store(existing, [*self.differences(existing), "extra"])

    def _store(
        self, row: ContentModel, names: Iterable[str], unique_fields: Sequence[str] = ()
    ) -> ContentModel:
        stated = [name for name in names if name in self.values]
        for name in stated:
            setattr(row, name, self.values[name])
        # A column that had no field at the last load was stored in `extra`.
        for name in self.raw.table.fields.keys() & stated:
            row.extra.pop(name, None)
        if stated or not row.pk:
            validate(row, unique_fields)
            row.save()
        for name in self._differing_relations(row):
            getattr(row, name).set(self.related[name])
        return row

    def _convert_cells(self) -> None:
        """Convert the cells to `values`, `related` and `extra`."""
        table = self.raw.table
        fields = table.fields
        if table.parent_key(self.instance) is not None:
            # A row that is nested in its parent states it without a column.
            self.values[table.parent] = getattr(self.instance, table.parent)
        for column in sorted(self.raw.values, key=self._conversion_order):
            name = "slug" if column == "id" and "slug" in fields else column
            if name in fields:
                self._convert(fields[name], column, self.raw.values[column])
            elif len(column) > LINE_LENGTH:
                reason = f"this column name is longer than {LINE_LENGTH} characters"
                raise ValidationError({column: reason})
            else:
                self.extra[column] = normalize_newlines(self.raw.values[column])
        if self.extra:
            self.values["extra"] = self.extra

    def _conversion_order(self, column: str) -> tuple[bool, bool]:
        """The parent is first, then the identity, since other cells may be relative to them."""
        table = self.raw.table
        return column != table.parent, column not in table.identity

    def _convert(self, field: Field, column: str, written: object) -> None:
        """
        :raises ValidationError: if the cell is not valid for its column.
        :raises DeletedReference: if the row requires a row that an editor has deleted.
        """
        if written == "" and _is_ignored_if_empty(field):
            return
        try:
            if field.many_to_many:
                self.related[field.name] = self._find_all(field, parse_items(written))
            elif field.is_relation:
                row = self._find(field, str(written)) if written else None
                self._set_value(field, row)
            else:
                self._set_value(field, parse_value(field, written))
        except DeletedReference:
            if self._is_required(field):
                raise
            self.columns_without_deleted.add(field.name)
        except UnknownReference as error:
            raise ValidationError({column: str(error)}) from error
        except ValidationError as error:
            raise ValidationError({column: error.messages}) from error

    def _set_value(self, field: Field, value: object) -> None:
        """Set a value on the instance too, since later cells may refer to rows relative to it."""
        self.values[field.name] = value
        setattr(self.instance, field.name, value)

    def _is_required(self, field: Field) -> bool:
        """Whether this row, or another one, would be deleted together with the row of the field."""
        if field.name in (self.raw.table.parent, *self.raw.table.identity):
            return True
        return field in required_links(self.raw.table.model)

    def _find_all(self, field: Field, references: Iterable[str]) -> list[ContentModel]:
        rows = []
        for reference in references:
            try:
                rows.append(self._find(field, reference))
            except DeletedReference:
                self.columns_without_deleted.add(field.name)
        return rows

    def _find(self, field: Untyped, reference: str) -> ContentModel:
        assert self.references is not None
        return self.references.find(field.related_model, reference, self.instance)


def _is_ignored_if_empty(field: Field) -> bool:
    """Whether an empty cell leaves the value of the field as it is."""
    return not field.editable or field.name == "status"


def _significant_extra(extra: Cells) -> Cells:
    """The values without a column, except those that make no difference.

    An empty cell equals a missing one, since a CSV file has all columns that any of its rows has.
    """
    return {column: value for column, value in extra.items() if value != "" and column != DATED}


def _keys(rows: Iterable[ContentModel]) -> set[int]:
    return {row.pk for row in rows}


def _display_text(value: Row) -> str:
    """A value, a related row, or several related rows, for people."""
    if hasattr(value, "all"):
        value = list(value.all())
    if isinstance(value, list):
        return ", ".join(sorted(map(str, value)))
    if hasattr(value, "_meta"):
        return str(value)
    return cell(value)
