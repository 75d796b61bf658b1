"""Numbers as text: digits of ASCII, in forms, packs and tables alike.

Python also reads `1_0`, digits of other scripts and exponents, which hardly anybody means who
writes a position or a number of minutes. Zeros behind the point of a whole number are taken:
spreadsheets write them.
"""

import re
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

#: Every integer column of both databases holds as many.
WHOLE_DIGITS = 9
_whole = re.compile(r"([+-]?[0-9]+)(?:\.0*)?").fullmatch
_decimal = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)").fullmatch

#: Gives the text of a number without what is around its digits; None if it is none.
Plain = Callable[[str], str | None]


def whole_number(text: str) -> int | None:
    """The number of up to nine digits that a text is; None if it is something else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= WHOLE_DIGITS else None


def plain_whole(text: str) -> str | None:
    """The digits of a whole number, with its sign."""
    found = _whole(text.strip())
    return found[1] if found else None


def plain_decimal(text: str) -> str | None:
    """The digits of a number, with its sign and point."""
    found = _decimal(text.strip())
    return found[0] if found else None


class PlainNumber:
    """A number field, of a model or of a form, that reads no other texts than plain ones."""

    plain: Plain = staticmethod(plain_whole)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and value:
            plain = self.plain(value)
            if plain is None:
                raise ValidationError(
                    self.error_messages["invalid"],  # type: ignore[attr-defined]
                    code="invalid",
                    params={"value": value},
                )
            value = plain
        return super().to_python(value)  # type: ignore[misc]


class WholeNumberField(PlainNumber, forms.IntegerField):
    """A whole number in a form."""


class DecimalNumberField(PlainNumber, forms.DecimalField):
    """A number in a form."""

    plain = staticmethod(plain_decimal)
