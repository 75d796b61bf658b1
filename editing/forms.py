"""The forms of the admin.

Rows are drawn from memory, and saves merged with what somebody else has saved meanwhile.
"""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from adminsortable2.admin import CustomInlineFormSet
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.forms.models import BaseInlineFormSet
from django.utils.text import capfirst, get_text_list
from django.utils.timezone import localdate

from editing.fields import RelatedSelect, is_key
from editing.merging import EDIT_STATE, RowMerge, Snapshot, changed_beside, merge_row, stored_values
from editing.merging_parts import PartsMerge
from editing.unsaved import RESTORE, RESTORED

CONFLICT = "conflict"
#: How many rows can be added to an inline in one save. All of them are drawn again when a form is
#: refused.
MOST_NEW = 100
RESTORED_MESSAGE = "What you typed is back in the form. It is not saved yet."
FIELD_MESSAGE = (
    "Somebody else changed this too since you opened the form. Save again to replace theirs with "
    "yours."
)
FROZEN_MESSAGE = (
    "{label}: since you opened the form, this has been fixed and can no longer be changed. You "
    "entered “{typed}”. Save again without it."
)
ORPHAN_MESSAGE = "Somebody else deleted this since you opened the form. Save again to add it anew."
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


class WholeRowForm(forms.ModelForm):
    """Checks the constraints that Django leaves to the database.

    Those are the ones with fields that are not on the form.
    """

    #: Fields whose value is settled for several rows together, after the forms.
    settled: ClassVar[frozenset[str]] = frozenset()

    def _post_clean(self) -> None:
        self._keep_untouched_texts()
        super()._post_clean()
        if self.errors or not self.has_changed():
            return
        try:
            self.instance.validate_constraints(exclude=self.settled)
        except ValidationError as error:
            self._update_errors(error)

    def _keep_untouched_texts(self) -> None:
        """A text that was left alone stays to the letter.

        A field strips what it reads, e.g. the line end of a file.
        """
        for name in self.cleaned_data.keys() - set(self.changed_data):
            if (
                self.instance.pk
                and name in self.initial
                and isinstance(self.fields[name], forms.CharField)
            ):
                self.cleaned_data[name] = self.initial[name]

    def _get_validation_exclusions(self) -> set[str]:
        return super()._get_validation_exclusions() | self.settled


class InlineForm(WholeRowForm):
    """One row of an inline; relations that were fetched with the row are not fetched again."""

    merge = RowMerge()
    #: Whether the row was deleted elsewhere while the editor changed it.
    is_orphan = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            widget = getattr(field.widget, "widget", field.widget)
            if isinstance(widget, RelatedSelect) and widget.field.is_cached(self.instance):
                widget.known = getattr(self.instance, name)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        add_conflicts(self, self.merge)
        if self.is_orphan:
            self.add_error(None, ValidationError(ORPHAN_MESSAGE, code=CONFLICT))
        return cleaned


class EditForm(WholeRowForm):
    """The form of a row that has a page in the admin."""

    def __init__(
        self, data: Any = None, *args: Any, instance: Model | None = None, **kwargs: Any
    ) -> None:
        self.merge = RowMerge()
        #: What was changed, by name, in fields that the form showed and that cannot be changed any
        #: more.
        self.frozen: dict[str, str] = {}
        if data is not None and instance is not None and instance.pk:
            data = data.copy()
            shown = Snapshot.read(data.get(EDIT_STATE, ""), instance).row
            self.merge = merge_row(
                self.base_fields, stored_values(self.base_fields, instance), shown, data
            )
            self.frozen = changed_beside(self.base_fields, instance, shown or {}, data)
        super().__init__(data, *args, instance=instance, **kwargs)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if "change_note" in self.changed_data and "noted_on" not in self.changed_data:
            # The day of a new note is today unless the editor says otherwise; a note that went
            # takes its day along.
            self.cleaned_data["noted_on"] = (
                localdate() if self.cleaned_data.get("change_note") else None
            )
        add_conflicts(self, self.merge)
        for name, sent in self.frozen.items():
            field = self.instance._meta.get_field(name)
            typed = _choice(field, sent) if field.is_relation else sent
            message = FROZEN_MESSAGE.format(label=capfirst(str(field.verbose_name)), typed=typed)
            self.add_error(None, ValidationError(message, code=CONFLICT))
        if RESTORE in self.data:
            self.add_error(None, ValidationError(RESTORED_MESSAGE, code=RESTORED))
        return cleaned


