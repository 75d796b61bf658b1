"""Forms for what is prepared for a level: the base of the loop form, and the practice form."""

from collections.abc import Mapping
from functools import cached_property
from operator import attrgetter
from typing import ClassVar, cast

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.http import QueryDict

from content.choices import KeyChoiceField, grouped_choices
from content.numbers import WholeNumberField
from interviews.models import AnswerFramework
from ladders.levels_with_skills import LevelsBySkills, reference_level
from ladders.models import Level
from roles.models import Role

DEFAULT_PRACTICE_MINUTES = 30
#: How many selections of questions can be drawn before the first one is drawn again.
SEEDS = 1000


class LevelForm(forms.Form):
    """Base of forms that choose a level of a ladder that names skills, by the key of the level."""

    level = forms.ChoiceField(
        error_messages={"invalid_choice": "There is no level “%(value)s” with required skills."}
    )

    #: The URL name of the page that the form leads to, and the text of its button.
    action: ClassVar[str]
    button: ClassVar[str]
    #: The values of fields that an address does not name.
    defaults: ClassVar[Mapping[str, object]] = {}

    def __init__(self, query: QueryDict) -> None:
        data = {**self.defaults, **query.dict()} if self.is_submitted(query) else None
        super().__init__(data)
        key = query.get("level", "")
        by_skills = LevelsBySkills.comparable([key])
        #: All public levels of the ladders of those that can be chosen, and of the one asked for.
        self.levels = by_skills.levels
        self._choices = {level.key: level for level in by_skills.with_skills}
        #: The level that was asked for, if it names no skills.
        self.level_without_skills = self._level_without_skills(key)
        self._set_level_choices()
        self.helper = FormHelper()
        self.helper.form_method = "get"
        self.helper.form_action = self.action
        self.helper.form_class = "filters"
        self.helper.disable_csrf = True
        self.helper.layout = Layout(*self.fields, Submit("", self.button, css_class="btn"))

    def is_submitted(self, query: QueryDict) -> bool:
        """Whether an address has what the form was filled in with."""
        return "level" in query

    @property
    def selected_level(self) -> Level | None:
        """The level; none unless the whole form is valid."""
        return self._choices.get(self.cleaned_data["level"]) if self.is_valid() else None

    @cached_property
    def reference(self) -> Level | None:
        """The reference level of the same band, to choose instead of a level without skills."""
        return reference_level(self.level_without_skills) if self.level_without_skills else None

    def _level_without_skills(self, key: str) -> Level | None:
        for level in self.levels:
            if level.key == key and key not in self._choices:
                return level
        return None

    def _set_level_choices(self) -> None:
        field = cast(forms.ChoiceField, self.fields["level"])
        empty_label = "Choose" if field.required else "Any level"
        choices = grouped_choices(self._choices.values(), attrgetter("ladder"))
        field.choices = [("", empty_label), *choices]
        level = self.level_without_skills
        if level:
            message = f"{level} of {level.ladder} does not state which skills it requires."
            field.error_messages["invalid_choice"] = message


class PracticeForm(LevelForm):
    """For which role and level, how long, by the steps of which answer framework."""

    level = forms.ChoiceField(
        required=False, error_messages=LevelForm.base_fields["level"].error_messages
    )
    role = KeyChoiceField(Role.objects.published(), required=False, empty_label="Any role")
    framework = KeyChoiceField(
        AnswerFramework.objects.published().order_by("position", "title", "id"),
        required=False,
        label="Answer framework",
        empty_label="Default",
    )
    minutes = WholeNumberField(min_value=5, max_value=180, initial=DEFAULT_PRACTICE_MINUTES)

    draw = WholeNumberField(
        required=False, min_value=0, max_value=SEEDS - 1, widget=forms.HiddenInput
    )

    action = "interviews:practice"
    button = "Get questions"
    defaults: ClassVar[Mapping[str, object]] = {"minutes": DEFAULT_PRACTICE_MINUTES}

    def is_submitted(self, query: QueryDict) -> bool:
        return bool(query)

    @property
    def selected_framework(self) -> AnswerFramework | None:
        """The framework that was chosen, or else the first one. The form must be valid."""
        frameworks = cast(KeyChoiceField, self.fields["framework"]).rows.values()
        return self.cleaned_data["framework"] or next(iter(frameworks), None)
