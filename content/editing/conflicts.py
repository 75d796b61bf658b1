"""What is stored now, field by field, where a refused form differs from it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.admin.models import LogEntry
from django.contrib.admin.utils import display_for_field
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.forms.models import BaseInlineFormSet

from content.editing.forms import CONFLICT

EMPTY = "(empty)"
PLACE = "position"


@dataclass(frozen=True)
class Stored:
    """One field that differs, or one row that came or went."""

    place: str
    value: str


@dataclass(frozen=True)
class Conflict:
    """What the editor has to know to decide."""

    last: LogEntry | None
    stored: list[Stored]


def conflict_of(form: forms.ModelForm, formsets: Iterable[BaseInlineFormSet]) -> Conflict | None:
    """The conflict for which this form was refused, if that was the reason."""
    if not form.has_error(forms.forms.NON_FIELD_ERRORS, CONFLICT):
        return None
    row = type(form.instance)._base_manager.get(pk=form.instance.pk)
    stored = [*_fields(form, row), *(line for formset in formsets for line in _parts(formset))]
    return Conflict(_last_entry(row), stored)


def _last_entry(row: Model) -> LogEntry | None:
    kind = ContentType.objects.get_for_model(row)
    entries = LogEntry.objects.filter(content_type=kind, object_id=str(row.pk))
    return entries.select_related("user").order_by("-action_time", "-pk").first()


def _fields(form: forms.ModelForm, row: Model, prefix: str = "") -> Iterator[Stored]:
    for name in form.changed_data:
        if name in form._meta.fields and name != PLACE:  # type: ignore[operator]
            yield Stored(f"{prefix}{form.fields[name].label}", _shown(row, name))


def _parts(formset: BaseInlineFormSet) -> Iterator[Stored]:
    stored = list(formset.model._default_manager.filter(**{formset.fk.name: formset.instance.pk}))
    rows = {row.pk: row for row in stored}
    title = str(formset.model._meta.verbose_name).capitalize()
    for form in formset.initial_forms:
        row = rows.pop(form.instance.pk, None)
        if row is None:
            yield Stored(title, "One was deleted that is still in your form: tick its Delete box, or add it anew.")
        else:
            yield from _fields(form, row, f"{title} “{row}”: ")
    for row in rows.values():
        yield Stored(title, f"“{row}” was added; it stays.")
    if any(PLACE in form.changed_data for form in formset.initial_forms):
        yield Stored(f"{title}: order", "\n".join(map(str, stored)))


def _shown(row: Model, name: str) -> str:
    field = row._meta.get_field(name)
    value: Any = getattr(row, name)
    if field.many_to_many:
        return ", ".join(map(str, value.all())) or EMPTY
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return str(display_for_field(value, field, EMPTY)) or EMPTY
