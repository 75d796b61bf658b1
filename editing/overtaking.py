"""Whether somebody has written a row, or a part of it, since an editor's older version of it."""

from collections.abc import Iterable
from hashlib import blake2b
from typing import Any

from django.db.models import QuerySet

#: The field of a form by which the page of a version says what it would replace.
FORMER_STATE = "former_state"


def dates_of(rows: Iterable[QuerySet[Any]]) -> list[set[Any]]:
    """When each of these rows was written; differs as soon as one is written, added or deleted."""
    return [set(each.order_by().values_list("pk", "updated_at")) for each in rows]


def state_of(rows: Iterable[QuerySet[Any]]) -> str:
    """The same in a few characters."""
    dates = [sorted((key, date.isoformat()) for key, date in each) for each in dates_of(rows)]
    return blake2b(repr(dates).encode(), digest_size=16).hexdigest()
