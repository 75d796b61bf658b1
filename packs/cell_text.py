"""Converts values of model fields to the texts of cells and back."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Field

from content.fields import validate_calendar_date

BOOLEANS = {"true": True, "false": False}
LIST_MARK = "|"


def cell(value: object) -> str:
    """The text of a value, which is the same on every database."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, datetime):
        value = value.astimezone(UTC)
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def parse_value(field: Field, written: object) -> object:
    """The value of a field from its cell. An empty cell is the empty value of the field.

    For a text without a choice that is the empty text, for other fields their default. A time
    without a time zone is in UTC, and a date alone is its midnight.

    :raises ValidationError: if the cell is not valid for the field.
    """
    if isinstance(written, list):
        return "\n".join(validated_texts(written))
    if isinstance(written, dict):
        raise ValidationError("expected a text, not a mapping")
    is_empty_allowed = field.empty_strings_allowed and (field.blank or not field.choices)
    if written == "" and not is_empty_allowed:
        return field.get_default()
    if isinstance(field, models.BooleanField):
        written = BOOLEANS.get(str(written).lower(), written)
    value: object = field.to_python(written)
    if isinstance(value, datetime):
        if value.tzinfo is None:
            value = value.replace(tzinfo=UTC)
        validate_calendar_date(value)
    return value


def parse_items(written: object) -> list[str]:
    """The items of a cell with several values, which is a list or a text with separators.

    :raises ValidationError: if it is a list of anything but texts.
    """
    if isinstance(written, list):
        items = validated_texts(written)
    else:
        items = str(written or "").split(LIST_MARK)
    return list(filter(None, map(str.strip, items)))


def validated_texts(written: list[object]) -> list[str]:
    """The list, all items of which are texts.

    :raises ValidationError: if any item is not a text.
    """
    if not all(isinstance(item, str) for item in written):
        raise ValidationError("expected a list of texts")
    return list(map(str, written))
