"""What an editor has to know of what somebody else saved while the form was open."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib.admin.models import LogEntry
from django.contrib.admin.utils import display_for_field
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.forms.models import BaseInlineFormSet
from django.utils.text import capfirst

from content.text_diff import DiffSpan, word_diff
from editing.merging import FieldConflict, RowMerge, is_text

EMPTY = "(empty)"


@dataclass(frozen=True)
class Stored:
    """One field, row or order that both changed."""

    place: str
    value: str
    #: The difference between what is stored and what was sent, word by word; empty for what is no
    #: text.
    diff: list[DiffSpan] = field(default_factory=list)


@dataclass(frozen=True)
class Conflict:
    """What the editor has to know to decide."""

    last: LogEntry | None
    stored: list[Stored]


def conflict_of(form: forms.ModelForm, formsets: Iterable[BaseInlineFormSet]) -> Conflict | None:
    """The conflict for which this form was refused, if that was a reason."""
    stored = [
        *_fields(form, form.merge),
        *(line for formset in formsets for line in _parts(formset)),
    ]
    return Conflict(_last_entry(form.instance), stored) if stored else None


def kept_of(form: forms.ModelForm, formsets: Iterable[BaseInlineFormSet]) -> list[str]:
    """Names of what somebody else changed and this save left as it is stored."""
    names = [_label(form, name) for name in form.merge.kept]
    for formset in formsets:
        merge, title = formset.merge, str(formset.model._meta.verbose_name_plural)
        if merge and (
            merge.kept_rows or merge.kept_order or any(each.kept for each in merge.merges.values())
        ):
            names.append(capfirst(title.partition(";")[0]))
    return names


def _last_entry(row: Model) -> LogEntry | None:
    kind = ContentType.objects.get_for_model(row)
    entries = LogEntry.objects.filter(content_type=kind, object_id=str(row.pk))
    return entries.select_related("user").order_by("-action_time", "-pk").first()


def _fields(form: forms.ModelForm, merge: RowMerge, prefix: str = "") -> Iterator[Stored]:
    if not merge.conflicts:
        return
    row = type(form.instance)._base_manager.get(pk=form.instance.pk)
    for conflict in merge.conflicts:
        yield Stored(
            f"{prefix}{_label(form, conflict.name)}",
            _shown(row, conflict.name),
            _pieces(form, conflict),
        )


def _pieces(form: forms.ModelForm, conflict: FieldConflict) -> list[DiffSpan]:
    return (
        word_diff(conflict.stored, conflict.sent or "")
        if is_text(form.fields[conflict.name])
        else []
    )


def _parts(formset: BaseInlineFormSet) -> Iterator[Stored]:
    merge = formset.merge
    if merge is None:
        return
    title = capfirst(str(formset.model._meta.verbose_name))
    for form in formset.forms:
        if form.is_orphan:
            yield Stored(
                title, "It was deleted; what stands in your form below would be added anew."
            )
        yield from _fields(form, form.merge, f"{title} “{merge.rows.get(str(form.instance.pk))}”: ")
    for typed in merge.lost:
        yield Stored(f"{title}: {typed}", "It was deleted.")
    for key, changed in merge.deletions.items():
        row = formset.model._base_manager.get(pk=key)
        for name in [*changed.kept, *(each.name for each in changed.conflicts)]:
            label = capfirst(str(row._meta.get_field(name).verbose_name))
            yield Stored(f"{title} “{row}”, which you delete: {label}", _shown(row, name))
    if merge.is_order_conflict:
        rows = formset.model._default_manager.filter(**{formset.fk.name: formset.instance.pk})
        yield Stored(f"{title}: order", "\n".join(map(str, rows)))


def _label(form: forms.ModelForm, name: str) -> str:
    return str(form.fields[name].label)


def _shown(row: Model, name: str) -> str:
    field = row._meta.get_field(name)
    value: Any = getattr(row, name)
    if field.many_to_many:
        return ", ".join(map(str, value.all())) or EMPTY
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return str(display_for_field(value, field, EMPTY)) or EMPTY
