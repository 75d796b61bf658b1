"""Loads a pack: validates every row through its model, then writes all of them or none."""

from collections.abc import Sequence, Set
from contextlib import suppress
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.utils.text import slugify

from content.changes import recording
from content.fields import SLUG_LENGTH
from content.gate import Positioned, Status
from content.models import Collection
from content.packs.reading import RawRow, Unreadable
from content.packs.references import References, collection_of
from content.packs.report import Conflict, Refusal, Report
from content.packs.retiring import retire
from content.packs.row_writer import RowWriter
from content.packs.sources import Pack
from content.packs.stored_rows import StoredRows, key_of
from content.packs.tables import COLLECTION, FORMAT, Part, Table
from content.packs.terms import CAREFUL, Terms, Watch, unwatched
from content.packs.validating import reason_of

#: The name of a table, and where a row of it stands.
Place = tuple[str, str]


def load_pack(pack: Pack, tables: Sequence[Table], terms: Terms = CAREFUL, watch: Watch = unwatched) -> Report:
    """Load a pack. Without other terms, rows that are absent from it are left alone and one refusal refuses the whole.

    :param tables: in the order of their dependencies.
    :param watch: is handed the rows of every table, to show how far the load is.
    """
    refusals: list[Refusal] = []
    left_out: set[Place] = set()
    while True:
        load = _Load(pack, Report(strays=pack.strays(tables), notes=list(pack.notes)), terms, left_out)
        load.attempt(tables, watch)
        refusals += load.report.refusals
        if not terms.skip_refused or not load.refused or COLLECTION.name in dict(load.refused):
            break
        # Once more without what was refused, and then without what refers to that: nothing is half written.
        left_out |= load.refused
    load.report.refusals = refusals
    return load.report


class _Undone(Exception):
    """Takes back everything a load has written."""


