"""The one mechanism that reacts to writes.

It keeps dates of change, search index and site version right.

Every write of content, whether by a form, a command, a bulk call, a relation or a deletion, is
recorded here. At the end of the outermost `tracking_changes()`, rows whose parts were written are
dated like rows that were written themselves. Then the followers are called once with all changed
rows, inside the writer's own transaction, so that what they write rolls back with it.
`ContentConfig` names the followers.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from contextlib import AbstractContextManager, contextmanager, suppress
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import ForeignKey, Model, QuerySet
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save
from django.utils import timezone

ChangedRows = Mapping[type[Model], set[int]]

#: Called with the rows that were written, and with those of them that are new.
followers: list[Callable[[ChangedRows, ChangedRows], None]] = []


class Record:
    """What was written in one recording."""

    def __init__(self) -> None:
        #: Rows written or deleted, or changed by their parts.
        self.touched: defaultdict[type[Model], set[int]] = defaultdict(set)
        #: Those of them that were saved for the first time: whatever refers to them was written
        #: later.
        self.created: defaultdict[type[Model], set[int]] = defaultdict(set)
        #: Those of them whose own dates do not tell of it yet: that somebody edited a part, or that
        #: a part was written.
        self.edited: defaultdict[type[Model], set[int]] = defaultdict(set)
        self.outdated: defaultdict[type[Model], set[int]] = defaultdict(set)

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """A part of the recording that is taken back as a whole, without follow-up, if it fails."""
        groups = (self.touched, self.created, self.edited, self.outdated)
        before = [{model: set(keys) for model, keys in group.items()} for group in groups]
        try:
            with transaction.atomic():
                yield
        except BaseException:
            for group, known in zip(groups, before, strict=True):
                group.clear()
                group.update(known)
            raise

    def date(self) -> None:
        """Date every row whose parts have changed, and what that is a part of.

        That takes one query a model, or two.
        """
        with _importing(False):
            self._spread(lambda model: self.edited[model])
        with _importing(True):
            self._spread(lambda model: self.outdated[model] - self.edited[model])
        now = timezone.now()
        for model, keys in self.outdated.items():
            # Past the manager: this is the following up, not one more change.
            rows: QuerySet[Any] = QuerySet(model)
            edited = self.edited[model]
            if edited:
                rows.filter(pk__in=edited).update(updated_at=now, edited_at=now)
            if imported := keys - edited:
                rows.filter(pk__in=imported).update(updated_at=now)

    def _spread(self, rows: Callable[[type[Model]], set[int]]) -> None:
        """Note what these rows are a part of."""
        waiting = list(self.outdated)
        while waiting:
            model = waiting.pop()
            mark_parents_outdated(model, rows(model))
            waiting += {owner.related_model for owner in _wholes(model)}


_record: ContextVar[Record | None] = ContextVar("record", default=None)
_is_import: ContextVar[bool] = ContextVar("is_import", default=False)


@contextmanager
def _importing(is_import: bool) -> Iterator[None]:
    token = _is_import.set(is_import)
    try:
        yield
    finally:
        _is_import.reset(token)


def as_import() -> AbstractContextManager[None]:
    """Where an import writes: its rows are written, but nobody edited them."""
    return _importing(True)


def without_edit_date() -> AbstractContextManager[None]:
    """Where a row is written as it was: a form was sent without any change."""
    return _importing(True)


def dates_of_change() -> dict[str, datetime]:
    """What the dates of a row become that is written now."""
    now = timezone.now()
    return {"updated_at": now} if _is_import.get() else {"updated_at": now, "edited_at": now}


@contextmanager
def tracking_changes() -> Iterator[Record]:
    """One transaction whose changes are followed up once, at its end; nests freely."""
    outer = _record.get()
    if outer is not None:
        yield outer
        return
    record = Record()
    token = _record.set(record)
    try:
        with transaction.atomic():
            yield record
            record.date()
            if any(record.touched.values()):
                for follow in followers:
                    follow(record.touched, record.created)
    finally:
        _record.reset(token)


class Rollback(Exception):
    """Raised inside `revocable_changes` to roll back what was written there."""


@contextmanager
def revocable_changes() -> Iterator[Record]:
    """As `tracking_changes`; if `Rollback` is raised, nothing inside is written, and it ends."""
    with suppress(Rollback), tracking_changes() as record, record.attempt():
        yield record


def is_tracking_changes() -> bool:
    """Whether this runs inside a recording."""
    return _record.get() is not None


def note(model: type[Model], keys: Iterable[int | None]) -> None:
    """Remember that these rows of `model` are written or deleted."""
    with tracking_changes() as record:
        record.touched[model].update(key for key in keys if key is not None)


def mark_outdated(model: type[Model], keys: Iterable[int | None]) -> None:
    """Remember that these rows changed by something that is stored elsewhere."""
    known = {key for key in keys if key is not None}
    with tracking_changes() as record:
        record.touched[model] |= known
        record.outdated[model] |= known
        if not _is_import.get():
            record.edited[model] |= known


def mark_rows_written(model: type[Model], keys: list[int]) -> None:
    """Remember that these rows are written, and with them the rows that they are part of."""
    with tracking_changes():
        note(model, keys)
        mark_parents_outdated(model, keys)


def mark_parents_outdated(model: type[Model], keys: Iterable[int], *, raw: bool = False) -> None:
    """Mark the rows that these rows are part of now (see `ContentModel.part_of`).

    :param raw: whether rows are put back as they once were (`loaddata`), dates and all.
    """
    wholes = _wholes(model)
    if wholes and keys:
        rows = (
            model._base_manager.filter(pk__in=keys)
            .order_by()
            .values_list(*(whole.attname for whole in wholes))
        )
        for whole, found in zip(wholes, zip(*rows, strict=True), strict=False):
            _noting(raw)(whole.related_model, found)


def _noting(raw: bool) -> Callable[[type[Model], Iterable[int | None]], None]:
    return note if raw else mark_outdated


def _wholes(model: type[Model]) -> "list[ForeignKey[Any, Any]]":
    return [model._meta.get_field(name) for name in getattr(model, "part_of", ())]  # type: ignore[misc]


def _before_save(
    sender: type[Model],
    instance: Any,
    raw: bool = False,
    update_fields: Set[str] | None = None,
    **kwargs: Any,
) -> None:
    """A part that moves to another whole leaves a changed one behind."""
    if raw:  # what it was when it was serialized is not what follows from its row now
        instance.is_live = sender._base_manager.filter(pk=instance.pk, is_live=True).exists()
    names = {name for whole in _wholes(sender) for name in (whole.name, whole.attname)}
    if instance.pk and (update_fields is None or names & update_fields):
        mark_parents_outdated(sender, [instance.pk], raw=raw)


def _written(
    sender: type[Model], instance: Any, raw: bool = False, created: bool = False, **kwargs: Any
) -> None:
    instance._is_put_back = raw  # its links, which are set after it, are put back as well
    with tracking_changes() as record:
        note(sender, [instance.pk])
        if created and not raw:  # `loaddata` also writes rows before those that they refer to
            record.created[sender].add(instance.pk)
        for whole in _wholes(sender):
            _noting(raw)(whole.related_model, [getattr(instance, whole.attname)])


def _related(
    instance: Model,
    action: str,
    reverse: bool,
    model: type[Model],
    pk_set: set[int] | None,
    **kwargs: Any,
) -> None:
    """A link belongs to the row whose field it is, whichever end it was made at."""
    if action.startswith("post_"):
        with tracking_changes():
            note(type(instance), [instance.pk])
            ends = (model, pk_set or ()) if reverse else (type(instance), [instance.pk])
            _noting(getattr(instance, "_is_put_back", False))(*ends)


def connect(base: type[Model]) -> None:
    """Listen to every model made from `base`; called once, when all apps are loaded."""
    for model in apps.get_models():
        if issubclass(model, base):
            pre_save.connect(_before_save, sender=model)
            post_save.connect(_written, sender=model)
            post_delete.connect(_written, sender=model)
            for field in model._meta.many_to_many:
                m2m_changed.connect(_related, sender=field.remote_field.through)
