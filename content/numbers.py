"""Numbers as text: ASCII digits, in forms, packs and tables alike.

Python also reads `1_0`, digits of other scripts and exponents, which are hardly ever meant in a
position or a number of minutes. Zeros after the decimal point of a whole number are allowed,
because spreadsheets write them.
"""

import re
from collections.abc import Callable

from django import forms
from django.core.exceptions import ValidationError

from content import Untyped

#: Whole numbers of up to nine digits fit into every integer column of both databases.
WHOLE_DIGITS = 9
_whole = re.compile(r"([+-]?[0-9]+)(?:\.0*)?").fullmatch
_decimal = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)").fullmatch

#: Returns the number in a text without the spaces around it; None if the text is not a number.
NumberReader = Callable[[str], str | None]


def whole_number(text: str) -> int | None:
    """The number that a text of up to nine digits is; None for any other text."""
    if text.isascii() and text.isdigit() and len(text) <= WHOLE_DIGITS:
        return int(text)
    return None


def plain_whole(text: str) -> str | None:
    """The digits of a whole number, with its sign; None if the text is not a whole number."""
    match = _whole(text.strip())
    return match[1] if match else None


def plain_decimal(text: str) -> str | None:
    """The digits of a number, with its sign and point; None if the text is not a number."""
    match = _decimal(text.strip())
    return match[0] if match else None


class PlainNumberMixin:
    """A number field, of a model or of a form, that accepts only plain digits as text."""

    read_number: NumberReader = staticmethod(plain_whole)

    def to_python(self, value: object) -> Untyped:
        if isinstance(value, str) and value:
            number = self.read_number(value)
            if number is None:
                message = self.error_messages["invalid"]  # type: ignore[attr-defined]
                raise ValidationError(message, code="invalid", params={"value": value})
            value = number
        return super().to_python(value)  # type: ignore[misc]


class WholeNumberField(PlainNumberMixin, forms.IntegerField):
    """A whole number in a form."""


class DecimalNumberField(PlainNumberMixin, forms.DecimalField):
    """A number in a form."""

    read_number = staticmethod(plain_decimal)
