"""How a pack's tables map to models: what an app declares so that its rows can travel."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Field, Model, UniqueConstraint
from django.utils.text import slugify

from content.base_models import Positioned
from content.fields import SLUG_LENGTH
from content.models import Collection, CollectionItem

FORMAT = "tpm-pack/1"


def unwarned(row: Any) -> Sequence[str]:
    """No warnings: what is sound in a row of this table is good enough."""
    return ()


#: What `extra` keeps under this name is of no account while nothing else changes: by which name,
#: and when, the publisher of an interchange file last dated a row.
DATED = "last_change"
#: Columns of every table whose model has the field: nothing of a row is left behind.
STANDARD = ("external_id", "status", "published_at", "former_titles")


@dataclass(frozen=True)
class Table:
    """One table of a pack.

    A row comes from a line of ``name.csv`` or from a Markdown file ``name/<id>.md``, where the
    front matter holds the columns and the text below it the `body` column. Parts of a row may be
    nested in its front matter.
    """

    name: str
    model: type[Model]
    #: Model fields that are columns, beside those of `STANDARD`; relations hold ids. ``slug`` is
    #: written ``id``.
    columns: Sequence[str]
    #: Fields that tell which row it is.
    identity: Sequence[str] = ("slug",)
    #: The relation to the row that owns this one; empty for rows of the collection itself.
    parent: str = ""
    #: The text by which a row is known when its position changes; empty where rows are no lines of
    #: text in an order.
    line: str = ""
    body: str = ""
    #: Nested parts: front matter key → part.
    parts: Mapping[str, "Part"] = field(default_factory=dict)
    #: What an editor should think about before a row is published, in sentences.
    warnings: Callable[[Any], Sequence[str]] = unwarned

    @property
    def is_owned(self) -> bool:
        """Whether rows belong to the collection directly."""
        return issubclass(self.model, CollectionItem)

    @cached_property
    def fields(self) -> dict[str, Any]:
        """The model field of each column, in the order in which an export writes them."""
        named = {
            one.name: one for one in [*self.model._meta.fields, *self.model._meta.many_to_many]
        }
        standard = [name for name in STANDARD if name in named]
        return {
            name: named[name]
            for name in [self.parent, *self.identity, *self.columns, *standard]
            if name
        }

    @cached_property
    def key_fields(self) -> list["Field[Any, Any]"]:
        """The fields that tell which row of the collection it is."""
        return [self.fields[name] for name in [self.parent, *self.identity] if name]

    @cached_property
    def many(self) -> list[str]:
        """The columns that hold several references."""
        return [name for name, one in self.fields.items() if one.many_to_many]

    @cached_property
    def among_itself(self) -> list[str]:
        """The columns that refer to other rows of the same table."""
        return [name for name, one in self.fields.items() if one.related_model is self.model]

    @cached_property
    def has_seats(self) -> bool:
        """Whether two rows of one owner cannot have the same position.

        Then something else tells them apart.
        """
        unique = [
            set(one.fields)
            for one in self.model._meta.constraints
            if isinstance(one, UniqueConstraint)
        ]
        return {self.parent, "position"} in unique and "position" not in self.identity

    @cached_property
    def path(self) -> str:
        """The lookup that leads from a row to its collection.

        Empty for what all collections share.
        """
        if not self.parent:
            return "collection" if self.is_owned else ""
        model: Any = self.model
        steps = [self.parent]
        while not issubclass(model, CollectionItem):
            model = model._meta.get_field(steps[-1]).related_model
            is_item = issubclass(model, CollectionItem)
            steps.append("collection" if is_item else model.visibility_parents[0])
        return "__".join(steps)


@dataclass(frozen=True)
class Part:
    """Rows of another table written inside their owner's front matter.

    Either a list of mappings, or, with `short`, a mapping from the first column to the second.
    """

    table: Table
    short: tuple[str, str] | None = None

    def rows(self, written: Any) -> list[dict[str, Any]]:
        """The parts as mappings, in order; positions and ids that are not written are made.

        :raises TypeError: if they are written in neither form.
        """
        if self.short and isinstance(written, dict):
            first, second = self.short
            written = [{first: key, second: value} for key, value in written.items()]
        if isinstance(written, list) and all(isinstance(row, dict) for row in written):
            return [
                self._made(number) | self._named(row) | row
                for number, row in enumerate(written, start=1)
            ]
        raise TypeError("expected a list of mappings")

    def _made(self, number: int) -> dict[str, Any]:
        return {"position": str(number)} if issubclass(self.table.model, Positioned) else {}

    def _named(self, row: Mapping[str, Any]) -> dict[str, Any]:
        is_named = "slug" in self.table.identity and "title" in row
        return {"id": slugify(str(row["title"]))[:SLUG_LENGTH].strip("-")} if is_named else {}


#: The collection itself, which stands in ``pack.yml``.
COLLECTION = Table(
    "pack.yml",
    Collection,
    (
        "title summary publisher version language licence licence_url attribution modified notices "
        "source_url is_home position"
    ).split(),
)
