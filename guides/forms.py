"""The filters of the list of guides."""

from django import forms

from content.filters import FilterForm
from guides.models import Guide


class GuideFilterForm(FilterForm):
    """Filters by words and by kind of reader."""

    audience = forms.ChoiceField(
        required=False, label="Written for", choices=[("", "Everybody"), *Guide.Audience.choices]
    )

    equal = ("audience",)
