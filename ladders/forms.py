"""The filters of the list of ladders."""

from django import forms

from content.filters import FilterForm, KeyChoiceField
from ladders.models import Confidence
from roles.models import Role


class LadderFilterForm(FilterForm):
    """By words, role and confidence."""

    role = KeyChoiceField(Role.objects.published(), required=False, empty_label="Any role")
    confidence = forms.ChoiceField(required=False, choices=[("", "Any confidence"), *Confidence.choices])

    searched = ("title", "organisation", "summary")
    equal = ("role", "confidence")
