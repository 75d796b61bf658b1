"""The form of an assessment: a step for every skill, or why there is none, and the evidence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from ladders.assessment import NONE_YET, Asked, Otherwise, Rating
from skills.models import SkillGroup

NOTE_LENGTH = 2000
#: What the names of fields begin with; the key of a skill follows.
RATING, NOTE = "r-", "n-"
GONE = "“%(value)s” is no step of this skill any more. Choose again."


class RatingField(forms.ChoiceField):
    """The steps of one skill, and the answers that name none."""

    def __init__(self, asked: Asked) -> None:
        steps = [(option.value, option.title) for option in asked.options]
        choices = [*steps, *Otherwise.choices]
        super().__init__(
            required=False,
            label=asked.skill.title,
            choices=choices,
            error_messages={"invalid_choice": GONE},
        )


class NoteField(forms.CharField):
    """Evidence in one's own words."""

    def __init__(self) -> None:
        super().__init__(
            required=False, max_length=NOTE_LENGTH, label="What did you do, and what came of it?"
        )


@dataclass(frozen=True)
class Item:
    """One skill of the form."""

    asked: Asked
    rating: BoundField
    note: BoundField

    @property
    def otherwise(self) -> list[tuple[str, str]]:
        """The answers that name no step."""
        return [(NONE_YET, self.asked.options[0].title), *Otherwise.choices]


class AssessmentForm(forms.Form):
    """Answers to what a level asks.

    :param answers: what was sent, or read from a file. Answers about other skills are kept for
        other levels.
    """

    def __init__(self, asked: Sequence[Asked], answers: Mapping[str, Any] | None = None) -> None:
        super().__init__(answers, auto_id="%s")
        self.asked = asked
        for row in asked:
            self.fields[RATING + row.skill.key] = RatingField(row)
            self.fields[NOTE + row.skill.key] = NoteField()

    @property
    def sections(self) -> list[tuple[SkillGroup | None, list[Item]]]:
        """The skills under their groups."""
        items = [
            Item(row, self[RATING + row.skill.key], self[NOTE + row.skill.key])
            for row in self.asked
        ]
        return [
            (group, list(rows))
            for group, rows in groupby(items, key=lambda item: item.asked.skill.group)
        ]

    @property
    def ratings(self) -> list[Rating]:
        """The answers that make sense; where one does not, the skill counts as not answered."""
        self.is_valid()
        return [Rating(row, *self._answer(row)) for row in self.asked]

    @property
    def elsewhere(self) -> dict[str, str]:
        """Answers about skills that this level does not ask for, by field."""
        sent = {
            name: str(value) for name, value in self.data.items() if name.startswith((RATING, NOTE))
        }
        return {name: value for name, value in sent.items() if value and name not in self.fields}

    def _answer(self, asked: Asked) -> tuple[str, str]:
        rating, note = (
            self.cleaned_data.get(kind + asked.skill.key, "") for kind in (RATING, NOTE)
        )
        return rating, note
