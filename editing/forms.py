"""The forms of the admin: they validate whole rows and merge the saves of two editors.

A form can also be submitted to be shown again with what was typed, without saving it: the browser
stores unsaved text (`static/js/admin-unsaved.js`) and restores it this way.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import ClassVar, cast

from adminsortable2.admin import CustomInlineFormSet
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Model
from django.db.models.fields.related import RelatedField
from django.forms.models import BaseInlineFormSet, ModelForm
from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.text import capfirst, get_text_list
from django.utils.timezone import localdate

from content import Untyped
from content.fields import model_field
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

#: Code of errors because of what someone else saved.
CONFLICT = "conflict"
#: How many rows can be added to an inline in one save. All of them are shown again when a form is
#: refused.
MAX_NEW_ROWS = 100
FIELD_MESSAGE = (
    "Someone else also changed this after you opened the form. Save again to replace their "
    "change with yours."
)
FROZEN_MESSAGE = (
    "{label}: this can no longer be changed, because it was published after you opened the form. "
    "You entered “{typed}”. Save again to keep the stored value."
)
DELETED_ELSEWHERE_MESSAGE = (
    "Someone else deleted this after you opened the form. Save again to add it as a new row."
)
TOO_MANY_MESSAGE = "You can add up to %(num)d rows at a time. Save some of the new ones first."
LOST_MESSAGE = (
    "Someone else deleted “{typed}”, which you changed, after you opened the form. Save again "
    "without it."
)
ORDER_MESSAGE = (
    "Someone else also changed the order after you opened the form. Save again to replace their "
    "order with yours."
)
DELETION_MESSAGE = (
    "Someone else changed “{row}”, which you are deleting, after you opened the form. Save again "
    "to delete it anyway."
)

#: The field of a form that is submitted to be shown again with what was typed, not to be saved.
RESTORE = "_restore"
#: Code of the error because of which such a form is shown again.
RESTORED = "restored"
RESTORED_MESSAGE = "What you typed was restored. It is not saved yet."
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

    def clean(self) -> dict[str, object] | None:
        cleaned = super().clean()
        self._preserve_unchanged_texts()
        return cleaned

    def full_clean(self) -> None:
        """Checks the constraints of a row that is changed and has no other errors."""
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

    def __init__(self, *args: Untyped, **kwargs: Untyped) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            widget = getattr(field.widget, "widget", field.widget)
            if isinstance(widget, RelatedSelect) and widget.field.is_cached(self.instance):
                widget.loaded_row = getattr(self.instance, name)

    def clean(self) -> dict[str, object] | None:
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
        files: MultiValueDict[str, UploadedFile] | None = None,
        *,
        instance: Model | None = None,
        **kwargs: Untyped,
    ) -> None:
        self.merge = RowMerge()
        #: Submitted changes, by name, of fields that the form showed and that can no longer be
        #: changed.
        self.frozen_values: dict[str, str] = {}
        if data is not None and instance is not None and instance.pk:
            data = self._merged_data(data, instance)
        super().__init__(data, files, instance=instance, **kwargs)

    def _merged_data(self, data: QueryDict, instance: Model) -> QueryDict:
        """The submitted data with the values that only someone else changed.

        The result of the merge is stored on the form.
        """
        merged = data.copy()
        fields = self.base_fields
        shown = Snapshot.read(merged.get(EDIT_STATE) or "", instance).row
        self.merge = merge_row(fields, stored_values(fields, instance), shown, merged)
        self.frozen_values = changed_frozen_values(fields, instance, shown, merged)
        return merged

    def clean(self) -> dict[str, object] | None:
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
        """What the editor entered in a field that is fixed now, for a relation the row's name."""
        field = model_field(type(self.instance), name)
        typed = submitted
        if isinstance(field, RelatedField):
            rows = field.related_model._base_manager
            typed = str(rows.filter(pk=submitted).first() or "") if is_key(submitted) else ""
        return FROZEN_MESSAGE.format(label=capfirst(str(field.verbose_name)), typed=typed)


