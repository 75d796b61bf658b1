"""Fields of all content.

They refuse what one of the two databases cannot store, so that both take the same.
"""

import re
from datetime import datetime
from typing import Any
from unicodedata import category

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, MaxValueValidator, RegexValidator
from django.db import models

from content.numbers import DecimalNumberField, PlainNumber, WholeNumberField, plain_decimal

LINE_LENGTH = 200
SLUG_LENGTH = 80
MARKDOWN_LENGTH = 100_000
#: The choice of a form that leaves a field empty, because its source states nothing.
NOT_STATED = [("", "Not stated")]
#: Years that moments may have: in every time zone they stay within what Python and both databases
#: hold.
FIRST_YEAR, LAST_YEAR = 2, 9998
#: Categories of characters that are not seen: control characters, marks such as a soft hyphen,
#: blanks, ends of lines.
UNSEEN = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
#: Characters of other categories that have no shape: joiners, fillers of Hangul, vowels of Khmer,
#: variation selectors, and the Braille cell without dots.
SHAPELESS = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0"
) | {
    *map(chr, range(0xFE00, 0xFE10)),
    *map(chr, range(0xE0100, 0xE01F0)),
}
unstorable = re.compile("[\0\ud800-\udfff]").search


def validate_storable(value: str) -> None:
    """Refuse NUL (PostgreSQL cannot hold it) and lone surrogates (no encoding can).

    :raises ValidationError: code ``unstorable``, naming the character and its place.
    """
    if found := unstorable(value):
        raise ValidationError(
            "Character %(place)s (U+%(code)04X) cannot be stored.",
            code="unstorable",
            params={"place": found.start() + 1, "code": ord(found[0])},
        )


def validate_calendar_date(value: datetime) -> None:
    """Refuse a moment that falls before the year 1 or after the year 9999 in another time zone.

    :raises ValidationError: code ``beyond_calendar``.
    """
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        message = f"The year %(year)s is outside {FIRST_YEAR} to {LAST_YEAR}."
        raise ValidationError(message, code="beyond_calendar", params={"year": value.year})


def normalize_newlines(text: Any) -> Any:
    """The text with ``\\n`` at the ends of its lines, whatever a browser or a file has there."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if isinstance(text, str) else text


def is_blank(text: str) -> bool:
    """Whether nothing of a text is seen.

    Then it has blanks, control characters and marks without a shape alone.
    """
    return all(character in SHAPELESS or category(character) in UNSEEN for character in text)


class Lines:
    """Text whose lines end alike whichever door wrote it, so that it leaves as it came."""

    def validate(self, value: Any, model_instance: Any) -> None:
        """A text of which nothing is seen is none."""
        super().validate(value, model_instance)  # type: ignore[misc]
        if value and not self.blank and is_blank(value):  # type: ignore[attr-defined]
            raise ValidationError(self.error_messages["blank"], code="blank")  # type: ignore[attr-defined]

    def to_python(self, value: Any) -> Any:
        return normalize_newlines(super().to_python(value))  # type: ignore[misc]

    def get_prep_value(self, value: Any) -> Any:
        return normalize_newlines(super().get_prep_value(value))  # type: ignore[misc]


class LineField(Lines, models.CharField):
    """One line of plain text, 200 characters unless told otherwise."""

    default_validators = [validate_storable]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", LINE_LENGTH)
        super().__init__(*args, **kwargs)


class StatedField(models.CharField):
    """A choice that a source makes or leaves open.

    It is empty where the source states nothing, and is never filled in for it.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)

    def get_choices(self, include_blank: bool = True, *args: Any, **kwargs: Any) -> Any:
        """As of any field, with words for the empty choice."""
        return super().get_choices(include_blank, NOT_STATED, **kwargs)


validate_slug = RegexValidator(
    r"^[a-z0-9]+(?:-[a-z0-9]+)*\Z",
    "Use lower-case letters a–z, digits and single hyphens between them.",
    code="invalid_slug",
)


class SlugField(models.SlugField):
    """The name of a row in addresses and files.

    It keeps one rule, which is Django's without underscores and capitals.
    """

    default_validators = [validate_slug]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", SLUG_LENGTH)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs: Any) -> Any:
        """By this rule alone, also in the form.

        A row at hand never gets a slug for which there is no address.
        """
        return models.CharField.formfield(self, **{"validators": [validate_slug]} | kwargs)


class MarkdownField(Lines, models.TextField):
    """Markdown as the editor wrote it; the admin shows a live preview beside it."""

    default_validators = [validate_storable, MaxLengthValidator(MARKDOWN_LENGTH)]


class PlainTextField(Lines, models.TextField):
    """Several lines of plain text, without markup."""

    default_validators = [validate_storable, MaxLengthValidator(MARKDOWN_LENGTH)]


class DjangoColumn:
    """A field with a rule of its own on a column of Django's, the field that migrations name."""

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, _, arguments, options = super().deconstruct()  # type: ignore[misc]
        parent = next(each for each in type(self).__mro__ if each.__module__.startswith("django."))
        return name, f"django.db.models.{parent.__name__}", arguments, options


class WholeNumber(DjangoColumn, PlainNumber):
    """An integer that is written with plain digits."""

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": WholeNumberField} | kwargs)  # type: ignore[misc]


class PositiveIntegerField(WholeNumber, models.PositiveIntegerField):
    """A number from 0 on, so far below PostgreSQL's largest that rows can be put behind it.

    SQLite would take more.
    """

    default_validators = [MaxValueValidator(10**9)]


class PositiveSmallIntegerField(WholeNumber, models.PositiveSmallIntegerField):
    """The same for small numbers."""

    default_validators = [MaxValueValidator(2**15 - 1)]


class DecimalField(DjangoColumn, PlainNumber, models.DecimalField):
    """A number that is written with plain digits and a point."""

    plain = staticmethod(plain_decimal)

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": DecimalNumberField} | kwargs)


def refuse_unstorable_within(value: Any) -> None:
    """Refuse NUL and lone surrogates in keys and texts of what JSON holds, however deep.

    PostgreSQL takes neither.

    :raises ValidationError: code ``unstorable``.
    """
    waiting = [value]
    while waiting:
        held = waiting.pop()
        if isinstance(held, str):
            validate_storable(held)
        elif isinstance(held, dict):
            waiting += [*held.keys(), *held.values()]
        elif isinstance(held, list):
            waiting += held


class JSONField(DjangoColumn, models.JSONField):
    """What has no column of its own, as JSON."""

    default_validators = [refuse_unstorable_within]
