"""Loads a pack: validates every row through its model, then writes all of them or none."""

from collections.abc import Iterable, Iterator, Sequence, Set
from contextlib import suppress
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from content.base_models import Status
from content.change_tracking import as_import, tracking_changes
from content.models import Collection, LoadedRow
from editing.row_locks import lock_rows
from packs.load_options import CAREFUL, LoadOptions, ProgressCallback, without_progress
from packs.pack_tables import COLLECTION, FORMAT, Part, Table
from packs.readers_note import has_page, tell_readers
from packs.reading import RawRow, UnreadableFile
from packs.references import DeletedReference, References, collection_of
from packs.report import Conflict, Move, Refusal, Report
from packs.retiring import retire
from packs.row_order import kept_order_note
from packs.row_writer import RowWriter
from packs.sources import Pack
from packs.stored_lines import StoredLines
from packs.stored_rows import StoredRows, key_of
from packs.validating import reasons_of
from packs.without_deleted import WithoutDeleted

#: Outcomes of a row that put words into the portal.
WRITTEN = ("created", "changed")
Place = tuple[str, str]  # the name of a table, and where a row of it stands


def load_pack(
    pack: Pack,
    tables: Sequence[Table],
    terms: LoadOptions = CAREFUL,
    watch: ProgressCallback = without_progress,
) -> Report:
    """Load a pack.

    Without other terms, rows that are absent from it are left alone and one refusal refuses the
    whole.

    :param tables: in the order of their dependencies.
    :param watch: is handed the rows of every table, to show how far the load is.
    """
    refusals: list[Refusal] = []
    left_out: set[Place] = set()
    while True:
        load = _Load(pack, Report(strays=pack.strays(tables)), terms, left_out)
        load.attempt(tables, watch)
        refusals += load.report.refusals
        if not terms.skip_refused or not load.refused or COLLECTION.name in dict(load.refused):
            break
        # Once more without what was refused, and then without what refers to that: nothing is half
        # written.
        left_out |= load.refused
    return replace(load.report, refusals=refusals, notes=[*pack.notes, *load.report.notes])


class _Undone(Exception):
    """Takes back everything a load has written."""