def _choice(relation: Any, sent: str) -> str:
    """What a row that was chosen is called."""
    chosen = relation.related_model._base_manager.filter(pk=sent).first() if is_key(sent) else None
    return str(chosen or "")


class InlineFormSet(BaseInlineFormSet):
    """The rows of an inline, merged with what somebody else has saved since the form was opened."""

    default_order_field = ""
    default_error_messages: ClassVar = {"too_many_forms": TOO_MANY_MESSAGE}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stored = len(self.get_queryset())
        if self.max_num:  # an inline without the right to add rows has none
            self.max_num = stored + MOST_NEW
        self.absolute_max = max(self.max_num, stored)
        self.merge: PartsMerge | None = None
        if self.is_bound and self.instance.pk:
            shown = Snapshot.read(self.data.get(EDIT_STATE, ""), self.instance).parts.get(
                self.prefix, {}
            )
            place = self.default_order_field
            rows, can_add = self.get_queryset(), self.max_num > 0
            fields = self.form.base_fields
            self.merge = PartsMerge(
                fields, rows, shown, self.data, self.prefix, place, can_add=can_add
            )
            self.data = self.merge.data

    def clean(self) -> None:
        """Django compares what is on the forms; twins can also be alike in what is not."""
        super().clean()
        self._refuse_conflicts()
        rows = [
            form.instance
            for form in self.forms
            if form.has_changed() and form not in self.deleted_forms
        ]
        for constraint in self.model._meta.total_unique_constraints:
            names = set(constraint.fields) - {self.fk.name}
            if not self.form.settled & names and _has_twins(rows, names):
                raise ValidationError(
                    f"Two {self.model._meta.verbose_name_plural} are the same.", code="twins"
                )

    def _refuse_conflicts(self) -> None:
        """
        :raises ValidationError: for what concerns no field: rows that were deleted here or
            elsewhere, and the order.
        """
        if self.merge is None:
            return
        for typed in self.merge.lost:
            raise ValidationError(LOST_MESSAGE.format(typed=typed), code=CONFLICT)
        for key in self.merge.deletions:
            raise ValidationError(DELETION_MESSAGE.format(row=self.merge.rows[key]), code=CONFLICT)
        if self.merge.is_order_conflict:
            raise ValidationError(ORDER_MESSAGE, code=CONFLICT)

    def get_unique_error_message(self, unique_check: Sequence[str]) -> str:
        names = [
            str(self.model._meta.get_field(name).verbose_name)
            for name in unique_check
            if name != self.fk.name
        ]
        return (
            f"Two {self.model._meta.verbose_name_plural} have the same "
            f"{get_text_list(names, 'and')}."
        )

    def get_form_error(self) -> str:
        return "This one is there twice."

    def add_fields(self, form: forms.BaseForm, index: int | None) -> None:
        super().add_fields(form, index)
        if self.merge is not None and index is not None:
            form.merge = self.merge.merges.get(index, RowMerge())  # type: ignore[attr-defined]
            form.is_orphan = index in self.merge.orphans  # type: ignore[attr-defined]
        if "DELETE" in form.fields:
            form.fields["DELETE"].widget.attrs["aria-label"] = "Delete"


class SortableInlineFormSet(CustomInlineFormSet, InlineFormSet):
    """The rows of an inline that are put in order by hand."""

    def clean(self) -> None:
        """A stored row that is sent without its position keeps it."""
        super().clean()
        name = self.default_order_field
        for form in self.initial_forms:
            if getattr(form.instance, name) is None:
                setattr(form.instance, name, form.initial[name])


def _has_twins(rows: list[Model], names: Iterable[str]) -> bool:
    """Whether two rows are alike in all these fields.

    What is empty is like nothing, as in the database.
    """
    keys = [
        tuple(getattr(row, row._meta.get_field(name).attname) for name in names) for row in rows
    ]
    full = [key for key in keys if None not in key]
    return len(set(full)) < len(full)


def add_conflicts(form: forms.ModelForm, merge: RowMerge) -> None:
    """Refuse each field that was changed here and elsewhere."""
    for each in merge.conflicts:
        form.add_error(each.name, ValidationError(FIELD_MESSAGE, code=CONFLICT))
