"""Turns one raw row into a validated, stored row of its model."""

from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from content.gate import Lifecycle
from content.packs.reading import RawRow
from content.packs.references import References, UnknownReference

TRUTH = {"true": True, "false": False}
LIST_MARK = "|"


class RowWriter:
    """One raw row on its way into the database."""

    def __init__(self, raw: RawRow, fresh: Any, references: References | None, status: str) -> None:
        """
        :param fresh: an unsaved row that knows its owner.
        :param references: finds other rows; None for the collection itself, which refers to nothing.
        :param status: the publishing state of new rows that state none.
        """
        self.raw = raw
        self.fresh = fresh
        self.references = references
        self.status = status
        self.related: dict[str, list[Any]] = {}
        #: What no column holds.
        self.extra: dict[str, Any] = {}

    def write(self) -> tuple[str, Any]:
        """Store the row if it is new or differs.

        :returns: ``created``, ``changed`` or ``unchanged``, and the stored row.
        :raises ValidationError: by column, for the model's own reasons or the pack's.
        """
        values = self._values()
        row = self._stored()
        is_new = row is None
        row = row or self._new()
        changed = [name for name, value in values.items() if is_new or getattr(row, name) != value]
        if changed:
            for name in changed:
                setattr(row, name, values[name])
            _validate(row)
            row.save()
        linked = self._link(row)
        return "created" if is_new else "changed" if changed or linked else "unchanged", row

    def _new(self) -> Any:
        if isinstance(self.fresh, Lifecycle):
            self.fresh.status = self.status
        return self.fresh

    def _values(self) -> dict[str, Any]:
        """The columns of the row as Python values; what no column holds goes into `extra`."""
        values: dict[str, Any] = {}
        for column, written in sorted(self.raw.values.items(), key=self._turn):
            name = "slug" if column == "id" and "slug" in self._columns else column
            if name in self._columns:
                self._take(name, column, written, values)
            elif hasattr(self.fresh, "extra"):
                self.extra[column] = written
            else:
                raise ValidationError({column: "unknown column"})
        return values | {"extra": self.extra} if self.extra else values

    def _turn(self, cell: tuple[str, Any]) -> tuple[bool, bool]:
        """The owner comes first, then what tells the row; the other cells may be looked up beside them."""
        table = self.raw.table
        return cell[0] != table.parent, cell[0] not in table.identity

    @property
    def _columns(self) -> set[str]:
        table = self.raw.table
        state = {"status"} if isinstance(self.fresh, Lifecycle) else set()
        return {*table.columns, *table.identity, *state, table.parent} - {""}

    def _take(self, name: str, column: str, written: Any, values: dict[str, Any]) -> None:
        """Convert one cell. Relations are set on the fresh row too: later cells may be looked up beside them."""
        model_field = self.fresh._meta.get_field(name)
        try:
            if model_field.many_to_many:
                self.related[name] = [self._find(model_field, reference) for reference in _listed(written)]
                return
            values[name] = self._find(model_field, written) if model_field.is_relation else _plain(model_field, written)
        except (UnknownReference, ValidationError) as error:
            raise ValidationError({column: getattr(error, "messages", str(error))}) from error
        setattr(self.fresh, name, values[name])

    def _find(self, model_field: Any, reference: Any) -> Any:
        assert self.references is not None
        if not reference:
            return None
        return self.references.find(model_field.related_model, str(reference), self.fresh)

    def _stored(self) -> Any:
        """The row that is there already, by the table's identity within its owner."""
        table = self.raw.table
        owner = table.parent or ("collection" if table.is_owned else "")
        names = {*table.identity, owner} - {""}
        columns = [self.fresh._meta.get_field(name).attname for name in names]
        return (
            table.model._default_manager.filter(**{name: getattr(self.fresh, name) for name in columns})
            .order_by("pk")
            .first()
        )

    def _link(self, row: Any) -> bool:
        """Set the many-to-many relations; whether anything changed."""
        changed = False
        for name, wanted in self.related.items():
            manager = getattr(row, name)
            if set(manager.all()) != set(wanted):
                manager.set(wanted)
                changed = True
        return changed


def _validate(row: Any) -> None:
    """As `full_clean`, but the rows it refers to are not looked up again: they were found or made just now.

    :raises ValidationError: with all that is wrong, by field.
    """
    known = {field.name for field in row._meta.fields if field.is_relation and _is_at_hand(field, row)}
    errors: dict[str, Any] = {}
    cells = partial(row.full_clean, validate_unique=False, validate_constraints=False)
    for check, exclude in ((cells, known), (row.validate_unique, errors), (row.validate_constraints, errors)):
        try:
            check(exclude=set(exclude))
        except ValidationError as error:
            error.update_error_dict(errors)
    if errors:
        raise ValidationError(errors)


def _is_at_hand(field: Any, row: Any) -> bool:
    return field.is_cached(row) and getattr(row, field.name) is not None


def _listed(written: Any) -> list[str]:
    """The items of a list, written as a list or in one cell."""
    items = _texts(written) if isinstance(written, list) else str(written or "").split(LIST_MARK)
    return [item.strip() for item in items if item.strip()]


def _texts(written: list[Any]) -> list[str]:
    if not all(isinstance(item, str) for item in written):
        raise ValidationError("expected a list of texts")
    return written


def _plain(model_field: Any, written: Any) -> Any:
    """A text as the field's own kind of value; an empty one as the field's empty value."""
    if isinstance(written, list):
        return "\n".join(_texts(written))
    if isinstance(written, dict):
        raise ValidationError("expected a text, not a mapping")
    if written == "" and not isinstance(model_field, (models.CharField, models.TextField)):
        return None if model_field.null else model_field.get_default()
    if isinstance(model_field, models.BooleanField):
        written = TRUTH.get(str(written).lower(), written)
    return model_field.to_python(written)
