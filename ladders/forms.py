"""The filters of the list of ladders, and the choice of two levels to compare."""

from operator import attrgetter
from typing import ClassVar

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict

from content.comparison_form import ComparisonForm
from content.filters import FilterForm, KeyChoiceField
from content.querysets import Visitor
from ladders.models import Confidence, Ladder, LadderQuerySet, Level
from roles.models import Role


class LadderFilterForm(FilterForm):
    """Filters by words, role and confidence."""

    role = KeyChoiceField(Role.objects.published(), required=False, empty_label="Any role")
    confidence = forms.ChoiceField(
        required=False, choices=[("", "Any confidence"), *Confidence.choices]
    )

    searched = ("title", "organisation", "summary")
    equal = ("confidence",)

    def filter(self, rows: QuerySet[Ladder]) -> LadderQuerySet:
        ladders = super().filter(rows)
        assert isinstance(ladders, LadderQuerySet)
        if "confidence" in self.chosen:
            ladders = ladders.without_reference()
        role = self.chosen.get("role")
        if role:
            ladders = ladders.for_role(role)
        return ladders

    def numbers_of(self, name: str, left: QuerySet[Ladder]) -> QuerySet[Ladder]:
        if name == "confidence" and isinstance(left, LadderQuerySet):
            left = left.without_reference()
        return super().numbers_of(name, left)


class LevelPairForm(ComparisonForm):
    """Two levels to compare: of the portal's own ladders, and of those that the address names.

    :param user: the visitor; editors may also compare levels that are not public yet.
    """

    labels: ClassVar = {"from": "From", "to": "To"}

    def __init__(self, data: QueryDict, user: Visitor) -> None:
        keys = [data.get(name, "") for name in self.labels]
        levels = Level.objects.visible_to(user).comparable(keys)
        super().__init__(data, levels, self.labels, attrgetter("ladder"))
