"""Changes of child rows that the page of a version does not show.

The page of a question set shows its sections, but not their questions and scripts, which have a
page of their own. They are reverted with the question set all the same, so the editor is warned.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Model
from django.utils.text import get_text_list

from editing.versions import content_models
from transactions.type_aliases import Row, Value

#: Fields without text that editors write.
IGNORED_FIELDS = {"position", "extra", "external_id"}
MAX_NAMED = 10
#: By model, the names of the fields of child rows that the page of their parent shows.
ShownFields = Mapping[type[Model], Collection[str]]


@dataclass(frozen=True)
class UnshownChild:
    """A child row, and by label the values of the fields that the page does not show."""

    row: Row
    values: Mapping[str, Value]

    @property
    def name(self) -> str:
        return f"the {self.row._meta.verbose_name} “{self.row}”"


#: By model and key of the row.
UnshownChildren = dict[tuple[type[Model], int], UnshownChild]


def unshown_children(row: Model, shown: ShownFields) -> UnshownChildren:
    """The child rows of this row and their child rows, as they are stored."""
    children: UnshownChildren = {}
    parents: list[tuple[type[Model], list[int]]] = [(type(row), [row.pk])]
    while parents:
        parent_model, parent_keys = parents.pop()
        for model, rows in _children_of(parent_model, parent_keys):
            fields = _unshown_fields(model, shown)
            for child in rows:
                children[model, child.pk] = _unshown_child(child, fields)
            if rows:
                parents.append((model, [child.pk for child in rows]))
    return children


def _unshown_child(child: Row, fields: Mapping[str, str]) -> UnshownChild:
    values = {label: getattr(child, attname) for attname, label in fields.items()}
    return UnshownChild(child, values)


def describe_changes(before: UnshownChildren, after: UnshownChildren, shown: ShownFields) -> str:
    """A list of what differs between two states, as text; empty if nothing differs."""
    changes = []
    for child in _only_in_first(before, after, shown):
        changes.append(f"{child.name} (removed)")
    for child in _only_in_first(after, before, shown):
        changes.append(f"{child.name} (restored)")
    for key in before.keys() & after.keys():
        labels = _changed_labels(before[key], after[key])
        if labels:
            changes.append(f"{after[key].name} ({', '.join(labels)})")
    changes.sort()
    more = len(changes) - MAX_NAMED
    names = changes[:MAX_NAMED]
    if more > 0:
        names.append(f"{more} more")
    return get_text_list(names, "and")


def _only_in_first(
    first: UnshownChildren, second: UnshownChildren, shown: ShownFields
) -> Iterator[UnshownChild]:
    """Child rows of one state only; rows of models that the page shows are visible there."""
    for key, child in first.items():
        model, _ = key
        if key not in second and model not in shown:
            yield child


def _changed_labels(before: UnshownChild, after: UnshownChild) -> list[str]:
    return [label for label, value in before.values.items() if value != after.values[label]]


def _children_of(model: type[Model], keys: list[int]) -> Iterator[tuple[type[Model], list[Row]]]:
    for child_model in content_models():
        for name in child_model.part_of:
            if child_model._meta.get_field(name).related_model is model:
                yield child_model, list(child_model._base_manager.filter(**{f"{name}__in": keys}))


def _unshown_fields(model: type[Model], shown: ShownFields) -> dict[str, str]:
    """The labels of the fields of a model that the page does not show, by attribute name."""
    known = {*IGNORED_FIELDS, *getattr(model, "part_of", ()), *shown.get(model, ())}
    labels = {}
    for field in model._meta.concrete_fields:
        if field.editable and not field.primary_key and field.name not in known:
            labels[field.attname] = str(field.verbose_name)
    return labels
