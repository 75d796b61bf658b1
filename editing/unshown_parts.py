"""Parts of a row that its page does not show, and that go back with it to an older version.

The page of a question set shows its sections, but not their questions and scripts, which have a
page of their own.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.utils.text import get_text_list

from content.base_models import ContentModel

#: Fields that no editor writes words into.
LEFT_OUT = {"position", "extra", "external_id"}
NAMED = 10
#: By model, the names of the fields that the page of a row shows of its parts.
Shown = Mapping[type[Model], Collection[str]]


@dataclass(frozen=True)
class UnshownPart:
    """One part, and by label what is stored in the fields that the page does not show."""

    row: Any
    values: Mapping[str, Any]

    @property
    def name(self) -> str:
        """What it is called."""
        return f"the {self.row._meta.verbose_name} “{self.row}”"


Parts = dict[tuple[type[Model], int], UnshownPart]


def unshown_parts(row: Model, shown: Shown) -> Parts:
    """The parts of this row, and their parts, as they are stored."""
    found: Parts = {}
    wholes: list[tuple[type[Model], list[int]]] = [(type(row), [row.pk])]
    while wholes:
        for model, parts in _parts_of(*wholes.pop()):
            fields = _unshown_fields(model, shown)
            for part in parts:
                values = {label: getattr(part, attname) for attname, label in fields.items()}
                found[model, part.pk] = UnshownPart(part, values)
            wholes += [(model, [part.pk for part in parts])] if parts else []
    return found


def taken_back(before: Parts, after: Parts, shown: Shown) -> str:
    """What differs between two states, in words; empty if nothing does."""
    names = [
        *(f"{part.name} (removed)" for part in _missing(before, after, shown)),
        *(f"{part.name} (restored)" for part in _missing(after, before, shown)),
        *(_change(before[key], after[key]) for key in before.keys() & after.keys()),
    ]
    found = sorted(filter(None, names))
    more = [f"{len(found) - NAMED} more"] if len(found) > NAMED else []
    return get_text_list([*found[:NAMED], *more], "and")


def _missing(parts: Parts, others: Parts, shown: Shown) -> Iterator[UnshownPart]:
    """Parts of one state that another does not have; the page shows which of its own it has."""
    for key, part in parts.items():
        if key not in others and key[0] not in shown:
            yield part


def _change(before: UnshownPart, after: UnshownPart) -> str:
    labels = [label for label, value in before.values.items() if value != after.values[label]]
    return f"{after.name} ({', '.join(labels)})" if labels else ""


def _parts_of(model: type[Model], keys: list[int]) -> Iterator[tuple[type[Model], list[Any]]]:
    contents = [each for each in apps.get_models() if issubclass(each, ContentModel)]
    for part in contents:
        for name in part.part_of:
            if part._meta.get_field(name).related_model is model:
                yield part, list(part._base_manager.filter(**{f"{name}__in": keys}))


def _unshown_fields(model: Any, shown: Shown) -> dict[str, str]:
    """Attributes of a model by which a page that shows only these fields is incomplete."""
    known = {*LEFT_OUT, *model.part_of, *shown.get(model, ())}
    fields = [each for each in model._meta.concrete_fields if each.editable]
    return {
        each.attname: str(each.verbose_name)
        for each in fields
        if each.name not in known and not each.primary_key
    }
