"""Tables of packs: the model and the columns of each. Apps declare theirs in `<app>/packs.py`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Field
from django.utils.text import slugify

from content import Row, Untyped
from content.base_models import ContentModel, Positioned
from content.change_tracking import foreign_keys
from content.fields import SLUG_LENGTH
from content.models import Collection, CollectionItem

FORMAT = "tpm-pack/1"

#: What a row of a pack says, by column: texts, lists and mappings.
Cells = dict[str, object]

#: The name under which `extra` stores when, and under which name, the publisher of an interchange
#: file last dated a row. A change of it alone does not count as a change of the row.
DATED = "last_change"
#: Columns of every table whose model has these fields.
STANDARD = ("external_id", "status", "published_at", "former_titles")


def no_warnings(row: ContentModel) -> Sequence[str]:
    """The default of `Table.warnings`."""
    return ()


@dataclass(frozen=True)
class Table:
    """One table of a pack.

    A row comes from a line of ``name.csv`` or from a Markdown file ``name/<id>.md``, where the
    front matter holds the columns and the text below it the `body` column. Parts of a row may be
    nested in its front matter.
    """

    name: str
    model: type[ContentModel]
    #: Model fields that are columns, in addition to `STANDARD`. Relations hold ids. The column of
    #: ``slug`` is named ``id``.
    columns: Sequence[str]
    #: The fields that distinguish the rows of one parent, or of the collection.
    identity: Sequence[str] = ("slug",)
    #: The relation to the row that owns this one; empty for rows of the collection itself.
    parent: str = ""
    #: For rows that are lines of text in an order, the field with the text, by which a line is
    #: found when its position has changed.
    line: str = ""
    #: For rows that may go to another parent, the relation that both parents share. A row moves if
    #: the same one is absent from its parent and new under another.
    moves_within: str = ""
    body: str = ""
    #: The tables of nested rows by the key of the front matter.
    parts: Mapping[str, "Part"] = field(default_factory=dict)
    #: Returns sentences about what an editor should check before a row is published.
    warnings: Callable[[Row], Sequence[str]] = no_warnings
    #: By column, a check of stored rows in which a load has changed it. The checks run after all
    #: rows are loaded and raise `ValidationError`.
    final_checks: Mapping[str, Callable[[Row], None]] = field(default_factory=dict)

    @property
    def is_owned(self) -> bool:
        """Whether rows belong to the collection directly."""
        return issubclass(self.model, CollectionItem)

    @cached_property
    def fields(self) -> dict[str, Untyped]:
        """The model field of each column, in the order in which an export writes them.

        They are untyped, because the stubs of Django do not know the models of relations here.
        """
        model_fields = [*self.model._meta.fields, *self.model._meta.many_to_many]
        by_name = {field.name: field for field in model_fields}
        names = [*self.key_names, *self.columns, *filter(by_name.__contains__, STANDARD)]
        return {name: by_name[name] for name in names}

    @property
    def owner(self) -> str:
        """The relation to the parent or the collection of a row; empty if it has neither."""
        return self.parent or ("collection" if self.is_owned else "")

    @property
    def key_names(self) -> list[str]:
        """The names of the `key_fields`, beginning with the parent."""
        return list(filter(None, [self.parent, *self.identity]))

    @cached_property
    def key_fields(self) -> list[Field]:
        """The fields that together identify a row in its collection."""
        return [self.fields[name] for name in self.key_names]

    def parent_key(self, row: ContentModel) -> int | None:
        """The primary key of the parent of a row; None if it has no parent."""
        if not self.parent:
            return None
        key: int | None = getattr(row, self.fields[self.parent].attname)
        return key

    def movable_key(self, row: Row) -> tuple[int, ...]:
        """What identifies a row of a table with `moves_within` under any of its parents."""
        shared = self.fields[self.parent].related_model._meta.get_field(self.moves_within)
        keys = [getattr(getattr(row, self.parent), shared.attname)]
        for name in self.identity:
            keys.append(getattr(row, self.fields[name].attname))
        return tuple(keys)

    @cached_property
    def many_to_many(self) -> list[str]:
        """The columns that contain several references."""
        return [name for name, column in self.fields.items() if column.many_to_many]

    @cached_property
    def self_references(self) -> list[str]:
        """The columns that refer to other rows of the same table."""
        return [name for name, column in self.fields.items() if column.related_model is self.model]

    @cached_property
    def has_unique_positions(self) -> bool:
        """Whether two rows of one parent cannot share a position, which is not their identity."""
        constraints = self.model._meta.total_unique_constraints
        unique_fields = [set(constraint.fields) for constraint in constraints]
        return "position" not in self.identity and {self.parent, "position"} in unique_fields

    @cached_property
    def collection_lookup(self) -> str:
        """The lookup from a row to its collection; empty if all collections share the rows."""
        names: list[str] = []
        model = self.model
        parents = (self.parent,) if self.parent else model.visibility_parents
        while parents:
            names.append(parents[0])
            (relation,) = foreign_keys(model, parents[:1])
            model = relation.related_model
            parents = model.visibility_parents
        return "__".join(names)


@dataclass(frozen=True)
class Part:
    """Rows of another table that are written in the front matter of their parent.

    They are a list of mappings or, with `short`, a mapping from the first column to the second.
    """

    table: Table
    short: tuple[str, str] | None = None

    def rows(self, written: object) -> list[Cells]:
        """The rows in their order, with default positions and ids where these are not written.

        Nothing after the colon, which is read as an empty text, means no rows.

        :raises TypeError: if they are written in neither form.
        """
        if written == "":
            return []
        if self.short and isinstance(written, dict):
            first, second = self.short
            written = [{first: key, second: value} for key, value in written.items()]
        if not isinstance(written, list):
            raise TypeError("expected a list of mappings")
        rows = []
        for number, row in enumerate(written, start=1):
            if not isinstance(row, dict):
                raise TypeError("expected a list of mappings")
            rows.append(self._default_cells(number, row) | row)
        return rows

    def _default_cells(self, number: int, row: Mapping[str, object]) -> Cells:
        cells: Cells = {}
        if issubclass(self.table.model, Positioned):
            cells["position"] = str(number)
        if "slug" in self.table.identity and "title" in row:
            cells["id"] = slugify(str(row["title"]))[:SLUG_LENGTH].strip("-")
        return cells


def column_of(field_name: str) -> str:
    """The column of a model field."""
    return "id" if field_name == "slug" else field_name


#: The collection itself, which is described in ``pack.yml``.
COLLECTION = Table(
    "pack.yml",
    Collection,
    (
        "title summary publisher version language license license_url attribution modified notices "
        "source_url is_home position"
    ).split(),
)
