"""Changes of child rows that the page of a version does not show.

The page of a question set shows its sections, but not their questions and scripts, which have a
page of their own. They are reverted with the question set anyway, so the editor is warned.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Model
from django.utils.text import get_text_list

from content.text import first_names

#: Fields without text that editors write.
IGNORED_FIELDS = {"id", "position", "extra", "external_id"}
MAX_NAMED = 10
#: By model, the names of the fields of child rows that the page of their parent shows.
ShownFields = Mapping[type[Model], Collection[str]]


@dataclass(frozen=True)
class UnshownChild:
    """A child row, and by label the values of the fields that the page does not show."""

    row: Model
    values: Mapping[str, object]

    @property
    def name(self) -> str:
        return f"the {self.row._meta.verbose_name} “{self.row}”"

    def labels_changed_since(self, earlier: "UnshownChild") -> list[str]:
        """The labels of the fields whose values were others then."""
        return [label for label, value in earlier.values.items() if value != self.values[label]]


#: By model and key of the row.
UnshownChildren = dict[tuple[type[Model], int], UnshownChild]


def unshown_children(row: Model, shown: ShownFields) -> UnshownChildren:
    """The child rows of this row and their child rows, as they are stored."""
    children: UnshownChildren = {}
    parents: list[tuple[type[Model], list[int]]] = [(type(row), [row.pk])]
    while parents:
        parent_model, parent_keys = parents.pop()
        for model, rows in _children_of(parent_model, parent_keys):
            for child in rows:
                children[model, child.pk] = UnshownChild(child, _unshown_values(child, shown))
            if rows:
                parents.append((model, [child.pk for child in rows]))
    return children


def describe_changes(before: UnshownChildren, after: UnshownChildren, shown: ShownFields) -> str:
    """A list of what differs between two states, as text; empty if nothing differs.

    Added and removed rows of models that the page shows are not named, since it shows them too.
    """
    changes = []
    for model, key in before.keys() - after.keys():
        if model not in shown:
            changes.append(f"{before[model, key].name} (removed)")
    for model, key in after.keys() - before.keys():
        if model not in shown:
            changes.append(f"{after[model, key].name} (restored)")
    for row_key in before.keys() & after.keys():
        labels = after[row_key].labels_changed_since(before[row_key])
        if labels:
            changes.append(f"{after[row_key].name} ({', '.join(labels)})")
    return get_text_list(first_names(sorted(changes), MAX_NAMED), "and")


def _children_of(model: type[Model], keys: list[int]) -> Iterator[tuple[type[Model], list[Model]]]:
    """By model, the rows that are parts of these rows."""
    for relation in model._meta.related_objects:
        child_model: type[Model] = relation.related_model
        name = relation.remote_field.name
        if name in getattr(child_model, "updated_parents", ()):
            yield child_model, list(child_model._base_manager.filter(**{f"{name}__in": keys}))


def _unshown_values(child: Model, shown: ShownFields) -> dict[str, object]:
    """The values of the fields that the page does not show, by label."""
    known = {*IGNORED_FIELDS, *getattr(child, "updated_parents", ()), *shown.get(type(child), ())}
    values = {}
    for field in child._meta.concrete_fields:
        if field.editable and field.name not in known:
            values[str(field.verbose_name)] = getattr(child, field.attname)
    return values
