"""Three-way merge of an admin form: what was shown, what was sent, and what is stored now.

A field that the editor left alone takes what is stored now; a field that only the editor changed
takes what was sent; a field that both changed to different values is a conflict. Where several rows
are chosen, each of them is a choice of its own: what either added is there, what either took out is
not. Values are compared as a browser sends them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.forms.models import BaseInlineFormSet, model_to_dict
from django.forms.widgets import DateTimeBaseInput
from django.http import QueryDict

#: The name of the hidden input that holds what the form showed.
EDIT_STATE = "edit_state"
SALT = "editing.merging"
#: By name of the field, what a browser sends of a form that nobody touched.
Values = dict[str, Any]
Fields = Mapping[str, forms.Field]


@dataclass(frozen=True)
class Snapshot:
    """What a form showed.

    It holds the values of the row, and those of its parts by prefix of their formset and by key.

    It travels in the form, signed, so that the server needs no memory of open forms.
    """

    row: Values | None = None
    parts: dict[str, dict[str, Values]] = field(default_factory=dict)

    @classmethod
    def of(cls, form: forms.ModelForm, formsets: Iterable[BaseInlineFormSet]) -> "Snapshot":
        """What is stored now of the row and the parts that these forms edit.

        What was sent with them does not matter.
        """
        return cls(
            as_sent(form.fields, form.initial),
            {formset.prefix or "": _parts_of(formset) for formset in formsets},
        )

    @classmethod
    def read(cls, text: str, row: Model) -> "Snapshot":
        """The snapshot that `signed` wrote for this row; an empty one if it did not."""
        try:
            return cls(*signing.loads(text, salt=_salt(row)))
        except signing.BadSignature:
            return cls()

    def signed(self, row: Model) -> str:
        return signing.dumps([self.row, self.parts], salt=_salt(row), compress=True)


@dataclass(frozen=True)
class FieldConflict:
    """A field that was changed here and elsewhere."""

    name: str
    #: As a browser sends them.
    sent: Any
    stored: Any


@dataclass
class RowMerge:
    """What became of the fields of one row."""

    #: Names of fields in which what somebody else changed stays: they are as stored, or hold the
    #: choices of both.
    kept: list[str] = field(default_factory=list)
    conflicts: list[FieldConflict] = field(default_factory=list)


def merge_row(
    fields: Fields, stored: Values, shown: Values | None, data: QueryDict, prefix: str = ""
) -> RowMerge:
    """Merge what was sent of one row, and write what stays as it is stored into `data`.

    :param stored, shown: what a form shows of the row now, and what it showed; None if that is not
        known.
    :param prefix: of the names in `data`.
    """
    merge = RowMerge()
    for name, now in stored.items():
        sent = sent_value(fields[name], data, prefix + name)
        if is_same(fields[name], sent, now):
            continue
        if shown is None or name not in shown:
            merge.conflicts.append(FieldConflict(name, sent, now))
        elif is_same(fields[name], sent, shown[name]):
            merge.kept.append(name)
            write(data, prefix + name, now)
        elif is_same(fields[name], shown[name], now):
            continue
        elif isinstance(fields[name], forms.ModelMultipleChoiceField):
            merge.kept.append(name)
            write(data, prefix + name, _merged_choices(sent, shown[name], now))
        else:
            merge.conflicts.append(FieldConflict(name, sent, now))
    return merge


def _merged_choices(sent: list[str], shown: list[str], now: list[str]) -> list[str]:
    """What is chosen now, with what the editor added, and without what the editor took out.

    Both are measured by what was shown.
    """
    taken_out = {*shown} - {*sent}
    added = [each for each in sent if each not in shown and each not in now]
    return [each for each in now if each not in taken_out] + added


def changed_beside(fields: Fields, row: Model, shown: Values, data: QueryDict) -> dict[str, str]:
    """What was changed in the fields that the form showed and has no more.

    It is as a browser sends it, by their names.

    An address, for one, can be changed until the row is published.
    """
    changed = {}
    for name, before in shown.items():
        sent = data.get(name, before)
        if (
            name not in fields
            and isinstance(before, str)
            and sent not in (before, _stored_text(row, name))
        ):
            changed[name] = sent
    return changed


def _stored_text(row: Model, name: str) -> str:
    held = row.serializable_value(name)
    return "" if held is None else str(held)


def stored_values(fields: Fields, row: Model) -> Values:
    """What a form with these fields shows of this row."""
    return as_sent(fields, model_to_dict(row, list(fields)))


def as_sent(fields: Fields, initial: Mapping[str, Any]) -> Values:
    """These initial values as a browser sends them back."""
    return {name: _as_sent(each, initial[name]) for name, each in fields.items() if name in initial}


def sent_value(field: forms.Field, data: QueryDict, name: str) -> Any:
    """What was sent for a field under this name."""
    return field.widget.value_from_datadict(data, {}, name)  # type: ignore[arg-type]


def is_same(field: forms.Field, one: Any, other: Any) -> bool:
    """Whether two values, as a browser sends them, mean the same for this field."""
    if isinstance(field, forms.ModelChoiceField):
        return _keys(one) == _keys(other)
    try:
        return bool(field.to_python(one) == field.to_python(other))
    except ValidationError:
        return bool(one == other)


def is_text(field: forms.Field) -> bool:
    """Whether words are typed into this field."""
    return isinstance(field.widget, forms.TextInput | forms.Textarea)


def write(data: QueryDict, name: str, value: Any) -> None:
    """Put a value into `data` as if it had been sent."""
    if isinstance(value, list):
        data.setlist(name, value)
    elif value is False:
        data.pop(name, None)
    else:
        data[name] = "on" if value is True else value


def _as_sent(field: forms.Field, initial: Any) -> Any:
    value = field.prepare_value(initial)
    if isinstance(field, forms.ModelMultipleChoiceField):
        return [str(each) for each in value or ()]
    if isinstance(field.widget, forms.CheckboxInput):
        return bool(value)
    if isinstance(field.widget, DateTimeBaseInput):
        value = field.widget.format_value(value)
    return "" if value is None else str(value)


def _keys(value: Any) -> set[str]:
    values = value if isinstance(value, list) else [value]
    return {str(each) for each in values if each not in (None, "")}


def _parts_of(formset: BaseInlineFormSet) -> dict[str, Values]:
    """By key.

    The rows of bound forms may have been changed in memory, so their values are those of before.
    """
    fields = formset.form.base_fields
    values = {str(row.pk): row for row in formset.get_queryset()}
    shown = {str(form.instance.pk): as_sent(fields, form.initial) for form in formset.initial_forms}
    return {
        key: shown[key] if key in shown else stored_values(fields, row)
        for key, row in values.items()
    }


def _salt(row: Model) -> str:
    return f"{SALT}.{row._meta.label}.{row.pk}"
