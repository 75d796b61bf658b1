"""Text fields of all content: they refuse what one of the two databases cannot store."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, RegexValidator
from django.db import models

LINE_LENGTH = 200
SLUG_LENGTH = 80
MARKDOWN_LENGTH = 100_000
#: The choice of a form that leaves a field empty, because its source states nothing.
NOT_STATED = [("", "Not stated")]
unstorable = re.compile("[\0\ud800-\udfff]").search


def refuse_unstorable(value: str) -> None:
    """Refuse NUL (PostgreSQL cannot hold it) and lone surrogates (no encoding can).

    :raises ValidationError: code ``unstorable``, naming the character and its place.
    """
    if found := unstorable(value):
        raise ValidationError(
            "Character %(place)s (U+%(code)04X) cannot be stored.",
            code="unstorable",
            params={"place": found.start() + 1, "code": ord(found[0])},
        )


def with_line_ends(text: Any) -> Any:
    """The text with ``\\n`` at the ends of its lines, whatever a browser or a file has there."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if isinstance(text, str) else text


class Lines:
    """Text whose lines end alike whichever door wrote it, so that it leaves as it came."""

    def to_python(self, value: Any) -> Any:
        return with_line_ends(super().to_python(value))  # type: ignore[misc]

    def get_prep_value(self, value: Any) -> Any:
        return with_line_ends(super().get_prep_value(value))  # type: ignore[misc]


class LineField(Lines, models.CharField):
    """One line of plain text, 200 characters unless told otherwise."""

    default_validators = [refuse_unstorable]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", LINE_LENGTH)
        super().__init__(*args, **kwargs)


class StatedField(models.CharField):
    """A choice that a source makes or leaves open: empty where it states nothing, and never filled in for it."""

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
    """The name of a row in addresses and files; by one rule, which is Django's without underscores and capitals."""

    default_validators = [validate_slug]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", SLUG_LENGTH)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs: Any) -> Any:
        """By this rule alone, and in the form: a row at hand never gets a slug for which there is no address."""
        return models.CharField.formfield(self, **{"validators": [validate_slug]} | kwargs)


class MarkdownField(Lines, models.TextField):
    """Markdown as the editor wrote it; the admin shows a live preview beside it."""

    default_validators = [refuse_unstorable, MaxLengthValidator(MARKDOWN_LENGTH)]


class PlainTextField(Lines, models.TextField):
    """Several lines of plain text, without markup."""

    default_validators = [refuse_unstorable, MaxLengthValidator(MARKDOWN_LENGTH)]
