"""Rows are locked before they are read, so that two writers do not cross.

This needs a database that locks single rows.

A part may have a page of its own beside the page of its whole. Both pages lock all rows that they
write: otherwise one would read a part before the other has saved it, and write it after. A load
locks the rows of its collection.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.db.models import Model, QuerySet

from content.visibility import models_in_order


def lock_rows(rows: Iterable[QuerySet[Any]]) -> None:
    """Lock these rows, and the rows that they are part of, until the transaction ends.

    Whoever locks rows does so in one order, by model and key, so that no two wait for each other:
    rows before those that stand on them, as `content.visibility` follows a change. Rows that are
    locked can be referred to meanwhile. SQLite has one lock for all writers; nothing is locked
    there, nor for a page that writes nothing and so has no transaction.
    """
    if connection.vendor == "sqlite" or not connection.in_atomic_block:
        return
    keys: defaultdict[type[Model], set[int]] = defaultdict(set)
    for each in rows:
        keys[each.model].update(each.order_by().values_list("pk", flat=True))
    _add_wholes(keys)
    for model in (model for model in models_in_order() if model in keys):
        found = model._base_manager.filter(pk__in=keys[model]).order_by("pk")
        list(found.select_for_update(no_key=True).values_list("pk", flat=True))


def _add_wholes(keys: defaultdict[type[Model], set[int]]) -> None:
    """Add what the rows with these keys are a part of: a save dates it."""
    waiting = list(keys)
    while waiting:
        model = waiting.pop()
        for name in getattr(model, "updated_parents", ()):
            whole: Any = model._meta.get_field(name)
            found = model._base_manager.filter(pk__in=keys[model]).values_list(
                whole.attname, flat=True
            )
            keys[whole.related_model].update(key for key in found if key is not None)
            waiting.append(whole.related_model)
