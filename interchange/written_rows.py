"""The rows of one collection as a pack would hold them, each with the key that refers to it."""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Model

from content.fields import normalize_newlines
from content.models import Collection, SlugRedirect
from interchange.packs import TABLES
from packs.exporting import Export
from packs.line_matching import text_digest
from packs.pack_tables import DATED, Table
from skills.models import Proficiency, Skill
from skills.packs import INDICATORS, SKILL_DESCRIPTORS

#: Under these names an import keeps in `extra`, as one text each, what its format says of a row and
#: no field holds: what is content, and what is not (see `DATED`).
KEPT = "interchange"
APART = (KEPT, DATED)
#: What is kept that is no text.
KINDS: dict[str, type] = dict.fromkeys(["item", "made", "document", "read", "definitions"], dict)
KINDS |= dict.fromkeys(["homed", "beside", "rubrics"], list)


@dataclass(eq=False)
class WrittenRow:
    """One row."""

    table: Table
    row: Any
    #: Its place in its table.
    place: int
    #: What its columns hold, without those that hold nothing.
    values: dict[str, str]
    #: By this the other rows of the pack refer to it.
    key: str
    #: The same with the slugs by which visitors first knew it, and of a line its text instead of
    #: its position.
    first_key: str


def kept(row: Any) -> dict[str, Any]:
    """What the import of a row kept; nothing, if it came by another door or an editor spoilt it."""
    told: dict[str, Any] = {}
    for name in APART:
        with suppress(TypeError, ValueError):
            told |= json.loads(row.extra.get(name, "{}"))
    return {name: held for name, held in told.items() if isinstance(held, KINDS.get(name, str))}


def visible_extra(row: Any) -> dict[str, Any]:
    """What no column holds, without what only the interchange of the row needs."""
    return {
        name: normalize_newlines(held)
        for name, held in sorted(row.extra.items())
        if name not in APART
    }


class WrittenRows:
    """All rows of a collection, or those that are published."""

    def __init__(self, collection: Collection, *, drafts: bool = False) -> None:
        self.collection = collection
        self._export = Export(collection, TABLES, drafts=drafts)
        self._former = _first_slugs(collection)
        self.first_slug = self._former.get(
            (Collection._meta.label_lower, collection.pk), collection.slug
        )
        self._found: dict[tuple[type[Model], int], WrittenRow] = {}
        #: How often each line has been met: by table, key of the owner, and what tells it.
        self._lines: Counter[tuple[str, str, str]] = Counter()
        self._tables = {table.name: list(self._read(table)) for table in TABLES}

    def of(self, table: Table) -> list[WrittenRow]:
        """The rows of one table, in order."""
        return self._tables[table.name]

    def _read(self, table: Table) -> Iterator[WrittenRow]:
        rows = sorted(self._export.in_order(table), key=lambda row: self._step(row, table))
        slugs = {(self._parent_key(row, table), getattr(row, "slug", "")) for row in rows}
        for place, row in enumerate(rows):
            cells = {name: self._export.cell_of(field, row) for name, field in table.fields.items()}
            values = {column_of(name): text for name, text in cells.items() if text}
            key = "/".join(
                filter(
                    None, [values.get(table.parent, ""), *(cells[name] for name in table.identity)]
                )
            )
            one = WrittenRow(
                table, row, place, values, key, self._first_key(row, table, cells, slugs)
            )
            self._found[table.model, row.pk] = one
            yield one

    def _step(self, row: Any, table: Table) -> tuple[int, int]:
        """What describes the steps of a skill comes in the order of the steps.

        The others stay where they are.
        """
        if table not in (SKILL_DESCRIPTORS, INDICATORS):
            return 0, 0
        return self._found[Skill, row.skill_id].place, self._positions[row.proficiency_id]

    @cached_property
    def _positions(self) -> dict[int, int]:
        """Of all steps: a skill can be described on the scale of another collection."""
        return dict(Proficiency.objects.values_list("pk", "position"))

    def _first_key(
        self, row: Any, table: Table, cells: dict[str, str], slugs: set[tuple[str, str]]
    ) -> str:
        """By the first slug it had, unless another row has that now."""
        parent = self._parent_key(row, table)
        told = (
            self._line(parent, table, cells)
            if table.line
            else "/".join(cells[name] for name in table.identity)
        )
        former = self._former.get((row._meta.label_lower, row.pk))
        own = former if former and (parent, former) not in slugs else told
        return f"{parent}/{own}" if parent else own

    def _line(self, parent: str, table: Table, cells: dict[str, str]) -> str:
        """What tells a line: its text, for its position changes with every line above it.

        The same text is counted.
        """
        names = [name for name in table.identity if name != "position"]
        told = "/".join([*(cells[name] for name in names), text_digest(cells[table.line])])
        self._lines[table.name, parent, told] += 1
        times = self._lines[table.name, parent, told]
        return f"{told}/{times}" if times > 1 else told

    def _parent_key(self, row: Any, table: Table) -> str:
        relation = table.fields[table.parent] if table.parent else None
        parent = (
            self._found.get((relation.related_model, getattr(row, relation.attname)))
            if relation
            else None
        )
        return parent.first_key if parent else ""


def column_of(name: str) -> str:
    """The column of a field."""
    return "id" if name == "slug" else name


def _first_slugs(collection: Collection) -> dict[tuple[str, int], str]:
    """The first slug that visitors knew each renamed row by."""
    renamed = SlugRedirect.objects.filter(collection=collection).order_by("-pk")
    return {(each.kind, each.object_id): each.slug for each in renamed}
