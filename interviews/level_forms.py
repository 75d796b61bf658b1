"""What somebody asks for who prepares an interview for a level.

It is a loop to ask, or questions to practise.
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.http import QueryDict

from content.distinct_names import grouped_choices
from content.filters import KeyChoiceField
from content.numbers import WholeNumberField
from interviews.models import AnswerFramework
from ladders.models import Level
from roles.models import Role

USUAL_PRACTICE = 30
#: Selections of questions that can be drawn; then the first comes again.
DRAWS = 1000


class LevelForm(forms.Form):
    """Base: a level that names its skills, chosen by its key."""

    level = forms.ChoiceField(
        error_messages={
            "invalid_choice": "There is no level “%(value)s” on a ladder that names skills."
        }
    )

    #: Where the form leads to, and the words on its button.
    action: ClassVar[str]
    button: ClassVar[str]
    #: What is taken where an address says nothing.
    usual: ClassVar[Mapping[str, Any]] = {}

    def __init__(self, data: QueryDict) -> None:
        super().__init__({**self.usual, **data.dict()} if self.is_asked(data) else None)
        levels = Level.objects.published().assessable([data.get("level", "")])
        self.levels: dict[str, Level] = {level.key: level for level in levels}
        field: Any = self.fields["level"]
        none = "Choose" if field.required else "Any level"
        field.choices = [
            ("", none),
            *grouped_choices(self.levels.values(), lambda level: level.ladder),
        ]
        self.helper = FormHelper()
        self.helper.form_method = "get"
        self.helper.form_action = self.action
        self.helper.form_class = "filters"
        self.helper.disable_csrf = True
        self.helper.layout = Layout(*self.fields, Submit("", self.button, css_class="btn"))

    def is_asked(self, data: QueryDict) -> bool:
        """Whether an address asks for anything yet."""
        return "level" in data

    @property
    def level_chosen(self) -> Level | None:
        """The level; none as long as anything is wrong."""
        return self.levels.get(self.cleaned_data["level"]) if self.is_valid() else None


class PracticeForm(LevelForm):
    """For which role and level, how long, by the steps of which answer framework."""

    level = forms.ChoiceField(
        required=False, error_messages=LevelForm.base_fields["level"].error_messages
    )
    role = KeyChoiceField(Role.objects.published(), required=False, empty_label="Any role")
    framework = KeyChoiceField(
        AnswerFramework.objects.published().order_by("position", "title", "id"),
        required=False,
        label="Tell it by",
        empty_label="The usual steps",
    )
    minutes = WholeNumberField(min_value=5, max_value=180, initial=USUAL_PRACTICE)

    draw = WholeNumberField(
        required=False, min_value=0, max_value=DRAWS - 1, widget=forms.HiddenInput
    )

    action = "interviews:practice"
    button = "Draw questions"
    usual: ClassVar[Mapping[str, Any]] = {"minutes": USUAL_PRACTICE}

    def is_asked(self, data: QueryDict) -> bool:
        return bool(data)

    @property
    def first_framework(self) -> AnswerFramework | None:
        """The one that is taken where none was chosen."""
        field: Any = self.fields["framework"]
        return next(iter(field.rows.values()), None)
