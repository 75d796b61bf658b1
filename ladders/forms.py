"""The filters of the list of ladders, and the choice of two levels."""

from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict

from content.choices import ComparisonForm, KeyChoiceField
from content.lists import FilterForm
from content.querysets import Visitor
from ladders.models import Confidence, Ladder, Level
from roles.models import Role


class LadderFilterForm(FilterForm):
    """By words, role and confidence."""

    role = KeyChoiceField(Role.objects.published(), required=False, empty_label="Any role")
    confidence = forms.ChoiceField(
        required=False, choices=[("", "Any confidence"), *Confidence.choices]
    )

    search_columns = ("title", "organisation", "summary")
    exact_fields = ("confidence",)

    def filter(self, rows: QuerySet[Ladder]) -> QuerySet[Ladder]:
        found: Any = super().filter(rows)
        if "confidence" in self.active_filters:
            found = found.without_reference()
        return found.for_role(role) if (role := self.active_filters.get("role")) else found

    def count_query(self, name: str, left: Any) -> Any:
        return super().count_query(name, left.without_reference() if name == "confidence" else left)


class LevelPairForm(ComparisonForm):
    """Two levels to compare: of the portal's own ladders, and of those that the address names.

    :param user: who asks; editors compare what is not public yet as well.
    """

    labels: ClassVar = {"from": "From", "to": "To"}

    def __init__(self, data: QueryDict, user: Visitor) -> None:
        levels = Level.objects.visible_to(user).comparable(
            [data.get(name, "") for name in self.labels]
        )
        super().__init__(data, levels, self.labels, lambda level: level.ladder)
