"""Forms of questions in the admin.

They do not publish wording that is unlawful or unfair to ask until the editor confirms it.
"""

from collections import Counter
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse

from content.base_models import Status
from editing.content_admin import ContentAdmin
from editing.forms import EditForm, InlineFormSet, SortableInlineFormSet
from interviews.unfair_topics import unfair_wording_warnings
from ladders.models import Band

#: The code of the errors that an editor may overrule, and the field that does so.
UNFAIR_WORDING = "unfair_wording"
CONFIRMATION = "publish_anyway"


class UnfairWordingForm(EditForm):
    """Base of forms that do not publish unfair wording before the editor confirms it."""

    #: The field with the wording.
    checked_field: ClassVar[str]
    #: The fields whose change may publish the wording.
    publishing_fields: ClassVar[frozenset[str]]

    publish_anyway = forms.BooleanField(
        required=False, label="Publish it anyway", help_text="There is a reason to ask this."
    )

    def clean(self) -> dict[str, object] | None:
        cleaned = super().clean()
        if self._may_publish_wording() and not self.cleaned_data.get(CONFIRMATION):
            for error in _wording_errors(self.cleaned_data.get(self.checked_field, "")):
                self.add_error(self.checked_field, error)
        return cleaned

    def will_be_public(self) -> bool:
        """Whether visitors will see what is in the form."""
        return self.cleaned_data.get("status") == Status.PUBLISHED

    def _may_publish_wording(self) -> bool:
        is_changed = not self.publishing_fields.isdisjoint(self.changed_data)
        return is_changed and self.will_be_public()


class QuestionForm(UnfairWordingForm):
    """A question."""

    checked_field = "prompt"
    publishing_fields: ClassVar = frozenset({"prompt", "status"})


class UnfairWordingAdmin(ContentAdmin):
    """Base of the admin of models with such a form: asks for the confirmation."""

    change_form_template = "admin/interviews/unfair_wording_form.html"

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: object, **kwargs: object
    ) -> HttpResponse:
        all_forms = [context["adminform"].form]
        for inline in context["inline_admin_formsets"]:
            all_forms += inline.formset.forms
        context["has_unfair_wording"] = any(map(_has_unfair_wording, all_forms))
        return super().render_change_form(request, context, *args, **kwargs)


class ProbeFormSet(SortableInlineFormSet):
    """The probes of a question, whose wording is checked likewise."""

    def clean(self) -> None:
        super().clean()
        if self.instance.status == Status.PUBLISHED and not self.data.get(CONFIRMATION):
            self._check_wording()

    def _check_wording(self) -> None:
        """Check the probes that this save publishes: all, or the changed ones."""
        check_all = not self._is_stored_as_published()
        for form in self.forms:
            is_checked = check_all or form.has_changed()
            if is_checked and form not in self.deleted_forms:
                for error in _wording_errors(form.cleaned_data.get("text", "")):
                    form.add_error("text", error)

    def _is_stored_as_published(self) -> bool:
        stored = type(self.instance)._base_manager.filter(pk=self.instance.pk).first()
        return stored is not None and stored.status == Status.PUBLISHED


class AnchorFormSet(InlineFormSet):
    """The anchors of a question, one for each rating and band.

    The database has the same constraint, but no message for a whole formset.
    """

    def clean(self) -> None:
        super().clean()
        for (rating, band), count in self._anchor_counts().items():
            if count > 1:
                bands = f"in the band “{band}”" if band else "for all bands"
                raise ValidationError(
                    f"There are {count} anchors for rating {rating} {bands}.", code="two_anchors"
                )

    def _anchor_counts(self) -> Counter[tuple[int, Band | None]]:
        """How many anchors the forms have for each rating and band."""
        counts: Counter[tuple[int, Band | None]] = Counter()
        for form in self.forms:
            if _has_anchor(form) and form not in self.deleted_forms:
                counts[form.cleaned_data["rating"], form.cleaned_data["band"]] += 1
        return counts


def _has_anchor(form: forms.BaseForm) -> bool:
    """Whether a form of an inline is valid and filled in."""
    return form.is_valid() and "rating" in form.cleaned_data


def _wording_errors(text: str) -> list[ValidationError]:
    warnings = unfair_wording_warnings(text)
    return [ValidationError(warning, code=UNFAIR_WORDING) for warning in warnings]


def _has_unfair_wording(form: forms.BaseForm) -> bool:
    """Whether a form was refused because of its wording."""
    for errors in form.errors.as_data().values():
        if any(error.code == UNFAIR_WORDING for error in errors):
            return True
    return False
