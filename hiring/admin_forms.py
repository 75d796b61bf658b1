"""The forms of question sets and their sections in the admin."""

from typing import ClassVar
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from content.base_models import Status
from editing.forms import EditForm, InlineForm, SortableInlineFormSet
from hiring.loop_plan import CLOSING, OPENING, LoopPlan
from interviews.question_forms import UnfairWordingForm

MAX_ADDRESS_LENGTH = 2000


class QuestionSetForm(EditForm):
    """A question set. A new one can begin with a loop from the loop builder."""

    loop = forms.CharField(
        label="Start from a loop",
        required=False,
        max_length=MAX_ADDRESS_LENGTH,
        widget=forms.TextInput({"class": "vTextField"}),
        help_text=(
            "The address of a loop from the builder; its interviews become sections of this set."
        ),
    )

    def clean_loop(self) -> LoopPlan | None:
        """The plan in the address, which may also be a query alone."""
        address = self.cleaned_data["loop"]
        if not address:
            return None
        query = urlsplit(address).query or address.partition("?")[2]
        plan = LoopPlan.from_query(QueryDict(query))
        if not plan.placements():
            raise ValidationError(
                "This address contains no published questions. Copy the address of “Link to this "
                "loop” in the builder."
            )
        return plan

    def clean(self) -> dict[str, object] | None:
        """Fill empty fields from the loop."""
        cleaned = super().clean()
        plan = self.cleaned_data.get("loop")
        if plan:
            defaults = {
                "level": plan.level,
                "role": plan.role,
                "intro": OPENING,
                "outro": CLOSING,
            }
            for name, default in defaults.items():
                self.cleaned_data[name] = self.cleaned_data.get(name) or default
        return cleaned

    def write_loop(self) -> None:
        """Add the rounds of the loop to the set, which has been saved."""
        plan = self.cleaned_data.get("loop")
        if plan:
            plan.write_into(self.instance)


class SectionInlineForm(InlineForm):
    """A section in the form of its set.

    Its slug is set when it is saved, so two new sections without slugs are not duplicates.
    """

    fields_set_on_save = frozenset({"slug"})


class ItemFormSet(SortableInlineFormSet):
    """The questions of a section."""

    preselected: ClassVar = {"required": True}


class SetSectionForm(UnfairWordingForm):
    """A section, whose script is read to candidates."""

    checked_field = "script"
    publishing_fields: ClassVar = frozenset({"script", "question_set"})

    def will_be_public(self) -> bool:
        """A section is as public as its set."""
        question_set = self.cleaned_data.get("question_set")
        if question_set is None and self.instance.question_set_id:
            question_set = self.instance.question_set
        return question_set is not None and question_set.status == Status.PUBLISHED
