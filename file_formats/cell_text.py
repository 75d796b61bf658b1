"""Converts values of model fields to the texts of cells and back."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Field

from content.fields import NameListField, validate_calendar_date
from content.text import normalize_newlines

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
    value: object = field.to_python(_decoded(field, written))
    if isinstance(value, datetime):
        if value.tzinfo is None:
            value = value.replace(tzinfo=UTC)
        validate_calendar_date(value)
    return value


def _decoded(field: Field, written: object) -> object:
    """What the field itself can read of a cell in the notation of packs."""
    if isinstance(field, NameListField):
        return parse_names(str(written))
    if isinstance(field, models.BooleanField):
        return BOOLEANS.get(str(written).lower(), written)
    return written


def names_cell(names: str) -> str:
    """The cell for a list of names, one per line, from which `parse_names` makes the same list.

    A line break at the end says that ``|`` in the cell is part of a name.
    """
    is_one_line_with_mark = LIST_MARK in names and "\n" not in names
    return f"{names}\n" if is_one_line_with_mark or names.endswith("\n") else names


def parse_names(written: str) -> str:
    """The names in a cell, one per line; see `names_cell`.

    They are separated by line breaks, or by ``|`` if the cell has one line without a line break.
    """
    text = str(normalize_newlines(written))
    if "\n" in text:
        return text.removesuffix("\n")
    return "\n".join(parse_items(text)) if LIST_MARK in text else text


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
