"""Change tracking: the only module that connects signals of rows.

Every write of content, whether by a form, a command, a bulk call, a relation or a deletion, is
recorded in the `ChangeSet` of the outermost `tracking_changes()`. At its end, rows whose parts were
written get the dates of a written row. Then the listeners are called once with all changed rows,
inside the writer's own transaction, so that what they write rolls back with it. The app
configurations name the listeners.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from contextlib import AbstractContextManager, contextmanager, suppress
from contextvars import ContextVar
from copy import deepcopy
from datetime import datetime
from typing import TypeAlias

from django.apps import apps
from django.db import transaction
from django.db.models import Model, QuerySet
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save
from django.utils import timezone

from content import Row, Untyped

#: A foreign key whose related model the type checker does not know.
ForeignKeyField: TypeAlias = Untyped
#: Primary keys of rows by their model.
ChangedRows = Mapping[type[Model], set[int]]

#: Called with the rows that were written, and with those of them that are new.
listeners: list[Callable[[ChangedRows, ChangedRows], None]] = []


class ChangeSet:
    """The rows that were written in one `tracking_changes()`."""

    def __init__(self) -> None:
        #: Rows that were written or deleted, or whose parts were.
        self.touched: defaultdict[type[Model], set[int]] = defaultdict(set)
        #: Those of them that were saved for the first time. Rows that refer to them were written
        #: later.
        self.created: defaultdict[type[Model], set[int]] = defaultdict(set)
        #: Touched rows whose own dates do not show yet that a part of them was written.
        self.outdated: defaultdict[type[Model], set[int]] = defaultdict(set)
        #: Outdated rows of which a person, not an import, wrote a part.
        self.edited: defaultdict[type[Model], set[int]] = defaultdict(set)

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Roll back what is written and recorded inside, if it raises. Listeners never see it."""
        groups = (self.touched, self.created, self.edited, self.outdated)
        copies = deepcopy(groups)
        try:
            with transaction.atomic():
                yield
        except BaseException:
            for group, copy in zip(groups, copies, strict=True):
                group.clear()
                group.update(copy)
            raise

    def update_dates(self) -> None:
        """Set the dates of all rows whose parts were written, and of the parents of those rows.

        Takes one or two queries for each model.
        """
        self._mark_parents(is_import=False)
        self._mark_parents(is_import=True)
        now = timezone.now()
        for model, keys in self.outdated.items():
            # Not the manager of the model, which would record this as one more change.
            rows: QuerySet = QuerySet(model)
            edited = self.edited[model]
            rows.filter(pk__in=edited).update(updated_at=now, edited_at=now)
            rows.filter(pk__in=keys - edited).update(updated_at=now)

    def _mark_parents(self, *, is_import: bool) -> None:
        """Mark the parents of the outdated rows that an import wrote, or of the edited ones."""
        models = list(self.outdated)
        with _importing(is_import):
            while models:
                model = models.pop()
                keys = self.edited[model]
                if is_import:
                    keys = self.outdated[model] - keys
                mark_parents_outdated(model, keys)
                models += {field.related_model for field in _updated_parents(model)}


_change_set: ContextVar[ChangeSet | None] = ContextVar("change_set", default=None)
_is_import: ContextVar[bool] = ContextVar("is_import", default=False)


@contextmanager
def _importing(is_import: bool) -> Iterator[None]:
    """A block whose writes count as those of an import or, within an import, of a person."""
    token = _is_import.set(is_import)
    try:
        yield
    finally:
        _is_import.reset(token)


def as_import() -> AbstractContextManager[None]:
    """A block in which an import writes rows, so that they do not count as edited by a person."""
    return _importing(True)


def without_edit_date() -> AbstractContextManager[None]:
    """A block in which a row is saved unchanged, because a form was sent without any change."""
    return _importing(True)


def dates_of_change() -> dict[str, datetime]:
    """The date fields that a write sets now, with their values."""
    now = timezone.now()
    if _is_import.get():
        return {"updated_at": now}
    return {"updated_at": now, "edited_at": now}


@contextmanager
def tracking_changes() -> Iterator[ChangeSet]:
    """One transaction, at whose end the listeners are called once. An inner one joins it."""
    outer = _change_set.get()
    if outer is not None:
        yield outer
        return
    changes = ChangeSet()
    token = _change_set.set(changes)
    try:
        with transaction.atomic():
            yield changes
            changes.update_dates()
            if any(changes.touched.values()):
                for listener in listeners:
                    listener(changes.touched, changes.created)
    finally:
        _change_set.reset(token)


class Rollback(Exception):
    """Raised inside `revocable_changes` to roll back what was written there."""


