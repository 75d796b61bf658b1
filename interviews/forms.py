"""The filters of the question list and of its CSV."""

from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, QuerySet

from content.filters import FewChoiceField, FilterForm, KeyChoiceField
from interviews.models import Audience, Question, QuestionSkill
from ladders.models import Band
from roles.models import Role
from skills.models import Skill


class QuestionFilterForm(FilterForm):
    """By words, skill, role, band, kind, who asks, and time."""

    skill = KeyChoiceField(Skill.objects.published(), required=False, label="Tests", empty_label="Any skill")
    role = KeyChoiceField(Role.objects.published(), required=False, empty_label="Any role")
    band = FewChoiceField(Band.objects.all(), empty_label="Any band")
    kind = forms.ChoiceField(required=False, choices=[("", "All kinds"), *Question.Kind.choices])
    audience = forms.ChoiceField(required=False, label="Asked by", choices=[("", "Anybody"), *Audience.choices])
    minutes = forms.IntegerField(required=False, label="At most, minutes", min_value=1, max_value=600)

    searched = ("title", "prompt", "summary")
    equal = ("kind", "audience")

    def filter(self, rows: QuerySet[Question]) -> QuerySet[Question]:
        found: Any = super().filter(rows)
        chosen = self.chosen
        if skill := chosen.get("skill"):
            found = found.filter(pk__in=QuestionSkill.objects.filter(skill=skill).published().values("question"))
        if role := chosen.get("role"):
            for_roles = Question.roles.through.objects.filter(question=OuterRef("pk"))
            found = found.filter(Exists(for_roles.filter(role=role)) | ~Exists(for_roles))
        if band := chosen.get("band"):
            found = found.for_band(band)
        if minutes := chosen.get("minutes"):
            found = found.filter(minutes__lte=minutes)
        return found
