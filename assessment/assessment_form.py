"""The answers of a self-assessment: the form, and the file in which a visitor keeps them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils import timezone

from assessment.ratings import AssessedSkill, Rating, SpecialAnswer
from content.fields import validate_storable
from file_formats.errors import shortened
from ladders.models import Level
from skills.models import Skill

NOTE_LENGTH = 2000
#: The names of fields begin with one of these; the key of a skill follows.
RATING_PREFIX, NOTE_PREFIX = "r-", "n-"
INVALID_OPTION = "“%(value)s” is no longer a proficiency of this skill. Choose again."
#: What marks a JSON file as an assessment.
FILE_KIND = "TPM Portal assessment"
MAX_FILE_SIZE = 1_000_000
#: How many letters of the name of an answer an error message quotes.
QUOTED_LETTERS = 80


class RatingField(forms.ChoiceField):
    """The options of one skill, and the special answers."""

    def __init__(self, assessed: AssessedSkill) -> None:
        options = [(option.value, option.title) for option in assessed.options]
        super().__init__(
            required=False,
            label=assessed.skill.title,
            choices=[*options, *SpecialAnswer.choices],
            error_messages={"invalid_choice": INVALID_OPTION},
        )


class NoteField(forms.CharField):
    """The evidence for an answer."""

    def __init__(self) -> None:
        super().__init__(
            required=False,
            max_length=NOTE_LENGTH,
            label=("What did you do, and what was the result?"),
        )


@dataclass(frozen=True)
class FormRow:
    """One skill of the form with its two fields."""

    assessed: AssessedSkill
    rating: BoundField
    note: BoundField

    @property
    def other_answers(self) -> list[tuple[str, str]]:
        """Values and labels of the answers that name no proficiency."""
        below_first = self.assessed.options[0]
        return [(below_first.value, below_first.title), *SpecialAnswer.choices]

    @property
    def has_note(self) -> bool:
        """Whether the field for the evidence is open."""
        return bool(self.note.value() or self.note.errors)


class AssessmentForm(forms.Form):
    """Answers about the skills that a level requires.

    :param answers: answers by name of the field, as sent or read from a file. Answers about other
        skills are passed on for other levels.
    """

    def __init__(
        self, assessed_skills: Sequence[AssessedSkill], answers: Mapping[str, object] | None = None
    ) -> None:
        super().__init__(answers, auto_id="%s")
        self.assessed_skills = assessed_skills
        for assessed in assessed_skills:
            self.fields[_rating_name(assessed.skill)] = RatingField(assessed)
            self.fields[_note_name(assessed.skill)] = NoteField()

    @property
    def rows(self) -> list[FormRow]:
        """The skills with their fields, in the order of the skill groups."""
        rows = []
        for assessed in self.assessed_skills:
            rating, note = self[_rating_name(assessed.skill)], self[_note_name(assessed.skill)]
            rows.append(FormRow(assessed, rating, note))
        return rows

    @property
    def ratings(self) -> list[Rating]:
        """The answers; an invalid one counts as not answered."""
        self.is_valid()
        ratings = []
        for assessed in self.assessed_skills:
            value = self.cleaned_data.get(_rating_name(assessed.skill), "")
            note = self.cleaned_data.get(_note_name(assessed.skill), "")
            ratings.append(Rating(assessed, value, note))
        return ratings

    @property
    def other_answers(self) -> dict[str, str]:
        """Answers about skills that this level does not require, by name of the field."""
        answers = _answers_in(self.data)
        return {name: value for name, value in answers.items() if name not in self.fields}


def _rating_name(skill: Skill) -> str:
    return RATING_PREFIX + skill.key


def _note_name(skill: Skill) -> str:
    return NOTE_PREFIX + skill.key


def _is_answer(name: str) -> bool:
    return name.startswith((RATING_PREFIX, NOTE_PREFIX))


def _answers_in(data: Mapping[str, object]) -> dict[str, str]:
    """The answers among sent values, by name of the field, without empty ones."""
    answers = {}
    for name, value in data.items():
        if value and _is_answer(name):
            answers[name] = str(value)
    return answers


class UnreadableFile(ValueError):
    """A file that does not contain an assessment; the message says why."""


def file_content(level: Level, data: Mapping[str, object]) -> str:
    """Return a JSON file with the answers among sent values, today's date and the version."""
    content = {
        "kind": FILE_KIND,
        "level": level.key,
        "framework_version": level.ladder.collection.version,
        "date": timezone.localdate().isoformat(),
        "answers": _answers_in(data),
    }
    return json.dumps(content, ensure_ascii=False, indent=1)


def read_answers(content: bytes) -> dict[str, str]:
    """Return the answers of a file by name of the field.

    :raises UnreadableFile: if it is not a file that `file_content` could have written.
    """
    if len(content) > MAX_FILE_SIZE:
        raise UnreadableFile("This file is too large for an assessment.")
    answers: dict[str, str] = {}
    for name, value in _stored_answers(content).items():
        if not _is_answer(name):
            continue
        _check_storable(name)
        if not isinstance(value, str):
            quoted = shortened(name, QUOTED_LETTERS)
            raise UnreadableFile(f"This file contains something other than text in “{quoted}”.")
        _check_storable(value)
        answers[name] = value
    return answers


def _stored_answers(content: bytes) -> Mapping[str, object]:
    """The answers of a file, not validated yet.

    :raises UnreadableFile: if the file is not JSON or not an assessment.
    """
    try:
        document = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise UnreadableFile("This file is not an assessment: it is not JSON.") from None
    if isinstance(document, dict) and document.get("kind") == FILE_KIND:
        answers = document.get("answers")
        if isinstance(answers, dict):
            return answers
    raise UnreadableFile("This file is not an assessment that was downloaded from this portal.")


def _check_storable(text: str) -> None:
    """
    :raises UnreadableFile: if the database could not store the text.
    """
    try:
        validate_storable(text)
    except ValidationError:
        raise UnreadableFile(
            "This file contains invalid characters: download the assessment again."
        ) from None
