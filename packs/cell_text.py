"""Values of columns as the texts that stand in a pack, and back."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from content.fields import validate_calendar_date

TRUTH = {"true": True, "false": False}
LIST_MARK = "|"


def cell(value: Any) -> str:
    """A value as it is written; the same value has the same text on every database."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return (
        value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
    )


def value(model_field: Any, written: Any) -> Any:
    """A written text as the field's own kind of value; an empty one as the field's empty value.

    :raises ValidationError: if it is none.
    """
    if isinstance(written, list):
        return "\n".join(texts(written))
    if isinstance(written, dict):
        raise ValidationError("expected a text, not a mapping")
    if written == "" and _has_better_empty(model_field):
        return None if model_field.null else model_field.get_default()
    if isinstance(model_field, models.BooleanField):
        written = TRUTH.get(str(written).lower(), written)
    found = model_field.to_python(written)
    if isinstance(found, datetime):
        validate_calendar_date(found)
    return found


def items(written: Any) -> list[str]:
    """The items of a list, written as a list or in one cell.

    :raises ValidationError: if it is a list of something else than texts.
    """
    found = texts(written) if isinstance(written, list) else str(written or "").split(LIST_MARK)
    return [item.strip() for item in found if item.strip()]


def texts(written: list[Any]) -> list[str]:
    """The list, all of texts.

    :raises ValidationError: if it is not.
    """
    if not all(isinstance(item, str) for item in written):
        raise ValidationError("expected a list of texts")
    return written


def _has_better_empty(field: Any) -> bool:
    """Whether an empty text is none of its values, so that its default stands for it."""
    return not isinstance(field, (models.CharField, models.TextField)) or (
        bool(field.choices) and not field.blank
    )
