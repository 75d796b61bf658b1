"""The filters of the list of roles."""

from django.db.models import QuerySet

from content.filters import FilterForm, KeyChoiceField
from roles.models import Role, RoleFamily, SkillRequirement
from skills.models import Skill


class RoleFilterForm(FilterForm):
    """By words, family, and a skill the role needs."""

    family = KeyChoiceField(RoleFamily.objects.published(), required=False, empty_label="All families")
    skill = KeyChoiceField(Skill.objects.published(), required=False, label="Needs", empty_label="Any skill")

    page_size = 60
    searched = ("title", "aliases", "summary")
    equal = ("family",)

    def filter(self, rows: QuerySet[Role]) -> QuerySet[Role]:
        rows = super().filter(rows)
        if skill := self.chosen.get("skill"):
            rows = rows.filter(pk__in=SkillRequirement.objects.filter(skill=skill).published().values("role"))
        return rows
