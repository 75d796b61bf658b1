"""Rows of every type that visitors must not see, for every possible reason.

Each has its own mark in every text.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any

from django.db import models
from django.db.models import Model

from content.base_models import ContentModel, Status, StatusModel
from content.change_tracking import tracking_changes
from ladders.models import Expectation
from roles.models import RoleMove
from skills.models import Skill
from tests.project.world import FACTORIES, World, content_models

#: A word of all marked texts, by which a search finds them without naming a mark.
WORD = "zebra"

Way = tuple[str, ...]


@dataclass(frozen=True)
class Hidden:
    """A row with its mark, and why it is hidden."""

    why: str
    mark: str
    row: ContentModel
    #: The row whose state hides it.
    closed: StatusModel

    def open(self, status: Status = Status.PUBLISHED) -> None:
        """Give what hides it another state."""
        self.closed.status = status
        self.closed.save()


def ways_to_hide(model: type[ContentModel]) -> Iterator[Way]:
    """The relations that lead to a state on which a row of this model hangs.

    Its own is the empty way.
    """
    if issubclass(model, StatusModel):
        yield ()
    for name in model.visibility_parents:
        yield from ((name, *way) for way in ways_to_hide(model._meta.get_field(name).related_model))


def make_hidden(world: World) -> list[Hidden]:
    """Every kind, hidden in every way, connected to the public rows.

    Some public rows point at hidden ones.
    """
    with tracking_changes():
        return [*_in_every_way(world), *_pointed_at(world)]


def _in_every_way(world: World) -> Iterator[Hidden]:
    for model in content_models():
        for way in ways_to_hide(model):
            for status in (
                (Status.DRAFT, Status.IN_REVIEW, Status.ARCHIVED) if way == () else (Status.DRAFT,)
            ):
                yield _hidden(model, way, status, world)


def _pointed_at(world: World) -> Iterator[Hidden]:
    """What a row names without standing on it: its role, its group, the skills it speaks of."""
    for model in content_models():
        for field in relations(model):
            ways = list(ways_to_hide(field.related_model))
            if field.name not in model.visibility_parents and ways:
                found = _hidden(
                    field.related_model,
                    ways[0],
                    Status.DRAFT,
                    world,
                    f"{model.__name__}.{field.name} → ",
                )
                _public(model, field, found.row, world)
                yield found


_numbers = count(1)


def _hidden(
    model: type[ContentModel], way: Way, status: Status, world: World, why: str = ""
) -> Hidden:
    mark = f"qz{next(_numbers):03}zq"
    row = _marked_row(model, way, status, world, mark)
    closed = row
    for name in way:
        closed = getattr(closed, name)
    return Hidden(f"{why}{model.__name__} behind {'.'.join((*way, status))}", mark, row, closed)


def _marked_row(
    model: type[ContentModel], way: Way, status: Status, world: World, mark: str
) -> Any:
    values = marks(model, mark) | _surroundings(model, way, world)
    if way:
        field = model._meta.get_field(way[0])
        values[field.name] = _marked_row(field.related_model, way[1:], status, world, mark)
    else:
        values["status"] = status
    row = FACTORIES[model](**values)
    for field in model._meta.many_to_many:
        getattr(row, field.name).add(world[field.related_model])
    return row


def _public(model: type[ContentModel], field: Any, hidden: ContentModel, world: World) -> None:
    if field.many_to_many:
        getattr(world[model], field.name).add(hidden)
        return
    values = _surroundings(model, (field.name,), world) | {field.name: hidden}
    if any(each.name == "text" for each in model._meta.fields):
        values["text"] = "Plain words."
    FACTORIES[model](**values)


def _surroundings(model: type[ContentModel], way: Way, world: World) -> dict[str, Any]:
    """The public rows that a row of this model points at, so that their pages would show it."""
    values = {
        field.name: world[field.related_model]
        for field in relations(model)
        if not field.many_to_many
    }
    if way[:1] == ("proficiency",):  # the world's own skill is paired already
        values["skill"] = FACTORIES[Skill]()
    if model is Expectation:
        values["group" if way[0] == "skill" else "skill"] = None
    if model is RoleMove:
        values["origin"] = ""
    return values


def relations(model: type[Model]) -> list[Any]:
    """The fields by which a row of this model points at other content."""
    fields = [*model._meta.fields, *model._meta.many_to_many]
    return [
        field
        for field in fields
        if field.is_relation and issubclass(field.related_model, ContentModel)
    ]


def marks(model: type[Model], mark: str) -> dict[str, Any]:
    """Every text of a row, as its mark with the word and the name of the field."""
    values: dict[str, Any] = {}
    for field in model._meta.fields:
        if isinstance(field, models.SlugField):
            values[field.name] = mark
        elif isinstance(field, models.URLField):
            values[field.name] = f"https://example.org/{mark}/"
        elif isinstance(field, models.CharField | models.TextField) and not field.choices:
            values[field.name] = f"{mark} {WORD} {field.name}"
        elif isinstance(field, models.JSONField):
            values[field.name] = {mark: mark}
        elif field.name == "noted_on":
            values[field.name] = date(2026, 3, 2)
    return values
