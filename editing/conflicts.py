"""Messages to an editor about what someone else saved while the form was open."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django import forms
from django.contrib.admin.models import LogEntry
from django.contrib.admin.utils import display_for_field
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.utils.text import capfirst

from content.text_diff import DiffSpan, pieces
from editing.forms import EditForm, InlineForm, InlineFormSet
from editing.inline_merging import InlineMerge
from editing.merging import FieldConflict, is_text
from transactions.type_aliases import Value

EMPTY = "(empty)"
DELETED = "It was deleted."
DELETED_BUT_IN_FORM = "It was deleted; what stands in your form below would be added anew."


@dataclass(frozen=True)
class StoredValue:
    """A field, a row or an order that the editor and someone else changed, as it is stored."""

    label: str
    value: str
    #: The difference between the stored and the submitted text, word by word; empty for a field
    #: that takes no text.
    difference: list[DiffSpan] = field(default_factory=list)


@dataclass(frozen=True)
class Conflict:
    """What the editor needs to know to decide."""

    last_entry: LogEntry | None
    stored_values: list[StoredValue]


def conflict_of(form: EditForm, formsets: Iterable[InlineFormSet]) -> Conflict | None:
    """The conflict because of which this form was refused; None if there was no conflict."""
    stored_values = list(_field_conflicts(form))
    for formset in formsets:
        stored_values.extend(_formset_conflicts(formset))
    if not stored_values:
        return None
    return Conflict(_last_entry(form.instance), stored_values)


def labels_changed_elsewhere(form: EditForm, formsets: Iterable[InlineFormSet]) -> list[str]:
    """Labels of fields and inlines in which someone else's changes stay after this save."""
    labels = [_label(form, name) for name in form.merge.changed_elsewhere]
    for formset in formsets:
        if formset.merge and formset.merge.has_changes_elsewhere:
            title = str(formset.model._meta.verbose_name_plural)
            labels.append(capfirst(title.partition(";")[0]))
    return labels


def _last_entry(row: Model) -> LogEntry | None:
    content_type = ContentType.objects.get_for_model(row)
    entries = LogEntry.objects.filter(content_type=content_type, object_id=str(row.pk))
    return entries.select_related("user").order_by("-action_time", "-pk").first()


def _field_conflicts(form: EditForm | InlineForm, prefix: str = "") -> Iterator[StoredValue]:
    if not form.merge.conflicts:
        return
    row = type(form.instance)._base_manager.get(pk=form.instance.pk)
    for conflict in form.merge.conflicts:
        label = f"{prefix}{_label(form, conflict.name)}"
        difference = _difference(form, conflict)
        yield StoredValue(label, _displayed_value(row, conflict.name), difference)


def _difference(form: forms.ModelForm, conflict: FieldConflict) -> list[DiffSpan]:
    if not is_text(form.fields[conflict.name]):
        return []
    return pieces(conflict.stored, conflict.submitted or "")


def _formset_conflicts(formset: InlineFormSet) -> Iterator[StoredValue]:
    merge = formset.merge
    if merge is None:
        return
    title = capfirst(str(formset.model._meta.verbose_name))
    for form in formset.forms:
        if form.is_deleted_elsewhere:
            yield StoredValue(title, DELETED_BUT_IN_FORM)
        row = merge.rows.get(str(form.instance.pk))
        yield from _field_conflicts(form, f"{title} “{row}”: ")
    for text in merge.lost_texts:
        yield StoredValue(f"{title}: {text}", DELETED)
    yield from _deletion_conflicts(formset.model, merge)
    if merge.has_order_conflict:
        rows = formset.model._default_manager.filter(**{formset.fk.name: formset.instance.pk})
        yield StoredValue(f"{title}: order", "\n".join(map(str, rows)))


def _deletion_conflicts(model: type[Model], merge: InlineMerge) -> Iterator[StoredValue]:
    """What someone else changed in rows that the editor deletes."""
    title = capfirst(str(model._meta.verbose_name))
    for key, row_merge in merge.deletion_conflicts.items():
        row = model._base_manager.get(pk=key)
        for name in row_merge.names_changed_elsewhere:
            field: Value = row._meta.get_field(name)
            label = f"{title} “{row}”, which you delete: {capfirst(str(field.verbose_name))}"
            yield StoredValue(label, _displayed_value(row, name))


def _label(form: forms.ModelForm, name: str) -> str:
    return str(form.fields[name].label)


def _displayed_value(row: Model, name: str) -> str:
    field: Value = row._meta.get_field(name)
    value: Value = getattr(row, name)
    if field.many_to_many:
        return ", ".join(map(str, value.all())) or EMPTY
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return str(display_for_field(value, field, EMPTY)) or EMPTY
