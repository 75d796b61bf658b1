"""An assessment as a file that its owner keeps, and reads in again later.

It is JSON, of this portal's own making.
"""

import json
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError

from content.fields import validate_storable
from ladders.assessment_form import NOTE, RATING
from packs.errors import shortened

KIND = "TPM Portal assessment"
LARGEST = 1_000_000
#: Letters of the name of an answer that a sentence repeats.
SHOWN = 80


class UnreadableFile(ValueError):
    """A file that holds no assessment; its words say why."""


def written(level_key: str, answers: Mapping[str, Any]) -> str:
    """The answers, by field of the form, as the text of a file."""
    kept = {
        name: str(value)
        for name, value in answers.items()
        if value and name.startswith((RATING, NOTE))
    }
    return json.dumps(
        {"kind": KIND, "level": level_key, "answers": kept}, ensure_ascii=False, indent=1
    )


def read(text: bytes) -> dict[str, str]:
    """The answers of such a file, by field of the form.

    :raises Unreadable: if it is something else.
    """
    if len(text) > LARGEST:
        raise UnreadableFile("This file is too large for an assessment.")
    try:
        held = json.loads(text.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise UnreadableFile("This file is no assessment: it is not JSON.") from None
    answers = held.get("answers") if isinstance(held, dict) and held.get("kind") == KIND else None
    if not isinstance(answers, dict):
        raise UnreadableFile("This file is no assessment that was downloaded here.")
    found = {name: value for name, value in answers.items() if name.startswith((RATING, NOTE))}
    _refuse_unstorable("".join(found))
    if other := next((name for name, value in found.items() if not isinstance(value, str)), ""):
        raise UnreadableFile(
            f"This file holds something else than a text as “{shortened(other, SHOWN)}”."
        )
    _refuse_unstorable("".join(found.values()))
    return found


def _refuse_unstorable(text: str) -> None:
    """
    :raises Unreadable: if a database could not store it.
    """
    try:
        validate_storable(text)
    except ValidationError:
        raise UnreadableFile(
            "This file holds characters that are no text: download the assessment again."
        ) from None