class _Load:
    """One run over one pack."""

    def __init__(self, pack: Pack, report: Report, terms: Terms, left_out: Set[Place]) -> None:
        self.pack = pack
        self.report = report
        self.terms = terms
        self.left_out = left_out
        self.refused: set[Place] = set()
        self.status: str = Status.DRAFT
        self.places: dict[Any, RawRow] = {}
        #: New rows that are stored in part.
        self.founded: set[Any] = set()
        self.references: References | None = None
        self.stored: dict[str, StoredRows] = {}

    def attempt(self, tables: Sequence[Table], watch: Watch) -> None:
        """Load all of it, or take everything back."""
        with suppress(_Undone), recording(), transaction.atomic():
            self._run(tables, watch)
            if self.terms.dry_run or self.report.refusals:
                raise _Undone
            self.report.is_written = True

    def _run(self, tables: Sequence[Table], watch: Watch) -> None:
        try:
            manifest = self.pack.manifest()
        except Unreadable as error:
            self._refuse(COLLECTION, error.place, "", error.reason)
            return
        if (form := manifest.values.pop("format", FORMAT)) != FORMAT:
            self._refuse(COLLECTION, manifest.place, "format", f"this portal reads {FORMAT}, not {form}")
            return
        self.status = manifest.values.get("status") or Status.DRAFT
        self.collection = Collection.objects.filter(slug=str(manifest.values.get("id", ""))).first() or Collection()
        written = self._write(manifest, Collection())
        if not written:
            return
        self.collection, self.references = written, References(written)
        for table in tables:
            self._load_table(table, watch)
        if self.terms.retire:
            refused = {name for name, _ in self.left_out | self.refused}
            retire(tables, self._rows, self.places, refused, self.report, overwrite=self.terms.overwrite)
        for rows in self.stored.values():
            for place in () if self.refused else rows.displaced(self.places):
                self._refuse(rows.table, place, "position", "another row stands there that the pack does not speak of")
            rows.save(self.collection)

    def _rows(self, table: Table) -> StoredRows:
        if table.name not in self.stored:
            self.stored[table.name] = StoredRows(table, self.collection)
        return self.stored[table.name]

    def _load_table(self, table: Table, watch: Watch) -> None:
        rows = [raw for raw in self.pack.rows(table) if (table.name, raw.place) not in self.left_out]
        for raw in rows if table.among_itself else ():
            if isinstance(raw, RawRow):
                self._found(raw)
        for raw in watch(table.name, rows):
            if isinstance(raw, Unreadable):
                self._refuse(table, raw.place, "", raw.reason)
            else:
                self._load_row(raw, self._fresh(table))

    def _fresh(self, table: Table) -> Any:
        return table.model(**{"collection": self.collection} if table.is_owned else {})

    def _found(self, raw: RawRow) -> None:
        """Store a new row without what refers to others of its table, which may stand below it, or refer to it too.

        What is wrong with it is said when the whole row is loaded.
        """
        left_out = {*raw.table.among_itself, *raw.table.parts}
        bare = {column: written for column, written in raw.values.items() if column not in left_out}
        rows = self._rows(raw.table)
        with suppress(ValidationError):
            writer = RowWriter(RawRow(raw.table, raw.place, bare), self._fresh(raw.table), self.references, self.status)
            if rows.find(writer.fresh) is None and not self._is_deleted(rows, writer):
                row = writer.create(is_alone=True)
                self.founded.add(row)
                rows.add(row)
                self._refer(row)

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
            self._refuse(raw.table, raw.place, key, str(error))
            return
        for number, values in enumerate(rows, start=1):
            if issubclass(part.table.model, Positioned):
                values = {"position": str(number)} | values
            if "slug" in part.table.identity and "title" in values:
                values = {"id": slugify(str(values["title"]))[:SLUG_LENGTH].strip("-")} | values
            place = f"{raw.place}, {key} {number}"
            if (part.table.name, place) not in self.left_out:
                self._load_row(RawRow(part.table, place, values), part.table.model(**{part.table.parent: owner}))

    def _write(self, raw: RawRow, fresh: Any) -> Any:
        """Create or change one row; `fresh` is an unsaved one that knows its owner. None if there is none then."""
        rows = self._rows(raw.table)
        try:
            writer = RowWriter(raw, fresh, self.references, self.status)
            key = key_of(fresh, raw.table)
            stored = rows.find(fresh)
            if stored in self.places:
                return self._repeat(raw, stored)
            outcome, row = self._store(writer, rows, stored)
        except ValidationError as error:
            self._refuse_all(raw, error)
            return None
        if row is None:
            return None
        self.places[row] = raw
        self._refer(row, getattr(fresh, "slug", ""))
        if outcome:
            unsaid = raw.table.many if outcome == "created" else []
            rows.keep(key, row, {**dict.fromkeys(unsaid, []), **writer.related})
            getattr(self.report, outcome)[raw.table.name] += 1
            self.report.kept.update(f"{raw.table.name}.{column}" for column in writer.extra)
        return row

    def _refer(self, row: Any, slug: str = "") -> None:
        if self.references:
            self.references.add(row, slug)

    def _is_deleted(self, rows: StoredRows, writer: RowWriter) -> bool:
        return rows.was_deleted(writer.fresh) and not self.terms.overwrite

    def _is_alone(self, writer: RowWriter) -> bool:
        """Whether nothing can be like a row that was not found: all rows of this collection are at hand.

        :raises ValidationError: for a part of a row of another collection; each pack writes its own rows.
        """
        table, fresh = writer.raw.table, writer.fresh
        if not table.parent or getattr(fresh, table.fields[table.parent].attname) is None:
            return table.is_owned
        owner = getattr(fresh, table.parent)
        if owner not in self.places and collection_of(owner) != self.collection:
            raise ValidationError({table.parent: f"“{owner}” is not of this collection"})
        return True

    def _store(self, writer: RowWriter, rows: StoredRows, stored: Any) -> tuple[str, Any]:
        """What became of the row (nothing, if it was left as it was edited here), and the row."""
        if rows.table.has_seats and "position" in writer.values and stored not in self.places:
            rows.make_room(writer.fresh, stored, writer.raw.place)
        if stored is None:
            if self._is_deleted(rows, writer):
                self.report.conflicts.append(Conflict(writer.raw.place, str(writer.fresh), is_deleted=True))
                return "", None
            created = writer.create(is_alone=self._is_alone(writer))
            rows.add(created)
            return "created", created
        if stored in self.founded:
            return "created", writer.change(stored)
        if rows.is_retired(stored):
            writer.values.setdefault("status", self.status)
        if not writer.differences(stored):
            return "unchanged", stored
        if rows.is_edited(stored) and not self.terms.overwrite:
            self.report.conflicts.append(Conflict(writer.raw.place, str(stored), writer.described(stored)))
            return "", stored
        former = key_of(stored, rows.table)
        rows.rename(former, writer.change(stored))
        return "changed", stored

    def _repeat(self, raw: RawRow, stored: Any) -> Any:
        """The pack says a second time what a row is: counted if it says the same, else refused."""
        if self.places[stored].values == raw.values:
            self.report.repeated[raw.table.name] += 1
            return stored
        name, place = stored._meta.verbose_name, self.places[stored].place
        self._refuse(raw.table, raw.place, "", f"the same {name} stands in {place} already")
        return None

    def _refuse_all(self, raw: RawRow, error: ValidationError) -> None:
        for column, errors in error.error_dict.items():
            for one in errors:
                reason = reason_of(one, raw.table.fields.get(column))
                self._refuse(raw.table, raw.place, "" if column == NON_FIELD_ERRORS else column, reason)

    def _refuse(self, table: Table, place: str, column: str, reason: str) -> None:
        self.refused.add((table.name, place))
        self.report.refusals.append(Refusal(place, column, reason))
