"""Forms of questions in the admin.

They ask again before they publish what is unlawful or unfair to ask.
"""

from collections import Counter
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse

from content.base_models import Status
from editing.content_admin import ContentAdmin
from editing.forms import EditForm, InlineFormSet, SortableInlineFormSet
from interviews.unfair_topics import warnings_of

#: The code of the errors that an editor may overrule, and the field to do so.
DOUBTFUL = "doubtful"
ANYWAY = "publish_anyway"


def is_doubtful(form: forms.BaseForm) -> bool:
    """Whether a form was refused because of what it asks."""
    return any(
        error.code == DOUBTFUL for errors in form.errors.as_data().values() for error in errors
    )


def _doubts(text: str) -> list[ValidationError]:
    return [ValidationError(warning, code=DOUBTFUL) for warning in warnings_of(text)]


class DoubtfulForm(EditForm):
    """Refuses to publish doubtful words until the editor says that there is a reason."""

    #: The field with the words, and the fields whose change may publish them.
    asked: ClassVar[str]
    publishing: ClassVar[set[str]]

    publish_anyway = forms.BooleanField(
        required=False, label="Publish it anyway", help_text="There is a reason to ask this."
    )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        is_news = bool(self.publishing & {*self.changed_data})
        if is_news and self.is_to_be_public() and not self.cleaned_data.get(ANYWAY):
            for doubt in _doubts(self.cleaned_data.get(self.asked, "")):
                self.add_error(self.asked, doubt)
        return cleaned

    def is_to_be_public(self) -> bool:
        """Whether visitors will see what is on the form."""
        return self.cleaned_data.get("status") == Status.PUBLISHED


class QuestionForm(DoubtfulForm):
    """The form of a question."""

    asked = "prompt"
    publishing: ClassVar = {"prompt", "status"}


class SetSectionForm(DoubtfulForm):
    """The form of a section, whose script is read to candidates."""

    asked = "script"
    publishing: ClassVar = {"script", "question_set"}

    def is_to_be_public(self) -> bool:
        question_set = self.cleaned_data.get("question_set") or getattr(
            self.instance, "question_set", None
        )
        return bool(question_set and question_set.status == Status.PUBLISHED)


class DoubtMixin(ContentAdmin):
    """The admin of what has such a form."""

    change_form_template = "admin/interviews/doubtful_form.html"

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        parts = [
            form for inline in context["inline_admin_formsets"] for form in inline.formset.forms
        ]
        context["is_doubtful"] = any(map(is_doubtful, [context["adminform"].form, *parts]))
        return super().render_change_form(request, context, *args, **kwargs)


class ProbeFormSet(SortableInlineFormSet):
    """Refuses to publish doubtful probes likewise."""

    def clean(self) -> None:
        super().clean()
        if self.instance.status != Status.PUBLISHED or self.data.get(ANYWAY):
            return
        for form in self.forms:
            doubts = (
                [] if form in self.deleted_forms else _doubts(form.cleaned_data.get("text", ""))
            )
            if doubts and (form.has_changed() or not self._is_stored_as_published()):
                form.add_error("text", doubts)

    def _is_stored_as_published(self) -> bool:
        stored = type(self.instance)._base_manager.filter(pk=self.instance.pk).first()
        return bool(stored and stored.status == Status.PUBLISHED)


class AnchorFormSet(InlineFormSet):
    """The database refuses a second anchor for a rating; this says so before."""

    def clean(self) -> None:
        super().clean()
        kept = [
            form.cleaned_data
            for form in self.forms
            if form not in self.deleted_forms and form.is_valid()
        ]
        places = Counter((each["rating"], each["band"]) for each in kept if "rating" in each)
        for (rating, band), count in places.items():
            if count > 1:
                where = f"in the band “{band}”" if band else "for all bands"
                raise ValidationError(
                    f"There are {count} anchors for rating {rating} {where}.", code="two_anchors"
                )
