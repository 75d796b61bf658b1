"""The filters of the list of ladders."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from content.filters import FilterForm, KeyChoiceField
from ladders.models import Confidence, Ladder
from roles.models import Role


class LadderFilterForm(FilterForm):
    """By words, role and confidence."""

    role = KeyChoiceField(Role.objects.published(), required=False, empty_label="Any role")
    confidence = forms.ChoiceField(required=False, choices=[("", "Any confidence"), *Confidence.choices])

    searched = ("title", "organisation", "summary")
    equal = ("confidence",)

    def filter(self, rows: QuerySet[Ladder]) -> QuerySet[Ladder]:
        found: Any = super().filter(rows)
        return found.for_role(role) if (role := self.chosen.get("role")) else found
