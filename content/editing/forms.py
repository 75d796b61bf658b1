"""The forms of the admin: rows drawn from memory, and no save over what somebody else has saved meanwhile."""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Any, ClassVar

from adminsortable2.admin import CustomInlineFormSet
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.forms.models import BaseInlineFormSet
from django.utils.text import get_text_list
from django.utils.timezone import localdate

from content.editing.fields import RelatedSelect

CONFLICT = "conflict"
CONFLICT_MESSAGE = (
    "Nothing was saved: since you opened this form it was saved somewhere else. All you typed is still here. "
    "Compare it with what is stored now, then save again to put yours in its place."
)


class WholeRowForm(forms.ModelForm):
    """Checks the constraints that Django leaves to the database: those with fields that are not on the form."""

    #: Fields whose value is settled for several rows together, after the forms.
    settled: ClassVar[frozenset[str]] = frozenset()

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.errors or not self.has_changed():
            return
        try:
            self.instance.validate_constraints(exclude=self.settled)
        except ValidationError as error:
            self._update_errors(error)

    def _get_validation_exclusions(self) -> set[str]:
        return super()._get_validation_exclusions() | self.settled


class PartForm(WholeRowForm):
    """One row of an inline; relations that were fetched with the row are not fetched again."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            widget = getattr(field.widget, "widget", field.widget)
            if isinstance(widget, RelatedSelect) and widget.field.is_cached(self.instance):
                widget.known = getattr(self.instance, name)


class StateField(forms.CharField):
    """Carries the mark of what was stored when the form was opened; nothing an editor changes."""

    widget = forms.HiddenInput

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class EditForm(WholeRowForm):
    """The form of a row that has a page in the admin."""

    edit_state = StateField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Asked for when it is drawn: the admin learns the state after it has made the form.
        self.fields["edit_state"].initial = lambda: self.stored_state

    @property
    def stored_state(self) -> str:
        """The mark of what is stored now; empty for a row that is not stored yet."""
        return getattr(self.instance, "edit_state", "")

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if "change_note" in self.changed_data and "noted_on" not in self.changed_data:
            # The day of a new note is today unless the editor says otherwise; a note that went takes its day along.
            self.cleaned_data["noted_on"] = localdate() if self.cleaned_data.get("change_note") else None
        if self.stored_state and self.cleaned_data.get("edit_state") != self.stored_state:
            self.add_error(None, ValidationError(CONFLICT_MESSAGE, code=CONFLICT))
            self.data = self.data.copy()
            self.data["edit_state"] = self.stored_state
        return cleaned


class PartFormSet(BaseInlineFormSet):
    """The rows of an inline."""

    def clean(self) -> None:
        """Django compares what is on the forms; twins can also be alike in what is not."""
        super().clean()
        rows = [form.instance for form in self.forms if form.has_changed() and form not in self.deleted_forms]
        for constraint in self.model._meta.total_unique_constraints:
            names = set(constraint.fields) - {self.fk.name}
            if not self.form.settled & names and _has_twins(rows, names):
                raise ValidationError(f"Two {self.model._meta.verbose_name_plural} are the same.", code="twins")

    def get_unique_error_message(self, unique_check: Sequence[str]) -> str:
        names = [str(self.model._meta.get_field(name).verbose_name) for name in unique_check if name != self.fk.name]
        return f"Two {self.model._meta.verbose_name_plural} have the same {get_text_list(names, 'and')}."

    def get_form_error(self) -> str:
        return "This one is there twice."

    def add_fields(self, form: forms.BaseForm, index: int | None) -> None:
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].widget.attrs["aria-label"] = "Delete"


class SortablePartFormSet(CustomInlineFormSet, PartFormSet):
    """The rows of an inline that are put in order by hand."""


def _has_twins(rows: list[Model], names: Iterable[str]) -> bool:
    """Whether two rows are alike in all these fields; what is empty is like nothing, as in the database."""
    keys = [tuple(getattr(row, row._meta.get_field(name).attname) for name in names) for row in rows]
    full = [key for key in keys if None not in key]
    return len(set(full)) < len(full)


def state_of(row: Model, formsets: Iterable[BaseInlineFormSet]) -> str:
    """A mark of what is stored of this row and its parts, which changes with every save of any of them."""
    rows = [row, *(part for formset in formsets for part in formset.get_queryset())]
    marks = sorted(f"{each._meta.label} {each.pk} {each.updated_at.isoformat()}" for each in rows)
    return sha256("\n".join(marks).encode()).hexdigest()
