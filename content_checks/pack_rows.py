"""The rows of a pack as they are written, in tables and with the rows that belong to each."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from django.utils.text import slugify

from content.fields import SLUG_LENGTH
from content.numbers import whole_number
from file_formats.cell_text import LIST_MARK
from file_formats.errors import UnreadableFile
from packs.pack_tables import Table
from packs.sources import Pack

#: The language of a collection that names none.
DEFAULT_LANGUAGE = "en"


@dataclass
class PackRow:
    """A row with its columns, which are texts, lists or mappings."""

    table: str
    location: str
    #: How other rows refer to it: `risk`, `tpm/senior`; empty for rows without an id.
    key: str
    values: dict[str, object]
    parent: "PackRow | None" = None
    #: The rows that belong to it, by table.
    children: dict[str, list["PackRow"]] = field(default_factory=lambda: defaultdict(list))

    def text(self, column: str) -> str:
        """The text of a column without spaces around it; empty if the column has none."""
        return str(self.values.get(column) or "").strip()

    def number(self, column: str) -> int:
        """A whole number; 0, if the column has none."""
        return whole_number(self.text(column)) or 0

    def items(self, column: str) -> list[str]:
        """The entries of a column that contains several."""
        value = self.values.get(column) or []
        if isinstance(value, str):
            return value.split(LIST_MARK)
        return list(map(str, value)) if isinstance(value, list | dict) else []

    @property
    def all_text(self) -> str:
        """All columns, one after the other."""
        return "\n".join(map(str, self.values.values()))

    @property
    def page(self) -> "PackRow":
        """The row on whose page it is shown, and whose sources apply to it."""
        return self.parent.page if self.parent else self


def column_texts(rows: Iterable[PackRow], column: str) -> list[str]:
    """The text of this column of each row."""
    return [row.text(column) for row in rows]


class PackRows:
    """All rows of a pack that can be read."""

    def __init__(self, pack: Pack, tables: Sequence[Table]) -> None:
        """
        :param tables: parents before their children.
        """
        self.unreadable: list[UnreadableFile] = []
        #: The language of the collection (BCP 47).
        self.language = self._read_language(pack)
        self._rows: dict[str, list[PackRow]] = defaultdict(list)
        self._by_key: dict[str, dict[str, PackRow]] = defaultdict(dict)
        self._table_names = {table.model: table.name for table in tables}
        for table in tables:
            for raw_row in pack.rows(table):
                if isinstance(raw_row, UnreadableFile):
                    self.unreadable.append(raw_row)
                else:
                    parent = self._parent_of(table, raw_row.values)
                    self._add(table, raw_row.location, raw_row.values, parent)

    @property
    def is_english(self) -> bool:
        """Whether the language is English, of any region."""
        return self.language.casefold().partition("-")[0] == "en"

    def _read_language(self, pack: Pack) -> str:
        try:
            language = str(pack.manifest().values.get("language") or DEFAULT_LANGUAGE)
            return language.replace("_", "-")
        except UnreadableFile as error:
            self.unreadable.append(error)
            return DEFAULT_LANGUAGE

    def __getitem__(self, table: str) -> list[PackRow]:
        """The rows of a table, in their order."""
        return self._rows[table]

    def __iter__(self) -> Iterator[PackRow]:
        return chain.from_iterable(list(self._rows.values()))

    def find(self, table: str, key: str) -> PackRow | None:
        """The row of a table with this key."""
        return self._by_key[table].get(key)

    def _parent_of(self, table: Table, values: dict[str, object]) -> PackRow | None:
        if not table.parent:
            return None
        parent_table = self._table_names[table.fields[table.parent].related_model]
        return self.find(parent_table, str(values.get(table.parent)))

    def _add(
        self, table: Table, location: str, values: dict[str, object], parent: PackRow | None
    ) -> None:
        row = PackRow(table.name, location, _key_of(table, values, parent), values, parent)
        self._rows[table.name].append(row)
        self._by_key[table.name][row.key] = row
        if parent:
            parent.children[table.name].append(row)
        for name, part in table.parts.items():
            if name not in values:
                continue
            try:
                children = part.rows(values.pop(name))
            except TypeError as error:
                self.unreadable.append(UnreadableFile(f"{location}, {name}", str(error)))
                continue
            for number, child_values in enumerate(children, start=1):
                self._add(part.table, f"{location}, {name} {number}", dict(child_values), row)


def _key_of(table: Table, values: dict[str, object], parent: PackRow | None) -> str:
    if "slug" not in table.identity:
        return ""
    title_slug = slugify(str(values.get("title", "")))[:SLUG_LENGTH].strip("-")
    slug = str(values.get("id") or title_slug)
    return f"{parent.key}/{slug}" if parent else slug
