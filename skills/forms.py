"""The filters of the list of skills."""

from django import forms

from content.filters import FilterForm, KeyChoiceField
from skills.models import Skill, SkillGroup


class SkillFilterForm(FilterForm):
    """Filters by words, group and kind."""

    group = KeyChoiceField(SkillGroup.objects.published(), required=False, empty_label="All groups")
    kind = forms.ChoiceField(required=False, choices=[("", "All kinds"), *Skill.Kind.choices])

    page_size = 60
    searched = ("title", "aliases", "summary")
    equal = ("group", "kind")
