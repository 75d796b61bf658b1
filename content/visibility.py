"""Keeps `is_live` right.

Whether visitors may see a row is stored with it, in the transaction that decides it.

A row is live if it is published itself and all rows that it depends on are live
(`ContentModel.is_live_q`). So a change is followed downwards: from the rows that were written to
those that depend on them, as far as anything changes.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Case, F, Q, QuerySet, Value, When

from content.base_models import ContentModel
from content.change_tracking import ChangedRows, note, tracking_changes
from content.models import SiteVersion

#: Rows that one statement names.
CHUNK = 500


def follow_changes(touched: ChangedRows, created: ChangedRows) -> None:
    """Bring `is_live` and the version of the site up to date (see `content.change_tracking`).

    Where databases have several writers, rows that others have written meanwhile are seen once the
    version is locked, and looked at again; so are the rows that this has changed, for somebody may
    have moved them before. They are not looked at under that lock only: who has written a row and
    waits for the lock would then be waited for in turn.

    :param touched: the rows that were written.
    :param created: those of them that are new: what stands on them was written later, and is
        touched itself.
    """
    changed = _update(touched, created, {})
    SiteVersion.objects.bump()
    if connection.features.has_select_for_update:
        _update(touched, {}, changed)


def recompute_visibility() -> int:
    """Bring `is_live` of all rows up to date, and what follows from it.

    :returns: the number of rows that did not agree with the rows they stand on.
    """
    number = 0
    with tracking_changes():
        for model in models_in_order():
            keys = list(wrong_rows(model).values_list("pk", flat=True))
            note(model, keys)
            number += len(keys)
    return number


def wrong_rows(model: type[ContentModel]) -> "QuerySet[Any]":
    """The rows of which `is_live` is not what follows from them and the rows they stand on."""
    condition = model.is_live_q() & Q(pk__isnull=False)  # an empty condition is refused
    rows = _rows(model).annotate(
        should_be_live=Case(When(condition, then=Value(True)), default=Value(False))
    )
    return rows.exclude(is_live=F("should_be_live"))


@cache
def models_in_order() -> "list[type[ContentModel]]":
    """All models of content, each after those that its rows stand on."""
    content = [model for model in apps.get_models() if issubclass(model, ContentModel)]
    return sorted(content, key=_depth)


def _depth(model: type[ContentModel]) -> int:
    return 1 + max((_depth(parent) for _, parent in _parents(model)), default=0)


def _parents(model: type[ContentModel]) -> Iterator[tuple[str, type[ContentModel]]]:
    for name in model.visibility_parents:
        yield name, model._meta.get_field(name).related_model  # type: ignore[misc]


def _update(
    touched: ChangedRows,
    created: ChangedRows,
    changed_before: Mapping[type[ContentModel], set[int]],
) -> dict[type[ContentModel], set[int]]:
    """
    :param changed_before: rows of which `is_live` has changed already; they are looked at again.
    :returns: the rows of which it has changed, now or before.
    """
    changed: dict[type[ContentModel], set[int]] = {}
    for model in models_in_order():
        new = created.get(model, set())
        affected = set(touched.get(model, ())).union(changed_before.get(model, ())) - new
        for name, parent in _parents(model):
            moved = changed[parent].union(
                touched.get(parent, ()) if name in model.own_visibility_parents else ()
            )
            affected |= _standing_on(model, name, moved.difference(created.get(parent, ())))
        _show(model, new)
        changed[model] = _store(model, affected - new).union(changed_before.get(model, ()))
    return changed


def _standing_on(model: type[ContentModel], name: str, parents: set[int]) -> set[int]:
    """The rows whose relation `name` leads to one of these rows."""
    keys: set[int] = set()
    for chunk in _chunks(parents):
        keys.update(_rows(model).filter(**{f"{name}__in": chunk}).values_list("pk", flat=True))
    return keys


def _show(model: type[ContentModel], keys: Iterable[int]) -> None:
    """Write `is_live` of those of these rows that are to be seen.

    All of them are new, and hidden so far.
    """
    for chunk in _chunks(keys):
        _rows(model).filter(model.is_live_q(), pk__in=chunk).update(is_live=True)


def _store(model: type[ContentModel], keys: Iterable[int]) -> set[int]:
    """Write `is_live` of those of these rows where it is wrong.

    :returns: the rows that were changed.
    """
    changed: set[int] = set()
    for chunk in _chunks(keys):
        wrong = dict(wrong_rows(model).filter(pk__in=chunk).values_list("pk", "should_be_live"))
        for is_live in set(wrong.values()):
            rows = [key for key, value in wrong.items() if value is is_live]
            _rows(model).filter(pk__in=rows).update(is_live=is_live)
        changed.update(wrong)
    return changed


def _rows(model: type[ContentModel]) -> "QuerySet[Any]":
    """Past the manager: what is written here follows a change and is no change itself."""
    return QuerySet(model).order_by()


def _chunks(keys: Iterable[int]) -> Iterator[list[int]]:
    ordered = sorted(keys)
    for start in range(0, len(ordered), CHUNK):
        yield ordered[start : start + CHUNK]
