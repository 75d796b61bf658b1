"""How a pack's tables map to models: what an app declares so that its rows can travel."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from content.models import Owned


@dataclass(frozen=True)
class Table:
    """One table of a pack.

    A row comes from a line of ``name.csv`` or from a Markdown file ``name/<id>.md``, where the front matter
    holds the columns and the text below it the `body` column. Parts of a row may be nested in its front matter.
    """

    name: str
    model: type[Model]
    #: Model fields that are columns; relations hold ids. ``slug`` is written ``id``.
    columns: Sequence[str]
    #: Fields that tell which row it is.
    identity: Sequence[str] = ("slug",)
    #: The relation to the row that owns this one; empty for rows of the collection itself.
    parent: str = ""
    body: str = ""
    #: Nested parts: front matter key → part.
    parts: Mapping[str, "Part"] = field(default_factory=dict)

    @property
    def is_owned(self) -> bool:
        """Whether rows belong to the collection directly."""
        return issubclass(self.model, Owned)


@dataclass(frozen=True)
class Part:
    """Rows of another table written inside their owner's front matter.

    Either a list of mappings, or, with `short`, a mapping from the first column to the second.
    """

    table: Table
    short: tuple[str, str] | None = None

    def rows(self, written: Any) -> list[dict[str, Any]]:
        """The parts as mappings, in order.

        :raises TypeError: if they are written in neither form.
        """
        if self.short and isinstance(written, dict):
            first, second = self.short
            return [{first: key, second: value} for key, value in written.items()]
        if isinstance(written, list) and all(isinstance(row, dict) for row in written):
            return written
        raise TypeError("expected a list of mappings")
