"""Stores `is_live`, whether visitors may see a row, in the transaction that decides it.

A row is live if it is published itself and all rows that it depends on are live
(`ContentModel.is_live_q`). So a change is followed downward: from the rows that were written to
those that depend on them, as long as anything changes.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from django.apps import apps
from django.db import connection
from django.db.models import Case, F, Q, QuerySet, Value, When

from content.base_models import ContentModel
from content.change_tracking import (
    ChangedRows,
    ForeignKeyField,
    foreign_keys,
    mark_written,
    tracking_changes,
)
from content.models import SiteVersion

#: Rows that one statement names.
CHUNK_SIZE = 500

RowsByModel = Mapping[type[ContentModel], set[int]]


def update_visibility(touched: ChangedRows, created: ChangedRows) -> None:
    """Update `is_live` and the version of the site (see `content.change_tracking`).

    PostgreSQL allows several writers at a time. Once the version is locked, rows that others have
    written since become visible and are checked again. So are the rows that the first pass has
    changed, because their parents may have changed before. Checking all rows only under that lock
    is not an option: a writer that has locked a row and waits for the lock would cause a deadlock.

    :param touched: the rows that were written.
    :param created: those of them that are new. Rows that depend on them were written later, and
        are touched themselves.
    """
    changed = _update(touched, created, {})
    SiteVersion.objects.bump()
    if connection.features.has_select_for_update:
        _update(touched, {}, changed)


def recompute_visibility() -> int:
    """Update `is_live` of all rows, and what depends on it.

    :returns: the number of rows whose stored value was wrong.
    """
    number = 0
    with tracking_changes():
        for model in models_in_order():
            keys = list(wrong_rows(model).values_list("pk", flat=True))
            mark_written(model, keys)
            number += len(keys)
    return number


def wrong_rows(model: type[ContentModel]) -> QuerySet:
    """The rows whose stored `is_live` is not what follows from the rows they depend on.

    They have the right value as `should_be_live`.
    """
    condition = model.is_live_q() & Q(pk__isnull=False)  # `When` refuses an empty condition
    should_be_live = Case(When(condition, then=Value(True)), default=Value(False))
    return _rows(model).annotate(should_be_live=should_be_live).exclude(is_live=F("should_be_live"))


@cache
def models_in_order() -> list[type[ContentModel]]:
    """All models of content, each after those that its rows depend on."""
    models = [model for model in apps.get_models() if issubclass(model, ContentModel)]
    return sorted(models, key=_depth)


def _depth(model: type[ContentModel]) -> int:
    parent_depths = [_depth(field.related_model) for field in _parents(model)]
    return 1 + max(parent_depths, default=0)


def _parents(model: type[ContentModel]) -> list[ForeignKeyField]:
    return foreign_keys(model, model.visibility_parents)


def _update(
    touched: ChangedRows, created: ChangedRows, changed_before: RowsByModel
) -> dict[type[ContentModel], set[int]]:
    """
    :param changed_before: rows whose `is_live` a former pass has changed. They are checked again.
    :returns: the rows whose `is_live` has changed, in this pass or before.
    """
    changed: dict[type[ContentModel], set[int]] = {}
    for model in models_in_order():
        new = created.get(model, set())
        former_changes = changed_before.get(model, set())
        affected = former_changes.union(touched.get(model, ()))
        for field in _parents(model):
            parent = field.related_model
            parents = set(changed[parent])
            if field.name in model.own_visibility_parents:
                parents.update(touched.get(parent, ()))
            affected |= _dependent_rows(model, field.name, parents - created.get(parent, set()))
        _show_new_rows(model, new)
        changed[model] = _correct_rows(model, affected - new) | former_changes
    return changed


def _dependent_rows(model: type[ContentModel], foreign_key: str, parents: set[int]) -> set[int]:
    """The rows whose foreign key refers to one of these rows."""
    keys: set[int] = set()
    for chunk in _chunks(parents):
        rows = _rows(model).filter(**{f"{foreign_key}__in": chunk})
        keys.update(rows.values_list("pk", flat=True))
    return keys


def _show_new_rows(model: type[ContentModel], keys: Iterable[int]) -> None:
    """Set `is_live` of new rows that are to be seen; it is stored as false so far."""
    for chunk in _chunks(keys):
        _rows(model).filter(model.is_live_q(), pk__in=chunk).update(is_live=True)


def _correct_rows(model: type[ContentModel], keys: Iterable[int]) -> set[int]:
    """Write `is_live` of those of these rows where it is wrong.

    :returns: the rows that were changed.
    """
    changed: set[int] = set()
    for chunk in _chunks(keys):
        wrong = dict(wrong_rows(model).filter(pk__in=chunk).values_list("pk", "should_be_live"))
        for is_live in set(wrong.values()):
            wrong_keys = [key for key, value in wrong.items() if value is is_live]
            _rows(model).filter(pk__in=wrong_keys).update(is_live=is_live)
        changed.update(wrong)
    return changed


def _rows(model: type[ContentModel]) -> QuerySet:
    """All rows, without the model's manager: what is written here is not tracked as a change."""
    return QuerySet(model).order_by()


def _chunks(keys: Iterable[int]) -> Iterator[list[int]]:
    ordered = sorted(keys)
    for start in range(0, len(ordered), CHUNK_SIZE):
        yield ordered[start : start + CHUNK_SIZE]
