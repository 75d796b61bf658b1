"""Locks of single rows, and the check whether rows have been written since they were read.

Only PostgreSQL locks single rows; SQLite has one lock for all writers, see `write_lock`.

A row may have its own admin page and also be edited on the page of its parent. Both pages
lock all rows that they write; otherwise one would read a row before the other has saved it, and
overwrite it. A load locks the rows of its collection.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from hashlib import blake2b

from django.db import connection
from django.db.models import Model, QuerySet

from content.change_tracking import foreign_keys
from content.visibility import models_in_order

#: The form field with the version token of the rows that reverting to a version would replace.
VERSION_TOKEN_FIELD = "former_state"  # noqa: S105

KeysByModel = defaultdict[type[Model], set[int]]


def lock_rows(querysets: Iterable[QuerySet]) -> None:
    """Lock these rows and their parent rows until the transaction ends.

    All callers lock in the same order, by model and key, so that no two wait for each other:
    parents before children, like `content.visibility`. Other rows may still refer to locked rows.
    Nothing is locked on SQLite, nor outside a transaction, where a page writes nothing.
    """
    if connection.vendor == "sqlite" or not connection.in_atomic_block:
        return
    keys: KeysByModel = defaultdict(set)
    for queryset in querysets:
        keys[queryset.model].update(queryset.order_by().values_list("pk", flat=True))
    _add_parents(keys)
    for model in models_in_order():
        if model in keys:
            rows = model._base_manager.filter(pk__in=keys[model]).order_by("pk")
            list(rows.select_for_update(no_key=True).values_list("pk", flat=True))


def _add_parents(keys: KeysByModel) -> None:
    """Add the parents of these rows: saving a row also updates the dates of its parents."""
    waiting = list(keys)
    while waiting:
        model = waiting.pop()
        for parent_field in foreign_keys(model, getattr(model, "updated_parents", ())):
            children = model._base_manager.filter(pk__in=keys[model])
            parent_keys = children.values_list(parent_field.attname, flat=True)
            keys[parent_field.related_model].update(filter(None, parent_keys))
            waiting.append(parent_field.related_model)


def write_times(querysets: Iterable[QuerySet]) -> list[set[tuple[int, datetime]]]:
    """The key of each row and when it was last written, as one set for each queryset.

    The result differs as soon as a row is written, added or deleted.
    """
    return [set(rows.order_by().values_list("pk", "updated_at")) for rows in querysets]


def version_token(querysets: Iterable[QuerySet]) -> str:
    """A short hash of `write_times`, for a form to carry."""
    times = []
    for rows in write_times(querysets):
        times.append(sorted((key, written_at.isoformat()) for key, written_at in rows))
    return blake2b(repr(times).encode(), digest_size=16).hexdigest()
