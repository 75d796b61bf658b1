"""The forms of the admin: they validate whole rows and merge the saves of two editors.

A form can also be submitted to be shown again with what was typed, without saving it: the browser
stores unsaved text (`static/js/admin-unsaved.js`) and restores it this way.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar, cast

from adminsortable2.admin import CustomInlineFormSet
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Field, Model
from django.forms.models import BaseInlineFormSet, ModelForm
from django.http import HttpRequest, QueryDict
from django.utils.text import capfirst, get_text_list
from django.utils.timezone import localdate

from editing.fields import RelatedSelect, is_key
from editing.inline_merging import InlineMerge
from editing.merging import (
    EDIT_STATE,
    RowMerge,
    Snapshot,
    changed_frozen_values,
    merge_row,
    stored_values,
)
from transactions.type_aliases import Options, RelationField, Value

#: Code of errors because of what someone else saved.
CONFLICT = "conflict"
#: How many rows can be added to an inline in one save. All of them are shown again when a form is
#: refused.
MAX_NEW_ROWS = 100
FIELD_MESSAGE = (
    "Somebody else changed this too since you opened the form. Save again to replace theirs with "
    "yours."
)
FROZEN_MESSAGE = (
    "{label}: since you opened the form, this has been fixed and can no longer be changed. You "
    "entered “{typed}”. Save again without it."
)
DELETED_ELSEWHERE_MESSAGE = (
    "Somebody else deleted this since you opened the form. Save again to add it anew."
)
TOO_MANY_MESSAGE = "At most %(num)d rows fit here. Save some of the new ones first."
LOST_MESSAGE = (
    "Somebody else deleted “{typed}”, which you changed, since you opened the form. Save again "
    "without it."
)
ORDER_MESSAGE = (
    "Somebody else changed the order too since you opened the form. Save again to put yours in its "
    "place."
)
DELETION_MESSAGE = (
    "Somebody else changed “{row}”, which you delete, since you opened the form. Save again to "
    "delete it all the same."
)

#: The field of a form that is submitted to be shown again with what was typed, not to be saved.
RESTORE = "_restore"
#: Code of the error because of which such a form is shown again.
RESTORED = "restored"
RESTORED_MESSAGE = "What you typed is back in the form. It is not saved yet."
#: The field with the name that the browser gave to the form.
FORM_MARK = "form_mark"
MAX_MARK_LENGTH = 80
#: In the session, the names of the forms that were saved last; every page of the admin has them.
SAVED_FORMS = "saved_forms"
MAX_SAVED_FORMS = 20


def remember_saved(request: HttpRequest) -> None:
    """Store in the session that the form of this request was saved."""
    mark = request.POST.get(FORM_MARK, "")
    if mark.isascii() and mark.isalnum() and len(mark) < MAX_MARK_LENGTH:
        marks = [*request.session.get(SAVED_FORMS, []), mark]
        request.session[SAVED_FORMS] = marks[-MAX_SAVED_FORMS:]


class WholeRowForm(forms.ModelForm):
    """Also checks constraints with fields that are not on the form.

    Django leaves those to the database.
    """

    #: Fields whose values are set when the row is saved, so submitted values need not be unique.
    fields_set_on_save: ClassVar[frozenset[str]] = frozenset()

    def clean(self) -> Options | None:
        cleaned = super().clean()
        self._preserve_unchanged_texts()
        return cleaned

    def full_clean(self) -> None:
        super().full_clean()
        if not self.is_bound or self.errors or not self.has_changed():
            return
        try:
            self.instance.validate_constraints(exclude=set(self.fields_set_on_save))
        except ValidationError as error:
            self.add_error(None, error)

    def _preserve_unchanged_texts(self) -> None:
        """Store texts that were not changed exactly as they were.

        Form fields strip text, e.g. the line end at the end of an imported file.
        """
        if not self.instance.pk:
            return
        for name in self.cleaned_data.keys() - set(self.changed_data):
            if name in self.initial and isinstance(self.fields[name], forms.CharField):
                self.cleaned_data[name] = self.initial[name]

    def add_conflicts(self, merge: RowMerge) -> None:
        """Refuse the fields that the editor and someone else changed to different values."""
        for conflict in merge.conflicts:
            self.add_error(conflict.name, ValidationError(FIELD_MESSAGE, code=CONFLICT))


class InlineForm(WholeRowForm):
    """One row of an inline; shows related rows without queries if they were loaded with the row."""

    merge = RowMerge()
    #: Whether someone else deleted the row while the editor changed it.
    is_deleted_elsewhere = False

    def __init__(self, *args: Value, **kwargs: Value) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            widget = getattr(field.widget, "widget", field.widget)
            if isinstance(widget, RelatedSelect) and widget.field.is_cached(self.instance):
                widget.loaded_row = getattr(self.instance, name)

    def clean(self) -> Options | None:
        cleaned = super().clean()
        self.add_conflicts(self.merge)
        if self.is_deleted_elsewhere:
            self.add_error(None, ValidationError(DELETED_ELSEWHERE_MESSAGE, code=CONFLICT))
        return cleaned


class EditForm(WholeRowForm):
    """The form of a row that has a page in the admin."""

    def __init__(
        self,
        data: QueryDict | None = None,
        files: Value = None,
        *,
        instance: Model | None = None,
        **kwargs: Value,
    ) -> None:
        self.merge = RowMerge()
        #: Submitted changes, by name, of fields that the form showed and that can no longer be
        #: changed.
        self.frozen_values: dict[str, str] = {}
        if data is not None and instance is not None and instance.pk:
            data = self._merged_data(data, instance)
        super().__init__(data, files, instance=instance, **kwargs)

    def _merged_data(self, data: QueryDict, instance: Model) -> QueryDict:
        merged = data.copy()
        fields = self.base_fields
        shown = Snapshot.read(merged.get(EDIT_STATE) or "", instance).row
        self.merge = merge_row(fields, stored_values(fields, instance), shown, merged)
        self.frozen_values = changed_frozen_values(fields, instance, shown or {}, merged)
        return merged

    def clean(self) -> Options | None:
        cleaned = super().clean()
        self._date_change_note()
        self.add_conflicts(self.merge)
        for name, submitted in self.frozen_values.items():
            message = self._frozen_message(name, submitted)
            self.add_error(None, ValidationError(message, code=CONFLICT))
        if RESTORE in self.data:
            self.add_error(None, ValidationError(RESTORED_MESSAGE, code=RESTORED))
        return cleaned

    def _date_change_note(self) -> None:
        """Date a new note today unless the editor gives a date; a deleted note has no date."""
        if "change_note" in self.changed_data and "noted_on" not in self.changed_data:
            has_note = bool(self.cleaned_data.get("change_note"))
            self.cleaned_data["noted_on"] = localdate() if has_note else None

    def _frozen_message(self, name: str, submitted: str) -> str:
        field: RelationField = self.instance._meta.get_field(name)
        typed = _chosen_row(field, submitted) if field.is_relation else submitted
        return FROZEN_MESSAGE.format(label=capfirst(str(field.verbose_name)), typed=typed)


def _chosen_row(relation: RelationField, submitted: str) -> str:
    """The name of the row with the submitted key; empty if there is none."""
    if not is_key(submitted):
        return ""
    return str(relation.related_model._base_manager.filter(pk=submitted).first() or "")


class InlineFormSet(BaseInlineFormSet):
    """The rows of an inline, merged with what someone else saved since the form was opened."""

    form: type[InlineForm]
    forms: list[InlineForm]  # type: ignore[assignment]
    model: type[Model]
    default_order_field = ""
    #: What is selected in the form of a new row, by name of the field.
    preselected: ClassVar[Mapping[str, Value]] = {}
    default_error_messages: ClassVar = {"too_many_forms": TOO_MANY_MESSAGE}

    def __init__(self, *args: Value, **kwargs: Value) -> None:
        super().__init__(*args, **kwargs)
        stored_count = len(self.get_queryset())
        if self.max_num:  # 0 if the editor may not add rows
            self.max_num = stored_count + MAX_NEW_ROWS
        self.absolute_max = max(self.max_num, stored_count)
        self.merge: InlineMerge | None = None
        if self.is_bound and self.instance.pk:
            self._merge()

    def get_form_kwargs(self, index: int | None) -> Options:
        kwargs: Options = super().get_form_kwargs(index)
        if index is None or index >= self.initial_form_count():
            kwargs["initial"] = self.preselected
        return kwargs

    def _merge(self) -> None:
        data = cast("QueryDict", self.data)
        prefix = self.prefix or ""
        snapshot = Snapshot.read(data.get(EDIT_STATE) or "", self.instance)
        self.merge = InlineMerge(
            self.form.base_fields,
            self.get_queryset(),
            snapshot.inline_rows.get(prefix, {}),
            data,
            prefix,
            self.default_order_field,
            can_add=self.max_num > 0,
        )
        self.data = self.merge.merged_data

    def clean(self) -> None:
        """Also checks uniqueness by fields that are not on the forms, which Django does not."""
        super().clean()
        self._refuse_conflicts()
        deleted = self.deleted_forms
        rows = []
        for form in self.forms:
            if form.has_changed() and form not in deleted:
                rows.append(form.instance)
        for names in self._unique_names():
            if _repeated([_stored_columns(row, names) for row in rows]):
                raise ValidationError(
                    f"Two {self.model._meta.verbose_name_plural} are the same.", code="twins"
                )

    def validate_unique(self) -> None:
        """Refuse forms that are equal in fields that must be unique.

        Django's method would also compare fields whose values are set when the rows are saved.
        """
        messages = []
        deleted = self.deleted_forms
        valid_forms = [form for form in self.forms if form.is_valid() and form not in deleted]
        for names in self._unique_names():
            values = [tuple(map(form.cleaned_data.get, names)) for form in valid_forms]
            repeated = _repeated(values)
            for index in repeated:
                valid_forms[index].add_error(None, self.get_form_error())
            if repeated:
                messages.append(self.get_unique_error_message(names))
        if messages:
            raise ValidationError(messages)

    def _unique_names(self) -> list[list[str]]:
        """For each unique constraint, the names of its fields without the relation to the parent.

        Constraints on fields whose values are set when the rows are saved are left out.
        """
        unique_names = []
        for constraint in self.model._meta.total_unique_constraints:
            if self.form.fields_set_on_save.isdisjoint(constraint.fields):
                unique_names.append([name for name in constraint.fields if name != self.fk.name])
        return unique_names

    def _refuse_conflicts(self) -> None:
        """
        :raises ValidationError: for conflicts that concern no single field: rows that the editor
            or someone else deleted, and the order.
        """
        if self.merge is None:
            return
        for text in self.merge.lost_texts:
            raise ValidationError(LOST_MESSAGE.format(typed=text), code=CONFLICT)
        for key in self.merge.deletion_conflicts:
            raise ValidationError(DELETION_MESSAGE.format(row=self.merge.rows[key]), code=CONFLICT)
        if self.merge.has_order_conflict:
            raise ValidationError(ORDER_MESSAGE, code=CONFLICT)

    def get_unique_error_message(self, unique_check: Sequence[str]) -> str:
        labels = [str(_model_field(self.model, name).verbose_name) for name in unique_check]
        return (
            f"Two {self.model._meta.verbose_name_plural} have the same "
            f"{get_text_list(labels, 'and')}."
        )

    def get_form_error(self) -> str:
        return "This one is there twice."

    def add_fields(self, form: ModelForm, index: int | None) -> None:
        super().add_fields(form, index)
        if self.merge is not None and index is not None:
            row_form = cast("InlineForm", form)
            row_form.merge = self.merge.row_merges.get(index, RowMerge())
            row_form.is_deleted_elsewhere = index in self.merge.rows_deleted_elsewhere
        if "DELETE" in form.fields:
            form.fields["DELETE"].widget.attrs["aria-label"] = "Delete"


class SortableInlineFormSet(CustomInlineFormSet, InlineFormSet):
    """The rows of an inline that editors put in order."""

    def clean(self) -> None:
        """Stored rows that are submitted without a position stay where they are."""
        super().clean()
        name = self.default_order_field
        for form in self.initial_forms:
            if getattr(form.instance, name) is None:
                setattr(form.instance, name, form.initial[name])


def _stored_columns(row: Model, names: Iterable[str]) -> tuple[Value, ...]:
    """The values of these fields as the database compares them, foreign keys as keys."""
    return tuple(getattr(row, _model_field(type(row), name).attname) for name in names)


def _repeated(values: Iterable[tuple[Value, ...]]) -> list[int]:
    """The indexes of values that are equal to an earlier one.

    As in the database, a tuple that contains None is equal to no other.
    """
    repeated = []
    known = set()
    for index, value in enumerate(values):
        if None in value:
            continue
        if value in known:
            repeated.append(index)
        known.add(value)
    return repeated


def _model_field(model: type[Model], name: str) -> Field:
    return cast("Field", model._meta.get_field(name))
