"""The filters of the list of roles, and the choice of roles to compare."""

from operator import attrgetter
from typing import ClassVar

from django.db.models import QuerySet
from django.http import QueryDict

from content.comparison_form import ComparisonForm
from content.filters import FilterForm, KeyChoiceField
from content.querysets import Visitor
from roles.models import Role, RoleFamily, SkillRequirement
from skills.models import Skill


class RoleFilterForm(FilterForm):
    """Filters by words, family, and a required skill."""

    family = KeyChoiceField(
        RoleFamily.objects.published(), required=False, empty_label="All families"
    )
    skill = KeyChoiceField(
        Skill.objects.published(), required=False, label="Needs", empty_label="Any skill"
    )

    page_size = 60
    searched = ("title", "aliases", "summary")
    equal = ("family",)

    def filter(self, rows: QuerySet[Role]) -> QuerySet[Role]:
        rows = super().filter(rows)
        skill = self.chosen.get("skill")
        if skill:
            requirements = SkillRequirement.objects.filter(skill=skill).published()
            rows = rows.filter(pk__in=requirements.values("role"))
        return rows


class RoleComparisonForm(ComparisonForm):
    """Two or three roles to compare: the portal's own ones, and those that the address names.

    :param user: the visitor; editors may also compare roles that are not public yet.
    """

    labels: ClassVar = {"a": "First role", "b": "Second role", "c": "Third role"}

    def __init__(self, data: QueryDict, user: Visitor) -> None:
        keys = [data.get(name, "") for name in self.labels]
        roles = Role.objects.visible_to(user).comparable(keys)
        super().__init__(data, roles, self.labels, attrgetter("family"), "Other roles")
