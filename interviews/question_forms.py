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
from interviews.models import Question
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
        required=False, label="Publish anyway", help_text="There is a reason to ask this."
    )

    def clean(self) -> dict[str, object] | None:
        cleaned = super().clean()
        is_changed = not self.publishing_fields.isdisjoint(self.changed_data)
        is_confirmed = self.cleaned_data.get(CONFIRMATION)
        if is_changed and not is_confirmed and self.will_be_public():
            _refuse_unfair_wording(self, self.checked_field)
        return cleaned

    def will_be_public(self) -> bool:
        """Whether visitors will see what is in the form."""
        return self.cleaned_data.get("status") == Status.PUBLISHED


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
        context["has_unfair_wording"] = any(
            form.has_error(field, UNFAIR_WORDING) for form in all_forms for field in form.errors
        )
        return super().render_change_form(request, context, *args, **kwargs)


class ProbeFormSet(SortableInlineFormSet):
    """The probes of a question, whose wording is checked in the same way."""

    def clean(self) -> None:
        super().clean()
        if self.instance.status == Status.PUBLISHED and not self.data.get(CONFIRMATION):
            self._check_wording()

    def _check_wording(self) -> None:
        """Check the probes that this save publishes: all, or the changed ones."""
        stored = Question.objects.filter(pk=self.instance.pk).values_list("status", flat=True)
        check_all = stored.first() != Status.PUBLISHED
        for form in self.forms:
            is_checked = check_all or form.has_changed()
            if is_checked and form not in self.deleted_forms:
                _refuse_unfair_wording(form, "text")


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
                    f"There are {count} anchors for rating {rating} {bands}. Keep one.",
                    code="two_anchors",
                )

    def _anchor_counts(self) -> Counter[tuple[int, Band | None]]:
        """How many anchors the forms have for each rating and band."""
        counts: Counter[tuple[int, Band | None]] = Counter()
        for form in self.forms:
            is_filled = form.is_valid() and "rating" in form.cleaned_data
            if is_filled and form not in self.deleted_forms:
                counts[form.cleaned_data["rating"], form.cleaned_data["band"]] += 1
        return counts


def _refuse_unfair_wording(form: forms.BaseForm, field: str) -> None:
    for warning in unfair_wording_warnings(form.cleaned_data.get(field, "")):
        form.add_error(field, ValidationError(warning, code=UNFAIR_WORDING))