class _Load:
    """One run over one pack."""

    def __init__(
        self, pack: Pack, report: Report, terms: LoadOptions, left_out: Set[Place]
    ) -> None:
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
        self.without_deleted = WithoutDeleted()
        self.stored: dict[str, StoredRows] = {}

    def attempt(self, tables: Sequence[Table], watch: ProgressCallback) -> None:
        """Load all of it, or take everything back."""
        with suppress(_Undone), tracking_changes() as record, as_import(), record.attempt():
            self.terms.history.begin()
            self._run(tables, watch)
            self.report.notes += self.without_deleted.notes()
            if self.terms.dry_run or self.report.refusals:
                raise _Undone
            self.terms.history.end(self.collection, record.touched, self.report)
            tell_readers(self.report, tables, self.collection, self.terms.origin)
            self.report.is_written = True

    def _run(self, tables: Sequence[Table], watch: ProgressCallback) -> None:
        try:
            manifest = self.pack.manifest()
        except UnreadableFile as error:
            self._refuse(COLLECTION, error.place, "", error.reason)
            return
        if (form := manifest.values.pop("format", FORMAT)) != FORMAT:
            self._refuse(
                COLLECTION, manifest.place, "format", f"this portal reads {FORMAT}, not {form}"
            )
            return
        self.status = manifest.values.get("status") or Status.DRAFT
        identifier = str(manifest.values.get("id", ""))
        slug = _slug_here(identifier)
        self._lock(_rows_of(slug, tables))
        self.collection = Collection.objects.filter(slug=slug).first() or Collection()
        written = self._write(manifest, Collection())
        if not written:
            return
        self.collection, self.references = written, References(written, identifier)
        for table in tables:
            self._load_table(table, watch)
        if self.terms.retire:
            refused = {name for name, _ in self.left_out | self.refused}
            retire(tables, self._rows, self.places, refused, self.report, self.terms)
        for rows in self.stored.values():
            for place in () if self.refused else rows.displaced(self.places):
                self._refuse(
                    rows.table,
                    place,
                    "position",
                    "another row stands there that the pack does not speak of",
                )
            rows.save(self.collection)

    def _lock(self, rows: Iterable[QuerySet[Any]]) -> None:
        """Lock what the load may write, unless it is only previewed: nobody waits for that."""
        if not self.terms.dry_run:
            lock_rows(rows)

    def _rows(self, table: Table) -> StoredRows:
        if table.name not in self.stored:
            kind = StoredLines if table.line else StoredRows
            self.stored[table.name] = kind(table, self.collection)
        return self.stored[table.name]

    def _load_table(self, table: Table, watch: ProgressCallback) -> None:
        rows = [
            raw for raw in self.pack.rows(table) if (table.name, raw.place) not in self.left_out
        ]
        if rows and not table.path:
            self._lock([table.model._base_manager.all()])
        for raw in rows if table.among_itself else ():
            if isinstance(raw, RawRow):
                self._found(raw)
        if table.line:
            self._match(
                table, [(raw, self._fresh(table)) for raw in rows if isinstance(raw, RawRow)]
            )
        for raw in watch(table.name, rows):
            if isinstance(raw, UnreadableFile):
                self._refuse(table, raw.place, "", raw.reason)
            else:
                self._load_row(raw, self._fresh(table))
        if note := kept_order_note(
            table, ((raw, row) for row, raw in self.places.items() if raw.table is table)
        ):
            self.report.notes.append(note)

    def _fresh(self, table: Table) -> Any:
        return table.model(**{"collection": self.collection} if table.is_owned else {})

    def _match(self, table: Table, rows: Iterable[tuple[RawRow, Any]]) -> None:
        """Find out which stored lines these rows stand for.

        What is wrong with a row is said when it is loaded.
        """
        wanted = []
        for raw, fresh in rows:
            with suppress(ValidationError, DeletedReference):
                wanted.append(
                    (raw.place, RowWriter(raw, fresh, self.references, self.status).fresh)
                )
        self._rows(table).match(wanted)

    def _found(self, raw: RawRow) -> None:
        """Find a row, or store a new one without what refers to others of its table.

        What is wrong with it is said later.
        """
        left_out = {*raw.table.among_itself, *raw.table.parts}
        bare = {column: written for column, written in raw.values.items() if column not in left_out}
        rows = self._rows(raw.table)
        with suppress(ValidationError, DeletedReference):
            writer = self._writer(RawRow(raw.table, raw.place, bare), self._fresh(raw.table))
            row = rows.find(writer.fresh, raw.place)
            if row is None and not self._is_deleted(rows, writer):
                row = self._create(writer, rows, is_alone=True)
                self.founded.add(row)
            if row is not None:
                self._refer(row, writer.fresh)

    def _load_row(self, raw: RawRow, row: Any) -> None:
        """Load one row and the parts written inside it."""
        parts = {key: raw.values.pop(key) for key in raw.table.parts if key in raw.values}
        written = self._write(raw, row)
        for key, nested in parts.items() if written is not None else ():
            self._load_parts(raw, raw.table.parts[key], key, nested, written)

    def _load_parts(self, raw: RawRow, part: Part, key: str, nested: Any, owner: Any) -> None:
        try:
            rows = part.rows(nested)
        except TypeError as error:
            self._refuse(raw.table, raw.place, key, str(error))
            return
        raws = [
            RawRow(part.table, f"{raw.place}, {key} {number}", values)
            for number, values in enumerate(rows, 1)
        ]
        raws = [one for one in raws if (part.table.name, one.place) not in self.left_out]
        if part.table.line:
            self._match(
                part.table, [(one, part.table.model(**{part.table.parent: owner})) for one in raws]
            )
        for one in raws:
            self._load_row(one, part.table.model(**{part.table.parent: owner}))

    def _write(self, raw: RawRow, fresh: Any) -> Any:
        """Create or change one row; `fresh` is an unsaved one that knows its owner.

        Returns None if there is no row then.
        """
        rows = self._rows(raw.table)
        try:
            writer = self._writer(raw, fresh)
            key = key_of(fresh, raw.table)
            stored = rows.find(fresh, raw.place)
            if stored in self.places:
                return self._repeat(raw, stored)
            outcome, row = self._store(writer, rows, stored)
        except ValidationError as error:
            for column, reason in reasons_of(error, raw.table.fields):
                self._refuse(raw.table, raw.place, column, reason)
            return None
        except DeletedReference:
            self.without_deleted.rows[raw.table.name] += 1
            return None
        if row is None:
            return None
        self.without_deleted.cells.update(
            (raw.table.name, column) for column in writer.columns_with_deleted
        )
        self.places[row] = raw
        rows.take(fresh, raw.place, row)
        self._refer(row, fresh)
        if outcome or rows.has_cells(row):
            unsaid: dict[str, Any] = dict.fromkeys(
                raw.table.many if outcome == "created" else [], []
            )
            agreed = rows.columns if self.terms.overwrite else writer.spoken_of
            rows.keep(key, row, unsaid | writer.related, agreed)
        if outcome:
            getattr(self.report, outcome)[raw.table.name] += 1
            if has_page(row):
                self.report.pages[outcome] += 1
            if outcome in WRITTEN:
                self.report.warnings += [
                    f"{raw.place}: {warning}" for warning in raw.table.warnings(row)
                ]
            self.report.kept.update(f"{raw.table.name}.{column}" for column in writer.extra)
        return row

    def _writer(self, raw: RawRow, fresh: Any) -> RowWriter:
        return RowWriter(raw, fresh, self.references, self.status, self.terms.history)

    def _refer(self, row: Any, wanted: Any) -> None:
        if self.references:
            self.references.add(row, wanted)

    def _is_deleted(self, rows: StoredRows, writer: RowWriter) -> bool:
        """Whether the row was deleted here and stays so; others may refer to it all the same."""
        is_deleted = rows.was_deleted(writer.fresh, writer.raw.place) and not self.terms.overwrite
        if is_deleted and self.references:
            self.references.note_deleted(writer.fresh)
        return is_deleted

    def _is_alone(self, writer: RowWriter) -> bool:
        """Whether nothing can equal a row that was not found: all rows of this collection are here.

        :raises ValidationError: for a part of a row of another collection; each pack writes its own
            rows.
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
            before = self.terms.history.before_write
            rows.make_room(writer.fresh, stored, writer.raw.place, before)
        if stored is None:
            if self._is_deleted(rows, writer):
                self.report.conflicts.append(
                    Conflict(writer.raw.place, str(writer.fresh), is_deleted=True)
                )
                return "", None
            return "created", self._create(writer, rows, is_alone=self._is_alone(writer))
        if stored in self.founded:
            return "created", writer.change(stored)
        if rows.is_retired(stored):
            writer.values.setdefault("status", self.status)
        before = self.terms.history.before_write
        former = (
            rows.move(stored, writer.fresh.position, before)
            if "position" in writer.values
            else None
        )
        if former is not None:
            self.report.moves.append(Move(writer.raw.place, str(stored), former, stored.position))
        if not writer.differences(stored):
            return "unchanged" if former is None else "moved", stored
        return self._change(writer, rows, stored), stored

    def _create(self, writer: RowWriter, rows: StoredRows, *, is_alone: bool) -> Any:
        place = writer.raw.place
        was_deleted = rows.was_deleted(writer.fresh, place)
        created = writer.create(is_alone=is_alone)
        if was_deleted:
            self.report.overwritten.append(Conflict(place, str(created), is_deleted=True))
        rows.add(created)
        return created

    def _change(self, writer: RowWriter, rows: StoredRows, stored: Any) -> str:
        """Change the columns that nobody edited here, or all, and report the others.

        Returns what became of the row.
        """
        differing, edited = writer.differences(stored), rows.edited_columns(stored)
        left = [name for name in differing if name in edited]
        conflict = Conflict(writer.raw.place, str(stored), writer.described(stored, left))
        if self.terms.overwrite:
            self.report.overwritten += [conflict] if left else []
            left = []
        whole = replace(conflict, differences=writer.described(stored, differing))
        writer.leave(left)
        if left == differing:
            self.report.conflicts.append(conflict)
            return ""
        known_as = key_of(stored, rows.table)
        try:
            rows.rename(known_as, writer.change(stored))
        except ValidationError:
            if not left:
                raise
            # What the publisher and the editor wrote does not go together: all of it is left.
            stored.refresh_from_db()
            writer.leave(differing)
            self.report.conflicts.append(whole)
            return ""
        self.report.conflicts += [conflict] if left else []
        return "changed"

    def _repeat(self, raw: RawRow, stored: Any) -> Any:
        """The pack says a second time what a row is: counted if it says the same, else refused."""
        if self.places[stored].values == raw.values:
            self.report.repeated[raw.table.name] += 1
            return stored
        name, place = stored._meta.verbose_name, self.places[stored].place
        self._refuse(raw.table, raw.place, "", f"the same {name} stands in {place} already")
        return None

    def _refuse(self, table: Table, place: str, column: str, reason: str) -> None:
        self.refused.add((table.name, place))
        self.report.refusals.append(Refusal(place, column, reason))


def _slug_here(identifier: str) -> str:
    """The slug of the collection that was loaded with this id; an editor may have changed it."""
    if Collection.objects.filter(slug=identifier).exists():
        return identifier
    loaded = LoadedRow.objects.filter(table=COLLECTION.name, key=identifier)
    return loaded.values_list("collection__slug", flat=True).first() or identifier


def _rows_of(collection: str, tables: Iterable[Table]) -> Iterator[QuerySet[Any]]:
    """The collection with this slug and its rows.

    They are all that a load may change, except what collections share.
    """
    yield Collection.objects.filter(slug=collection)
    for table in tables:
        if table.path:
            yield table.model._base_manager.filter(**{f"{table.path}__slug": collection})
