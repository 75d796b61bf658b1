"""A pack as it is written: every row with its parts, wherever they stand, by table and id."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.text import slugify

from content.fields import SLUG_LENGTH
from content.numbers import whole_number
from packs.errors import UnreadableFile
from packs.pack_tables import Table
from packs.sources import Pack

#: The language of a collection that names none.
ENGLISH = "en"


@dataclass
class Written:
    """One row: its columns as texts and lists, and the parts that belong to it."""

    table: str
    place: str
    #: As others refer to it: ``risk``, ``tpm/senior``; empty for parts without an id.
    key: str
    values: dict[str, Any]
    parts: dict[str, list["Written"]] = field(default_factory=lambda: defaultdict(list))
    owner: "Written | None" = None

    def text(self, column: str) -> str:
        return str(self.values.get(column) or "").strip()

    def number(self, column: str) -> int:
        """What the column counts; nothing, or what is no number, counts 0."""
        return whole_number(self.text(column)) or 0

    def items(self, column: str) -> list[str]:
        """The entries of a column that holds several."""
        value = self.values.get(column) or []
        return [str(item) for item in (value.split("|") if isinstance(value, str) else value)]

    @property
    def page(self) -> "Written":
        """The row on whose page it is read, and whose sources are its own."""
        return self.owner.page if self.owner else self


class PackRows:
    """All rows of a pack that can be read.

    :param tables: in the order of their dependencies, owners before their parts.
    """

    def __init__(self, pack: Pack, tables: Sequence[Table]) -> None:
        self.unreadable: list[UnreadableFile] = []
        #: The language of the collection (BCP 47).
        self.language = self._language(pack)
        self._order: dict[str, list[Written]] = defaultdict(list)
        self._keyed: dict[str, dict[str, Written]] = defaultdict(dict)
        self._names = {table.model: table.name for table in tables}
        for table in tables:
            for raw in pack.rows(table):
                if isinstance(raw, UnreadableFile):
                    self.unreadable.append(raw)
                else:
                    self._add(table, raw.location, raw.values, self._owner(table, raw.values))

    @property
    def is_english(self) -> bool:
        """Whether it is in English, of whichever region."""
        return self.language.casefold().partition("-")[0] == "en"

    def _language(self, pack: Pack) -> str:
        try:
            stated = str(pack.manifest().values.get("language") or ENGLISH)
            return stated.replace("_", "-")
        except UnreadableFile as error:
            self.unreadable.append(error)
            return ENGLISH

    def __getitem__(self, table: str) -> list[Written]:
        """The rows of the table, in their order."""
        return self._order[table]

    def __iter__(self) -> Iterator[Written]:
        for rows in list(self._order.values()):
            yield from rows

    def find(self, table: str, key: str) -> Written | None:
        return self._keyed[table].get(key)

    def _owner(self, table: Table, values: dict[str, Any]) -> Written | None:
        if not table.parent:
            return None
        owners = self._names[table.fields[table.parent].related_model]
        return self.find(owners, str(values.get(table.parent)))

    def _add(self, table: Table, place: str, values: dict[str, Any], owner: Written | None) -> None:
        nested = {key: values.pop(key) for key in table.parts if key in values}
        row = Written(table.name, place, _key(table, values, owner), values, owner=owner)
        self._order[table.name].append(row)
        self._keyed[table.name][row.key] = row
        if owner:
            owner.parts[table.name].append(row)
        for key, written in nested.items():
            for number, inner in enumerate(table.parts[key].rows(written), start=1):
                self._add(table.parts[key].table, f"{place}, {key} {number}", dict(inner), row)


def _key(table: Table, values: dict[str, Any], owner: Written | None) -> str:
    if "slug" not in table.identity:
        return ""
    slug = str(values.get("id") or slugify(str(values.get("title", "")))[:SLUG_LENGTH].strip("-"))
    return f"{owner.key}/{slug}" if owner else slug