@contextmanager
def revocable_changes() -> Iterator[ChangeSet]:
    """As `tracking_changes`; if `Rollback` is raised, the block ends and nothing is written."""
    with suppress(Rollback), tracking_changes() as changes, changes.savepoint():
        yield changes


def is_tracking_changes() -> bool:
    """Whether this runs inside `tracking_changes()`."""
    return _change_set.get() is not None


def mark_written(model: type[Model], keys: Iterable[int | None]) -> None:
    """Record that these rows are written or deleted."""
    with tracking_changes() as changes:
        changes.touched[model].update(_stored_keys(keys))


def mark_outdated(model: type[Model], keys: Iterable[int | None]) -> None:
    """Record that these rows changed because something related to them did."""
    stored = _stored_keys(keys)
    with tracking_changes() as changes:
        changes.touched[model] |= stored
        changes.outdated[model] |= stored
        if not _is_import.get():
            changes.edited[model] |= stored


def mark_written_with_parents(model: type[Model], keys: list[int]) -> None:
    """Record that these rows are written, and that the rows they are parts of changed."""
    with tracking_changes():
        mark_written(model, keys)
        mark_parents_outdated(model, keys)


def mark_parents_outdated(model: type[Model], keys: Iterable[int], *, raw: bool = False) -> None:
    """Mark the rows that these rows are parts of now (see `ContentModel.updated_parents`).

    :param raw: whether the rows are restored as they once were (`loaddata`), dates included.
    """
    fields = _updated_parents(model)
    if not fields or not keys:
        return
    columns = [field.attname for field in fields]
    rows = model._base_manager.filter(pk__in=keys).order_by().values_list(*columns)
    for field, parents in zip(fields, zip(*rows, strict=True), strict=False):
        _mark_changed(field.related_model, parents, raw=raw)


def foreign_keys(model: type[Model], names: Iterable[str]) -> list[ForeignKeyField]:
    """The foreign keys of a model with these names."""
    return [model._meta.get_field(name) for name in names]


def connect(base: type[Model]) -> None:
    """Listen to every model derived from `base`. Called once, when all apps are loaded."""
    for model in apps.get_models():
        if issubclass(model, base):
            pre_save.connect(_before_save, sender=model)
            post_save.connect(_after_write, sender=model)
            post_delete.connect(_after_write, sender=model)
            for field in model._meta.many_to_many:
                m2m_changed.connect(_after_relation_change, sender=field.remote_field.through)


def _before_save(
    sender: type[Model],
    instance: Row,
    raw: bool = False,
    update_fields: Set[str] | None = None,
    **kwargs: object,
) -> None:
    """If a part moves to another parent, mark the old parent as changed too."""
    if raw:  # the serialized value may not fit the rows that this row depends on now
        instance.is_live = sender._base_manager.filter(pk=instance.pk, is_live=True).exists()
    if not instance.pk:
        return
    for field in _updated_parents(sender):
        if update_fields is None or update_fields & {field.name, field.attname}:
            mark_parents_outdated(sender, [instance.pk], raw=raw)
            return


def _after_write(
    sender: type[Model], instance: Row, raw: bool = False, created: bool = False, **kwargs: object
) -> None:
    """Record a saved or deleted row, and that the rows it is part of changed."""
    # Deserialization sets many-to-many relations after the row, without saying that it is raw.
    instance._is_raw = raw
    with tracking_changes() as changes:
        mark_written(sender, [instance.pk])
        if created and not raw:  # `loaddata` may write a row before those that it refers to
            changes.created[sender].add(instance.pk)
        for field in _updated_parents(sender):
            _mark_changed(field.related_model, [getattr(instance, field.attname)], raw=raw)


def _after_relation_change(
    instance: Model,
    action: str,
    reverse: bool,
    model: type[Model],
    pk_set: set[int] | None,
    **kwargs: object,
) -> None:
    """A many-to-many relation is part of the row with the field, whichever end was written."""
    if not action.startswith("post_"):
        return
    owner, keys = (model, pk_set or set()) if reverse else (type(instance), {instance.pk})
    with tracking_changes():
        mark_written(type(instance), [instance.pk])
        _mark_changed(owner, keys, raw=getattr(instance, "_is_raw", False))


def _mark_changed(model: type[Model], keys: Iterable[int | None], *, raw: bool) -> None:
    """Mark rows of which something stored elsewhere was written.

    :param raw: whether that was restored as it once was; then the rows keep their dates.
    """
    if raw:
        mark_written(model, keys)
    else:
        mark_outdated(model, keys)


def _updated_parents(model: type[Model]) -> list[ForeignKeyField]:
    return foreign_keys(model, getattr(model, "updated_parents", ()))


def _stored_keys(keys: Iterable[int | None]) -> set[int]:
    return {key for key in keys if key is not None}
