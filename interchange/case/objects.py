"""The objects of a CASE package: links between them, and the date of each one's last change.

A package that is loaded into another portal leaves it again with the same bytes, dates included. So
the import keeps the date of an object with a mark of what it said; the date holds for as long as
the row still says the same, whichever door may have written it since. Otherwise, and for rows that
no package brought, it is that of the row itself.
"""

import json
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any

from content.base_models import ContentModel
from interchange.case.schema import EXTENSION

Object = dict[str, Any]

DATE = "lastChangeDateTime"
#: What an object is called elsewhere, and where: it may change without the object.
BESIDE = frozenset({"uri", "title", DATE})
MARK_SIZE = 8


def mark(found: Object) -> str:
    """Of what an object says of itself."""
    text = json.dumps(_said(found), ensure_ascii=True, sort_keys=True)
    return blake2b(text.encode(), digest_size=MARK_SIZE).hexdigest()


def _said(found: Object) -> Object:
    said = {
        name: held
        for name, held in found.items()
        if name not in BESIDE and held not in (None, "", [])
    }
    return {name: held.get("identifier") if _is_link(held) else held for name, held in said.items()}


def _is_link(held: Any) -> bool:
    return isinstance(held, dict) and "uri" in held


def moment(changed: datetime) -> str:
    """A date as CASE writes it."""
    return changed.astimezone(UTC).isoformat(timespec="seconds")


def written_at(row: ContentModel) -> datetime:
    """When somebody last wrote it.

    CASE needs a date of what only imports have written too: when one did.
    """
    return row.changed_at or row.updated_at


def dated(found: Object, told: Object, changed: datetime) -> Object:
    """The object with the date of its last change.

    :param told: what the import kept, if there was one.
    :param changed: when the row was last written here.
    """
    is_as_told = told.get("mark") == mark(found) and isinstance(told.get("date"), str)
    return found | {DATE: told["date"] if is_as_told else moment(changed)}


def link(found: Object, title: str = "") -> Object:
    """A reference to an object."""
    return {
        "title": title or title_of(found),
        "identifier": found["identifier"],
        "uri": found["uri"],
    }


def title_of(found: Object) -> str:
    """The words by which a reference names an object."""
    names = ("title", "abbreviatedStatement", "humanCodingScheme", "fullStatement")
    return next((found[name] for name in names if found.get(name)), "")[:200]


def extended(said: Object) -> Object:
    """The extension of an object."""
    return {"extensions": {EXTENSION: said}}


def filled(found: Object) -> Object:
    """An object without the keys that hold nothing."""
    return {name: held for name, held in found.items() if held not in (None, "", [], {})}
