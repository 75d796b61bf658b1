"""The filters of the list of roles, and the choice of roles to compare."""

from typing import ClassVar

from django.db.models import QuerySet
from django.http import QueryDict

from content.choices import ComparisonForm, KeyChoiceField
from content.lists import FilterForm
from content.querysets import Visitor
from roles.models import Role, RoleFamily, SkillRequirement
from skills.models import Skill


class RoleFilterForm(FilterForm):
    """By words, family, and a skill the role needs."""

    family = KeyChoiceField(
        RoleFamily.objects.published(), required=False, empty_label="All families"
    )
    skill = KeyChoiceField(
        Skill.objects.published(), required=False, label="Needs", empty_label="Any skill"
    )

    page_size = 60
    search_columns = ("title", "aliases", "summary")
    exact_fields = ("family",)

    def filter(self, rows: QuerySet[Role]) -> QuerySet[Role]:
        rows = super().filter(rows)
        if skill := self.active_filters.get("skill"):
            rows = rows.filter(
                pk__in=SkillRequirement.objects.filter(skill=skill).published().values("role")
            )
        return rows


class RoleComparisonForm(ComparisonForm):
    """Two or three roles to compare: of the portal's own, and those that the address names.

    :param user: who asks; editors compare what is not public yet as well.
    """

    labels: ClassVar = {"a": "First role", "b": "Second role", "c": "Third role"}

    def __init__(self, data: QueryDict, user: Visitor) -> None:
        roles = Role.objects.visible_to(user).comparable(
            [data.get(name, "") for name in self.labels]
        )
        super().__init__(data, roles, self.labels, lambda role: role.family, "Other roles")
