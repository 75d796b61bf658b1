"""The filters of the list of ladders, and the choice of two levels."""

from itertools import groupby
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.db.models import QuerySet
from django.http import QueryDict

from content.filters import FilterForm, KeyChoiceField
from ladders.models import Confidence, Ladder, Level
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


class LevelPairForm(forms.Form):
    """Two levels to compare, by their keys. Levels are read once, for the lists and for what was chosen."""

    helper = FormHelper()
    helper.form_method = "get"
    helper.form_class = "filters"
    helper.disable_csrf = True

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data if data else None)
        keys = [data.get(name, "") for name in ("from", "to")]
        self.levels = {level.key: level for level in Level.objects.published().comparable(keys)}
        choices = [("", "Choose a level"), *self._by_ladder()]
        for name, label in (("from", "From"), ("to", "To")):
            missing = {"invalid_choice": "There is no level “%(value)s”."}
            self.fields[name] = forms.ChoiceField(required=False, label=label, choices=choices, error_messages=missing)
        self.helper.layout = Layout("from", "to", Submit("", "Compare", css_class="btn"))

    def clean(self) -> dict[str, Any]:
        chosen = self.cleaned_data
        if chosen.get("from") and chosen.get("from") == chosen.get("to"):
            self.add_error("to", "That is the same level. Choose another one.")
        return chosen

    @property
    def pair(self) -> tuple[Level, Level] | None:
        """What is to be compared, if both are chosen and differ."""
        chosen = [self.cleaned_data[name] for name in ("from", "to")] if self.is_valid() else [""]
        return (self.levels[chosen[0]], self.levels[chosen[1]]) if all(chosen) else None

    def _by_ladder(self) -> list[tuple[str, list[tuple[str, str]]]]:
        grouped = groupby(self.levels.values(), key=lambda level: level.ladder)
        return [(str(ladder), [(level.key, str(level)) for level in levels]) for ladder, levels in grouped]
