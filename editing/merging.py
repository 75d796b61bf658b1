"""Three-way merge of an admin form: the values that it showed, submitted values and stored values.

A field that the editor did not change takes the stored value; a field that only the editor changed
takes the submitted value; a field that both changed to different values is a conflict. Where
several rows are chosen, each choice is merged separately: a row that either of them added is
chosen, a row that either of them removed is not. Values are compared as a browser submits them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.forms.models import BaseInlineFormSet, model_to_dict
from django.forms.widgets import DateTimeBaseInput
from django.http import QueryDict

#: The name of the hidden input with the values that the form showed.
EDIT_STATE = "edit_state"
SALT = "editing.merging"
#: A value as a browser submits it: text, the keys of several rows, or whether a box is checked.
FormValue = str | list[str] | bool
#: By name of a field, the value that a browser submits if no one changes the form.
Values = dict[str, FormValue]
Fields = Mapping[str, forms.Field]


@dataclass(frozen=True)
class Snapshot:
    """The values that a form showed: of the row, and of the rows of its inlines.

    The form carries its snapshot, signed, so that the server does not have to store open forms.
    """

    row: Values = field(default_factory=dict)
    #: By prefix of the formset, then by key of the row.
    inline_rows: dict[str, dict[str, Values]] = field(default_factory=dict)

    @classmethod
    def of(cls, form: forms.ModelForm, formsets: Iterable[BaseInlineFormSet]) -> "Snapshot":
        """The stored values of the rows that these forms edit, whatever was submitted."""
        inline_rows = {}
        for formset in formsets:
            inline_rows[formset.prefix or ""] = _initial_values_of_rows(formset)
        return cls(as_submitted(form.fields, form.initial), inline_rows)

    @classmethod
    def read(cls, text: str, row: Model) -> "Snapshot":
        """The snapshot that `signed` wrote for this row; an empty one if it did not."""
        try:
            return cls(*signing.loads(text, salt=_salt(row)))
        except signing.BadSignature:
            return cls()

    def signed(self, row: Model) -> str:
        """The snapshot as a signed text, which is valid for this row only."""
        return signing.dumps([self.row, self.inline_rows], salt=_salt(row), compress=True)


@dataclass(frozen=True)
class FieldConflict:
    """A field that the editor and someone else changed to different values."""

    name: str
    #: Both values as a browser submits them.
    submitted: FormValue | None
    stored: FormValue


@dataclass
class RowMerge:
    """The result of merging the fields of one row."""

    #: Names of fields that someone else changed. Their stored values stay, or they take the choices
    #: of both editors.
    changed_elsewhere: list[str] = field(default_factory=list)
    conflicts: list[FieldConflict] = field(default_factory=list)

    @property
    def names_changed_elsewhere(self) -> list[str]:
        """Names of all fields that someone else changed, those with a conflict last."""
        return [*self.changed_elsewhere, *(conflict.name for conflict in self.conflicts)]


def merge_row(
    fields: Fields, stored: Values, shown: Values, data: QueryDict, prefix: str = ""
) -> RowMerge:
    """Merge the submitted values of one row, and write the merged values into `data`.

    :param stored: the values that a form would show of the row now.
    :param shown: the values that the submitted form showed, as far as they are known.
    :param prefix: the beginning of the row's names in `data`.
    """
    merge = RowMerge()
    for name, stored_value in stored.items():
        form_field = fields[name]
        submitted = submitted_value(form_field, data, prefix + name)
        if is_same(form_field, submitted, stored_value):
            continue
        shown_value = shown.get(name)
        if shown_value is None:
            merge.conflicts.append(FieldConflict(name, submitted, stored_value))
        elif is_same(form_field, submitted, shown_value):
            merge.changed_elsewhere.append(name)
            set_value(data, prefix + name, stored_value)
        elif is_same(form_field, shown_value, stored_value):
            continue  # only the editor changed it
        elif isinstance(shown_value, list):
            merge.changed_elsewhere.append(name)
            set_value(data, prefix + name, _merged_choices(submitted, shown_value, stored_value))
        else:
            merge.conflicts.append(FieldConflict(name, submitted, stored_value))
    return merge


def _merged_choices(submitted: FormValue | None, shown: list[str], stored: FormValue) -> list[str]:
    """The stored choices, with those that the editor added and without those they removed."""
    submitted_keys, stored_keys = _chosen_keys(submitted), _chosen_keys(stored)
    removed = set(shown) - set(submitted_keys)
    known = {*shown, *stored_keys}
    remaining = [key for key in stored_keys if key not in removed]
    return remaining + [key for key in submitted_keys if key not in known]


def changed_frozen_values(
    fields: Fields, row: Model, shown: Values, data: QueryDict
) -> dict[str, str]:
    """Submitted changes of fields that the form showed and that can no longer be changed.

    For example, a slug can be changed until the row is published.

    :returns: the submitted values by name of the field.
    """
    changed = {}
    for name, shown_value in shown.items():
        if name in fields or not isinstance(shown_value, str):
            continue
        submitted = data.get(name, shown_value) or ""
        if submitted not in (shown_value, _text_of(row.serializable_value(name))):
            changed[name] = submitted
    return changed


def _text_of(value: object) -> str:
    """The text of an input that shows this value; empty for None."""
    return "" if value is None else str(value)


def stored_values(fields: Fields, row: Model) -> Values:
    """The values that a form with these fields shows of this row."""
    return as_submitted(fields, model_to_dict(row, list(fields)))


def as_submitted(fields: Fields, initial: Mapping[str, object]) -> Values:
    """These initial values as a browser submits them."""
    values = {}
    for name, form_field in fields.items():
        if name in initial:
            values[name] = _as_submitted(form_field, initial[name])
    return values


def submitted_value(field: forms.Field, data: QueryDict, name: str) -> FormValue | None:
    """The value that was submitted for a field under this name."""
    return field.widget.value_from_datadict(data, {}, name)


def is_same(field: forms.Field, first: object, second: object) -> bool:
    """Whether two values, as a browser submits them, mean the same for this field."""
    if isinstance(field, forms.ModelChoiceField):
        return set(_chosen_keys(first)) == set(_chosen_keys(second))
    try:
        return bool(field.to_python(first) == field.to_python(second))
    except ValidationError:
        return bool(first == second)


def is_text(field: forms.Field) -> bool:
    """Whether this field takes text that someone types."""
    return isinstance(field.widget, forms.TextInput | forms.Textarea)


def set_value(data: QueryDict, name: str, value: FormValue) -> None:
    """Write a value into `data` as if a browser had submitted it."""
    if isinstance(value, list):
        data.setlist(name, value)
    elif value is True:
        data[name] = "on"
    elif value is False:
        data.pop(name, None)
    else:
        data[name] = value


def _as_submitted(field: forms.Field, initial: object) -> FormValue:
    """An initial value as a browser submits it if no one changes it."""
    value = field.prepare_value(initial)
    if isinstance(field, forms.ModelMultipleChoiceField):
        return [str(key) for key in value or ()]
    if isinstance(field.widget, forms.CheckboxInput):
        return bool(value)
    if isinstance(field.widget, DateTimeBaseInput):
        value = field.widget.format_value(value)
    return _text_of(value)


def _chosen_keys(value: object) -> list[str]:
    """The keys in the value of a field for one row or several."""
    values = value if isinstance(value, list) else [value]
    return [str(key) for key in values if key not in (None, "")]


def _initial_values_of_rows(formset: BaseInlineFormSet) -> dict[str, Values]:
    """The values of the stored rows of a formset, by key.

    Submitted forms may have changed their rows in memory, so their initial values count.
    """
    fields = formset.form.base_fields
    initial = {}
    for form in formset.initial_forms:
        initial[str(form.instance.pk)] = as_submitted(fields, form.initial)
    values = {}
    for row in formset.get_queryset():
        key = str(row.pk)
        values[key] = initial[key] if key in initial else stored_values(fields, row)
    return values


def _salt(row: Model) -> str:
    return f"{SALT}.{row._meta.label}.{row.pk}"
