"""The tables of a pack, and the rows of a collection as its pack would hold them.

Exports to other formats read these rows.
"""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Model

import guides.packs
import interviews.packs
import ladders.packs
import roles.packs
import skills.packs
from content.models import Collection, SlugRedirect
from content.text import normalize_newlines
from interchange.files import Object
from packs.exporting import Export
from packs.line_matching import text_digest
from packs.pack_tables import DATED, Table, column_of
from skills.models import Proficiency, Skill
from skills.packs import INDICATORS, SKILL_DESCRIPTORS

TABLES = [
    *skills.packs.TABLES,
    *roles.packs.TABLES,
    *ladders.packs.TABLES,
    *interviews.packs.TABLES,
    *guides.packs.TABLES,
]
#: A row of any model of content.
ContentRow = Any
#: The keys of `extra` under which an import stores what only another export needs, as JSON: what is
#: content, and what is not (see `DATED`).
SOURCE = "interchange"
STORED_BY_IMPORTS = (SOURCE, DATED)


def tables_as_markdown() -> str:
    """The tables and their columns, for docs/packs.md; columns that identify a row are bold."""
    lines = ["| table | columns |", "| --- | --- |"]
    for table in TABLES:
        lines.append(f"| `{table.name}` | {_columns_as_markdown(table)} |")
    return "\n".join(lines)


def _columns_as_markdown(table: Table) -> str:
    columns = []
    for name in table.fields:
        column = column_of(name)
        is_key = name == table.parent or name in table.identity
        columns.append(f"**{column}**" if is_key else column)
    return ", ".join(columns)


@dataclass(eq=False)
class ExportRow:
    """A row of a table, as it is exported."""

    table: Table
    row: ContentRow
    #: Its index in the table.
    index: int
    #: The columns that are not empty.
    values: dict[str, str]
    #: How other rows of the pack refer to it: `risk`, `tpm/senior`.
    key: str
    #: The key that never changes, from which its identifier is made: it has the first slug under
    #: which the row was published, and for a line of text a digest instead of the position.
    stable_key: str


def visible_extra(row: ContentRow) -> Object:
    """What no column contains, without what imports store for another export."""
    extra = {}
    for name, value in sorted(row.extra.items()):
        if name not in STORED_BY_IMPORTS:
            extra[name] = normalize_newlines(value)
    return extra


class ExportRows:
    """All rows of a collection, or the published ones."""

    def __init__(self, collection: Collection, *, drafts: bool = False) -> None:
        self.collection = collection
        self._export = Export(collection, TABLES, drafts=drafts)
        self._first_slugs = _first_slugs(collection)
        self.first_slug = self._first_slugs.get(
            (Collection._meta.label_lower, collection.pk), collection.slug
        )
        self._by_pk: dict[tuple[type[Model], int], ExportRow] = {}
        #: How many lines have the same table, parent and digest so far.
        self._line_counts: Counter[tuple[str, str, str]] = Counter()
        self._tables: dict[str, list[ExportRow]] = {}
        for table in TABLES:
            self._tables[table.name] = self._rows_of(table)

    def in_table(self, table: Table) -> list[ExportRow]:
        """The rows of one table, in order."""
        return self._tables[table.name]

    def _rows_of(self, table: Table) -> list[ExportRow]:
        """The rows of a table, after those of the tables to which it refers."""
        rows = self._export.sorted_rows(table)
        if table in (SKILL_DESCRIPTORS, INDICATORS):
            rows.sort(key=self._proficiency_order)
        slugs = {(self._parent_key(row, table), getattr(row, "slug", "")) for row in rows}
        result = []
        for index, row in enumerate(rows):
            cells = {name: self._export.cell_of(field, row) for name, field in table.fields.items()}
            values = {column_of(name): cell for name, cell in cells.items() if cell}
            key_parts = [values.get(table.parent, ""), *_identity_cells(table, cells)]
            key = "/".join(filter(None, key_parts))
            stable_key = self._stable_key(row, table, cells, slugs)
            export_row = ExportRow(table, row, index, values, key, stable_key)
            self._by_pk[table.model, row.pk] = export_row
            result.append(export_row)
        return result

    def _proficiency_order(self, row: ContentRow) -> tuple[int, int]:
        """Sorts descriptors and indicators by skill and proficiency."""
        skill = self._by_pk[Skill, row.skill_id]
        return skill.index, self._proficiency_positions[row.proficiency_id]

    @cached_property
    def _proficiency_positions(self) -> dict[int, int]:
        """Of all collections: a skill can be described on the scale of another one."""
        return dict(Proficiency.objects.values_list("pk", "position"))

    def _stable_key(
        self, row: ContentRow, table: Table, cells: dict[str, str], slugs: set[tuple[str, str]]
    ) -> str:
        """The first slug identifies a renamed row, unless another row has that slug now."""
        parent = self._parent_key(row, table)
        if table.line:
            name = self._line_name(parent, table, cells)
        else:
            name = "/".join(_identity_cells(table, cells))
        first_slug = self._first_slugs.get((row._meta.label_lower, row.pk))
        if first_slug and (parent, first_slug) not in slugs:
            name = first_slug
        return f"{parent}/{name}" if parent else name

    def _line_name(self, parent: str, table: Table, cells: dict[str, str]) -> str:
        """Identifies a line by its text, because its position changes with the lines above it.

        Lines with the same text are numbered.
        """
        parts = [cells[name] for name in table.identity if name != "position"]
        name = "/".join([*parts, text_digest(cells[table.line])])
        self._line_counts[table.name, parent, name] += 1
        count = self._line_counts[table.name, parent, name]
        return f"{name}/{count}" if count > 1 else name

    def _parent_key(self, row: ContentRow, table: Table) -> str:
        if not table.parent:
            return ""
        relation = table.fields[table.parent]
        parent = self._by_pk.get((relation.related_model, getattr(row, relation.attname)))
        return parent.stable_key if parent else ""


def _identity_cells(table: Table, cells: dict[str, str]) -> list[str]:
    return [cells[name] for name in table.identity]


def _first_slugs(collection: Collection) -> dict[tuple[str, int], str]:
    """The first published slug of each renamed row, by model label and primary key."""
    slugs = {}
    for redirect in SlugRedirect.objects.filter(collection=collection).order_by("-pk"):
        slugs[redirect.kind, redirect.object_id] = redirect.slug
    return slugs
