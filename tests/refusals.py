"""Why a row is refused: by its own validation, and by the database."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model


def codes(row: Model) -> dict[str, list[str]]:
    """What validation finds by field, as codes, a constraint as its sentence.

    Empty for a row without faults.
    """
    try:
        row.full_clean()
    except ValidationError as error:
        return {
            name: [fault.code or fault.message for fault in faults]
            for name, faults in error.error_dict.items()
        }
    return {}


def is_stored(row: Model) -> bool:
    """Whether the database takes the row, validated or not."""
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        return False
    return True
