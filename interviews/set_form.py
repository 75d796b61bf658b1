"""The form of a question set in the admin: a new one can begin with a loop that somebody built."""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from editing.forms import EditForm, InlineForm
from interviews.loop_kit import CLOSING, OPENING, LoopPlan

LONGEST_ADDRESS = 2000


class SectionForm(InlineForm):
    """A new section gets its slug when it is saved, so two that have none yet are not the same."""

    fields_set_by_formset = frozenset({"slug"})


class QuestionSetForm(EditForm):
    """A question set, and the loop that it takes what nobody filled in from."""

    loop = forms.CharField(
        label="Begin with a loop",
        required=False,
        max_length=LONGEST_ADDRESS,
        widget=forms.TextInput({"class": "vTextField"}),
        help_text=(
            "The address of a loop in the builder: its interviews become the sections of this set."
        ),
    )

    def clean_loop(self) -> LoopPlan | None:
        text = self.cleaned_data["loop"]
        if not text:
            return None
        plan = LoopPlan.of(QueryDict(urlsplit(text).query or text.partition("?")[2]))
        if not plan.places():
            raise ValidationError(
                "This address names no published question. Copy that of “Link to this loop”."
            )
        return plan

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if plan := self.cleaned_data.get("loop"):
            taken = {"level": plan.level, "role": plan.role, "intro": OPENING, "outro": CLOSING}
            for name in [name for name in taken if not self.cleaned_data.get(name)]:
                self.cleaned_data[name] = taken[name]
        return cleaned

    def write_loop(self) -> None:
        """Give the set, which is stored, what the loop asks."""
        if plan := self.cleaned_data.get("loop"):
            plan.write_into(self.instance)
