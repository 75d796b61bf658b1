"""Loads a pack: validates every row through its model, then writes all of them or none."""

from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction

from content.changes import recording
from content.gate import Positioned
from content.models import Collection
from content.packs.reading import RawRow, Unreadable, read_rows, read_text, read_yaml
from content.packs.references import References
from content.packs.row_writer import RowWriter
from content.packs.tables import Part, Table

COLLECTION = Table(
    "pack.yml",
    Collection,
    "slug title summary publisher version language licence licence_url attribution notices source_url is_home".split(),
)


@dataclass(frozen=True)
class Refusal:
    """Why a row was not taken."""

    place: str
    column: str
    reason: str

    def __str__(self) -> str:
        return f"{self.place}: {self.column}: {self.reason}" if self.column else f"{self.place}: {self.reason}"


@dataclass
class Report:
    """What a load did, or would do."""

    created: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    unchanged: Counter[str] = field(default_factory=Counter)
    #: Columns that no field holds, kept in `extra`: how many rows have each.
    kept: Counter[str] = field(default_factory=Counter)
    refusals: list[Refusal] = field(default_factory=list)


def load_pack(folder: Path, tables: Sequence[Table], *, dry_run: bool = False) -> Report:
    """Load the pack in `folder`. Rows that are absent from it are left alone; one refusal refuses the whole.

    :param tables: in the order of their dependencies.
    """
    report = Report()
    with suppress(_Undone), recording(), transaction.atomic():
        _Load(folder, report).run(tables)
        if dry_run or report.refusals:
            raise _Undone
    return report


class _Undone(Exception):
    """Takes back everything a load has written."""


class _Load:
    """One run over one folder."""

    def __init__(self, folder: Path, report: Report) -> None:
        self.folder = folder
        self.report = report
        self.status = ""
        self.places: dict[Any, str] = {}

    def run(self, tables: Sequence[Table]) -> None:
        try:
            manifest = read_yaml(read_text(self.folder / "pack.yml", "pack.yml"), "pack.yml")
        except Unreadable as error:
            self._refuse(error.place, "", error.reason)
            return
        self.status = manifest.get("status", "draft")
        stored = Collection.objects.filter(slug=str(manifest.get("id", ""))).first()
        self.collection = stored or Collection()
        if self._write(RawRow(COLLECTION, "pack.yml", manifest), self.collection):
            self.references = References(self.collection)
            for table in tables:
                self._load_table(table)

    def _load_table(self, table: Table) -> None:
        try:
            for raw in read_rows(self.folder, table):
                self._load_row(raw, table.model(**self._owned(table)))
        except Unreadable as error:
            self._refuse(error.place, "", error.reason)

    def _load_row(self, raw: RawRow, row: Any) -> None:
        """Load one row and the parts written inside it."""
        parts = {key: raw.values.pop(key) for key in raw.table.parts if key in raw.values}
        written = self._write(raw, row)
        if written is None:
            return
        for key, nested in parts.items():
            self._load_parts(raw, raw.table.parts[key], key, nested, written)

    def _load_parts(self, raw: RawRow, part: Part, key: str, nested: Any, owner: Any) -> None:
        try:
            rows = part.rows(nested)
        except TypeError as error:
            self._refuse(raw.place, key, str(error))
            return
        for number, values in enumerate(rows, start=1):
            if issubclass(part.table.model, Positioned):
                values = {"position": str(number)} | values
            place = f"{raw.place}, {key} {number}"
            self._load_row(RawRow(part.table, place, values), part.table.model(**{part.table.parent: owner}))

    def _write(self, raw: RawRow, row: Any) -> Any:
        """Create or change one row; `row` is an unsaved one that knows its owner. None if it is refused."""
        writer = RowWriter(raw, row, self.references if raw.table is not COLLECTION else None, self.status)
        try:
            outcome, stored = writer.write()
        except ValidationError as error:
            self._refuse_all(raw, error)
            return None
        if stored in self.places:
            self._refuse(raw.place, "", f"the same {stored._meta.verbose_name} stands in {self.places[stored]} already")
            return None
        self._count(raw, stored, outcome, writer.extra)
        return stored

    def _count(self, raw: RawRow, stored: Any, outcome: str, extra: Iterable[str]) -> None:
        self.places[stored] = raw.place
        getattr(self.report, outcome)[raw.table.name] += 1
        self.report.kept.update(f"{raw.table.name}.{column}" for column in extra)
        if raw.table is not COLLECTION:
            self.references.add(stored)

    def _owned(self, table: Table) -> dict[str, Collection]:
        return {"collection": self.collection} if table.is_owned else {}

    def _refuse_all(self, raw: RawRow, error: ValidationError) -> None:
        for column, messages in error.message_dict.items():
            for message in messages:
                self._refuse(raw.place, "" if column == NON_FIELD_ERRORS else column, message)

    def _refuse(self, place: str, column: str, reason: str) -> None:
        self.report.refusals.append(Refusal(place, column, reason))
