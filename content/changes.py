"""The one mechanism that reacts to writes: it keeps the search index and the site version right.

Every write of content, through whichever door (form, command, bulk call, relation, deletion), is noted
here. At the end of the outermost `recording()` the followers see what was touched, once, inside the
writer's own transaction, so that what they write rolls back with it. `ContentConfig` names the followers.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import ForeignKey, Model
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save

Touched = Mapping[type[Model], set[int]]

followers: list[Callable[[Touched], None]] = []
_touched: ContextVar[defaultdict[type[Model], set[int]] | None] = ContextVar("touched", default=None)


@contextmanager
def recording() -> Iterator[defaultdict[type[Model], set[int]]]:
    """One transaction whose changes are followed up once, at its end; nests freely."""
    outer = _touched.get()
    if outer is not None:
        yield outer
        return
    touched: defaultdict[type[Model], set[int]] = defaultdict(set)
    token = _touched.set(touched)
    try:
        with transaction.atomic():
            yield touched
            if any(touched.values()):
                for follow in followers:
                    follow(touched)
    finally:
        _touched.reset(token)


def note(model: type[Model], keys: Iterable[int | None]) -> None:
    """Remember that these rows of `model` are written or deleted."""
    with recording() as touched:
        touched[model].update(key for key in keys if key is not None)


def note_rows(model: type[Model], keys: list[int]) -> None:
    """The same, with the rows that these rows are part of (see `Gated.part_of`)."""
    note(model, keys)
    if owner := _owner(model):
        owners = model._base_manager.filter(pk__in=keys).values_list(owner.attname, flat=True)
        note(owner.related_model, owners)


def _owner(model: type[Model]) -> "ForeignKey[Any, Any] | None":
    name = getattr(model, "part_of", "")
    return model._meta.get_field(name) if name else None  # type: ignore[return-value]


def _before_save(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    """A part that moves to another owner leaves its old owner's entry to be rebuilt too."""
    if instance.pk and _owner(sender):
        note_rows(sender, [instance.pk])


def _written(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    note(sender, [instance.pk])
    if owner := _owner(sender):
        note(owner.related_model, [getattr(instance, owner.attname)])


def _related(instance: Model, action: str, **kwargs: Any) -> None:
    if action.startswith("post_"):
        note(type(instance), [instance.pk])


def connect(base: type[Model]) -> None:
    """Listen to every model made from `base`; called once, when all apps are loaded."""
    for model in apps.get_models():
        if issubclass(model, base):
            pre_save.connect(_before_save, sender=model)
            post_save.connect(_written, sender=model)
            post_delete.connect(_written, sender=model)
            for field in model._meta.many_to_many:
                m2m_changed.connect(_related, sender=field.remote_field.through)
