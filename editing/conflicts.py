"""Messages to an editor about what someone else saved while the form was open."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from operator import attrgetter

import reversion
from django.contrib.admin.utils import display_for_field
from django.db.models import Model
from django.template.defaultfilters import yesno
from django.utils.text import capfirst
from reversion.models import Revision, Version

from content.fields import model_field
from content.text_diff import DiffSpan, word_diff
from editing.forms import EditForm, InlineForm, InlineFormSet
from editing.inline_merging import InlineMerge
from editing.merging import is_text
from editing.versions import FIRST_VERSION_COMMENT

EMPTY = "(empty)"
DELETED = "It was deleted."
DELETED_BUT_IN_FORM = (
    "It was deleted; what you entered in the form below would be added as a new row."
)


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

    #: The last save or load in the history of the row, or of the parts that are in conflict.
    last_revision: Revision | None
    stored_values: list[StoredValue]


def conflict_of(form: EditForm, formsets: Iterable[InlineFormSet]) -> Conflict | None:
    """The conflict because of which this form was refused; None if there was no conflict."""
    stored_values = list(_field_conflicts(form))
    rows: list[Model] = [form.instance]
    for formset in formsets:
        if formset.merge:
            stored_values.extend(_formset_conflicts(formset, formset.merge))
            rows += [part.instance for part in formset.forms if part.merge.conflicts]
    if not stored_values:
        return None
    return Conflict(_last_revision(rows), stored_values)


def _last_revision(rows: Iterable[Model]) -> Revision | None:
    """The last revision of any of these rows in which someone or a load saved it."""
    revisions: list[Revision] = []
    for row in rows:
        if reversion.is_registered(type(row)):
            versions = Version.objects.get_for_object(row).select_related("revision__user")
            versions = versions.exclude(revision__comment=FIRST_VERSION_COMMENT)
            revisions += [version.revision for version in versions[:1]]
    return max(revisions, key=attrgetter("date_created"), default=None)


def labels_changed_elsewhere(form: EditForm, formsets: Iterable[InlineFormSet]) -> list[str]:
    """Labels of fields and inlines in which someone else's changes stay after this save."""
    labels = [str(form.fields[name].label) for name in form.merge.changed_elsewhere]
    for formset in formsets:
        if formset.merge and formset.merge.has_changes_elsewhere:
            title = str(formset.model._meta.verbose_name_plural)
            labels.append(capfirst(title.partition(";")[0]))
    return labels


def _field_conflicts(form: EditForm | InlineForm, prefix: str = "") -> Iterator[StoredValue]:
    """The fields of one row that the editor and someone else changed to different values.

    :param prefix: the beginning of their labels.
    """
    if not form.merge.conflicts:
        return
    row = type(form.instance)._base_manager.get(pk=form.instance.pk)
    for conflict in form.merge.conflicts:
        field = form.fields[conflict.name]
        difference = []
        if is_text(field):
            difference = word_diff(str(conflict.stored), str(conflict.submitted or ""))
        yield StoredValue(
            f"{prefix}{field.label}", _displayed_value(row, conflict.name), difference
        )


def _formset_conflicts(formset: InlineFormSet, merge: InlineMerge) -> Iterator[StoredValue]:
    """What the editor and someone else changed in the rows of an inline and in their order."""
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
            field = model_field(type(row), name)
            label = f"{title} “{row}”, which you are deleting: {capfirst(str(field.verbose_name))}"
            yield StoredValue(label, _displayed_value(row, name))


def _displayed_value(row: Model, name: str) -> str:
    """The stored value of a field as an editor reads it, e.g. the names of related rows."""
    field = model_field(type(row), name)
    value = getattr(row, name)
    if field.many_to_many:
        return ", ".join(map(str, value.all())) or EMPTY
    if isinstance(value, bool):
        return str(yesno(value, "Yes,No"))
    return str(display_for_field(value, field, EMPTY)) or EMPTY
