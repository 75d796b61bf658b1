"""Converts values of model fields to the texts of cells and back."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import models

from content.fields import validate_calendar_date
from packs.pack_tables import ModelField

BOOLEANS = {"true": True, "false": False}
LIST_MARK = "|"


def cell(value: object) -> str:
    """The text of a value, which is the same on every database."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def parse_value(field: ModelField, written: object) -> object:
    """The value of a field from its cell. An empty cell is the empty value of the field.

    :raises ValidationError: if the cell is not valid for the field.
    """
    if isinstance(written, list):
        return "\n".join(validated_texts(written))
    if isinstance(written, dict):
        raise ValidationError("expected a text, not a mapping")
    if written == "" and not _accepts_empty_text(field):
        return None if field.null else field.get_default()
    if isinstance(field, models.BooleanField):
        written = BOOLEANS.get(str(written).lower(), written)
    value: object = field.to_python(written)
    if isinstance(value, datetime):
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
    return [item.strip() for item in items if item.strip()]


def validated_texts(written: list[object]) -> list[str]:
    """The list, all items of which are texts.

    :raises ValidationError: if any item is not a text.
    """
    texts = [item for item in written if isinstance(item, str)]
    if len(texts) < len(written):
        raise ValidationError("expected a list of texts")
    return texts


def _accepts_empty_text(field: ModelField) -> bool:
    """Whether the empty text is a value of the field. If not, its default is used instead."""
    if not isinstance(field, models.CharField | models.TextField):
        return False
    return field.blank or not field.choices