class InlineFormSet(BaseInlineFormSet):
    """The rows of an inline, merged with what someone else saved since the form was opened."""

    form: type[InlineForm]
    forms: list[InlineForm]  # type: ignore[assignment]
    model: type[Model]
    default_order_field = ""
    #: What is selected in the form of a new row, by name of the field.
    preselected: ClassVar[Mapping[str, object]] = {}
    default_error_messages: ClassVar = {"too_many_forms": TOO_MANY_MESSAGE}

    def __init__(self, *args: Untyped, **kwargs: Untyped) -> None:
        super().__init__(*args, **kwargs)
        stored_count = len(self.get_queryset())
        if self.max_num:  # 0 if the editor may not add rows
            self.max_num = stored_count + MAX_NEW_ROWS
        self.absolute_max = max(self.max_num, stored_count)
        self.merge: InlineMerge | None = None
        if self.is_bound and self.instance.pk:
            self._merge()

    def get_form_kwargs(self, index: int | None) -> dict[str, object]:
        kwargs: dict[str, object] = super().get_form_kwargs(index)
        if index is None or index >= self.initial_form_count():
            kwargs["initial"] = self.preselected
        return kwargs

    def _merge(self) -> None:
        """Read the merged data of the inline in place of the submitted data."""
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
        """
        :raises ValidationError: also for conflicts that concern no single field: rows that the
            editor or someone else deleted, and the order.
        """
        super().clean()
        if self.merge is None:
            return
        for text in self.merge.lost_texts:
            raise ValidationError(LOST_MESSAGE.format(typed=text), code=CONFLICT)
        for key in self.merge.deletion_conflicts:
            raise ValidationError(DELETION_MESSAGE.format(row=self.merge.rows[key]), code=CONFLICT)
        if self.merge.has_order_conflict:
            raise ValidationError(ORDER_MESSAGE, code=CONFLICT)

    def validate_unique(self) -> None:
        """Refuse forms whose rows are equal in fields that must be unique.

        Django's method leaves out fields that are not on the forms, and also compares fields whose
        values are set when the rows are saved.
        """
        messages = []
        deleted = self.deleted_forms
        valid_forms = [form for form in self.forms if form.is_valid() and form not in deleted]
        for names in self._unique_names():
            repeated = _repeated(names, valid_forms)
            for form in repeated:
                form.add_error(None, self.get_form_error())
            if repeated:
                messages.append(self.get_unique_error_message(names))
        if messages:
            raise ValidationError(messages)

    def _unique_names(self) -> Iterator[list[str]]:
        """For each unique constraint, the names of its fields without the relation to the parent.

        Constraints on fields whose values are set when the rows are saved are left out.
        """
        for constraint in self.model._meta.total_unique_constraints:
            if self.form.fields_set_on_save.isdisjoint(constraint.fields):
                yield [name for name in constraint.fields if name != self.fk.name]

    def get_unique_error_message(self, unique_check: Sequence[str]) -> str:
        rows = self.model._meta.verbose_name_plural
        if not self.form.base_fields.keys() >= set(unique_check):
            return f"Two {rows} are the same."
        labels = [str(model_field(self.model, name).verbose_name) for name in unique_check]
        return f"Two {rows} have the same {get_text_list(labels, 'and')}."

    def get_form_error(self) -> str:
        return "This is listed twice."

    def add_fields(self, form: ModelForm, index: int | None) -> None:
        """Gives a form the merge of its row, and a name to its box for deleting the row."""
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


def _repeated(names: Sequence[str], forms: Iterable[InlineForm]) -> list[InlineForm]:
    """The forms whose rows are equal to that of an earlier form in all of these fields.

    As in the database, foreign keys are compared by key, and a missing value is equal to no other.
    """
    repeated = []
    known = set()
    for form in forms:
        values = tuple(form.instance.serializable_value(name) for name in names)
        if None in values or not (form.instance.pk or form.has_changed()):
            continue
        if values in known:
            repeated.append(form)
        known.add(values)
    return repeated
