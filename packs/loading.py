"""Loads a pack: every row is validated through its model, and all rows are written or none."""

from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from contextlib import suppress
from dataclasses import replace
from functools import partial

from django.db.models import QuerySet

from content.base_models import ContentModel, Status
from content.change_tracking import Rollback, as_import, revocable_changes
from content.models import Collection, LoadedRow
from file_formats.errors import RowError, UnreadableFile
from packs.existing_rows import ExistingRows
from packs.import_note import create_import_note
from packs.load_options import (
    DEFAULT_OPTIONS,
    LoadOptions,
    ProgressCallback,
    without_progress,
)
from packs.pack_tables import COLLECTION, FORMAT, Cells, Table, column_of
from packs.reading import RawRow
from packs.references import References
from packs.report import Report
from packs.retiring import retire_absent_rows
from packs.row_loading import RowLoader, RowLocation
from packs.row_order import stored_order_notes
from packs.sources import Pack
from transactions.row_locks import lock_rows

#: Why a row is refused that gets the id or position of a stored row, and what to do.
TAKEN = (
    "The portal has “{row}” with this {column}, which the pack does not contain. Add it to the "
    "pack with another {column}, or delete it here."
)


def load_pack(
    pack: Pack,
    tables: Sequence[Table],
    options: LoadOptions = DEFAULT_OPTIONS,
    progress: ProgressCallback = without_progress,
) -> Report:
    """Load a pack.

    :param tables: in the order of their dependencies.
    :param progress: iterates over the rows of every table, to display the progress.
    """
    refusals: list[RowError] = []
    excluded: set[RowLocation] = set()
    while True:
        load = _PackLoad(pack, tables, options, excluded, progress)
        load.run()
        refusals += load.report.refusals
        refused = load.rows.refused
        is_collection_loaded = load.rows.references is not None
        if not (options.skip_refused and refused and is_collection_loaded):
            break
        # The next attempt excludes the refused rows, the one after it the rows that refer to them,
        # and so on, so that no row is written in part.
        excluded |= refused
    report = load.report
    if report.refusals:
        report = report.of_refused_load()
    return replace(report, refusals=refusals, notes=[*pack.notes, *report.notes])


class _PackLoad:
    """One attempt to load a pack."""

    def __init__(
        self,
        pack: Pack,
        tables: Sequence[Table],
        options: LoadOptions,
        excluded: Set[RowLocation],
        progress: ProgressCallback,
    ) -> None:
        """
        :param excluded: the rows that earlier attempts have refused.
        """
        self.pack = pack
        self.tables = tables
        self.options = options
        self.excluded = excluded
        self.progress = progress
        self.report = Report(unknown_files=pack.unknown_files(tables))
        self.rows = RowLoader(self.report, options)

    def run(self) -> None:
        """Load all rows, and roll everything back if any was refused or this is a dry run."""
        with revocable_changes() as changes, as_import():
            self.options.history.begin()
            self._load_rows()
            self.report.notes += self.report.deleted_notes()
            if self.options.dry_run or self.report.refusals:
                raise Rollback
            collection = self.rows.collection
            self.options.history.end(collection, changes.touched, self.report)
            create_import_note(self.report, self.tables, collection, self.options.origin)
            self.report.is_written = True

    def _load_rows(self) -> None:
        if not self._load_collection():
            return
        for table in self.tables:
            self._load_table(table)
        self.rows.load_postponed()
        if self.options.retire:
            refused = {table for table, _ in self.excluded | self.rows.refused}
            retire_absent_rows(self.tables, self.rows, refused)
        for existing_rows in self.rows.used_tables():
            self._refuse_taken_keys(existing_rows)
        self.rows.run_final_checks()
        if not self.rows.refused:
            for existing_rows in self.rows.used_tables():
                self._refuse_taken_positions(existing_rows)
        for existing_rows in self.rows.used_tables():
            existing_rows.records.save(self.rows.collection)

    def _load_collection(self) -> bool:
        """Load the collection itself. The result is whether that was successful."""
        try:
            manifest = self.pack.manifest()
        except UnreadableFile as error:
            self.rows.refuse(COLLECTION, error.location, "", error.reason)
            return False
        stated_format = manifest.values.pop("format", FORMAT)
        if stated_format != FORMAT:
            reason = f"this portal reads {FORMAT}, not {stated_format}"
            self.rows.refuse(COLLECTION, manifest.location, "format", reason)
            return False
        identifier = str(manifest.values.get("id", ""))
        slug = _current_slug(identifier)
        self._lock(_rows_of_collection(slug, self.tables))
        self.rows.status = str(manifest.values.get("status") or Status.DRAFT)
        self.rows.collection = Collection.objects.filter(slug=slug).first() or Collection()
        collection = self.rows.load(manifest, Collection())
        if not isinstance(collection, Collection):
            return False
        self.rows.collection = collection
        self.rows.references = References(collection, identifier)
        return True

    def _load_table(self, table: Table) -> None:
        all_rows = list(self.pack.rows(table))
        self._add_stated(table, all_rows)
        rows = [row for row in all_rows if not self._is_excluded(table, row.location)]
        if rows and not table.collection_lookup:
            self._lock([table.model._base_manager.all()])
        self._find_existing_rows(table, rows)
        for row in self.progress(table.name, rows):
            if isinstance(row, UnreadableFile):
                self.rows.refuse(table, row.location, "", row.reason)
            else:
                self._load_row(row, self._new_instance(table))
        self.report.notes += stored_order_notes(table, self.rows.loaded)

    def _is_excluded(self, table: Table, location: str) -> bool:
        return (table.name, location) in self.excluded

    def _add_stated(self, table: Table, rows: Iterable[RawRow | UnreadableFile]) -> None:
        """Remember what a table states, also in excluded rows: these are not absent."""
        for raw in rows:
            if isinstance(raw, RawRow):
                for line_table, values in _stated_lines(table, raw.values):
                    self.rows.existing_rows(line_table).add_stated([values])
                self._add_excluded(raw)

    def _add_excluded(self, raw: RawRow) -> bool:
        """Remember the identifier of a row if it is excluded; the result is whether it is."""
        is_excluded = self._is_excluded(raw.table, raw.location)
        if is_excluded:
            self.rows.existing_rows(raw.table).add_excluded(raw.values)
        return is_excluded

    def _find_existing_rows(self, table: Table, rows: Iterable[RawRow | UnreadableFile]) -> None:
        """Do what has to be done with all rows of a table before any of them is loaded."""
        raw_rows = [row for row in rows if isinstance(row, RawRow)]
        self._match(table, raw_rows, partial(self._new_instance, table))
        if table.self_references:
            for raw in raw_rows:
                self.rows.create_stub(raw, self._new_instance(table))

    def _match(
        self, table: Table, rows: list[RawRow], new_instance: Callable[[], ContentModel]
    ) -> None:
        """Match lines, and rows with identifiers, with the stored rows."""
        if table.line or any(raw.values.get("external_id") for raw in rows):
            self.rows.match(table, rows, new_instance)

    def _new_instance(self, table: Table) -> ContentModel:
        if table.is_owned:
            return table.model(**{"collection": self.rows.collection})
        return table.model()

    def _load_row(self, raw: RawRow, instance: ContentModel) -> None:
        """Load a row and the rows of other tables that are nested in it."""
        keys = list(filter(raw.values.__contains__, raw.table.parts))
        nested = {key: raw.values.pop(key) for key in keys}
        row = self.rows.load(raw, instance)
        if row is not None:
            for key, written in nested.items():
                self._load_parts(raw, key, written, row)

    def _load_parts(self, raw: RawRow, key: str, written: object, parent: ContentModel) -> None:
        """Load the rows under one key of the front matter of their parent."""
        part = raw.table.parts[key]
        table = part.table
        try:
            values_of_rows = part.rows(written)
        except TypeError as error:
            self.rows.refuse(raw.table, raw.location, key, str(error))
            return
        raw_rows = []
        for number, values in enumerate(values_of_rows, start=1):
            location = f"{raw.location}, {key} {number}"
            raw_row = RawRow(table, location, values)
            if not self._add_excluded(raw_row):
                raw_rows.append(raw_row)
        new_instance = partial(table.model, **{table.parent: parent})
        self._match(table, raw_rows, new_instance)
        for raw_row in raw_rows:
            self._load_row(raw_row, new_instance())

    def _refuse_taken_keys(self, rows: ExistingRows) -> None:
        """Refuse rows that got the key of a row to which the pack gives no other one."""
        column = column_of(rows.table.identity[0])
        for location, row in rows.unresolved_displacements():
            self._refuse_taken(rows.table, location, column, row)

    def _refuse_taken_positions(self, rows: ExistingRows) -> None:
        """Refuse rows that got the position of a row that the pack does not contain."""
        for location, row in rows.unresolved_shifts(self.rows.loaded):
            self._refuse_taken(rows.table, location, "position", row)

    def _refuse_taken(
        self, table: Table, location: str, column: str, other_row: ContentModel
    ) -> None:
        reason = TAKEN.format(row=other_row, column=column)
        self.rows.refuse(table, location, column, reason)

    def _lock(self, rows: Iterable["QuerySet[ContentModel]"]) -> None:
        """Lock what the load may write. A preview writes nothing and must not block others."""
        if not self.options.dry_run:
            lock_rows(rows)


def _stated_lines(table: Table, values: Cells) -> Iterator[tuple[Table, Cells]]:
    """The lines of text in a row: itself, or those that are nested in it."""
    if table.line:
        yield table, values
    for key, part in table.parts.items():
        if key in values:
            # What is not a list of mappings is refused when the row is loaded.
            with suppress(TypeError):
                for nested_values in part.rows(values[key]):
                    yield from _stated_lines(part.table, nested_values)


def _current_slug(identifier: str) -> str:
    """The slug of the collection with this id in packs, which an editor may have changed."""
    if Collection.objects.filter(slug=identifier).exists():
        return identifier
    records = LoadedRow.objects.filter(table=COLLECTION.name, key=identifier)
    return records.values_list("collection__slug", flat=True).first() or identifier


def _rows_of_collection(slug: str, tables: Iterable[Table]) -> Iterator["QuerySet[ContentModel]"]:
    """The collection with this slug and its rows: all that a load may change but shared rows."""
    yield Collection.objects.filter(slug=slug)
    for table in tables:
        if table.collection_lookup:
            rows = table.model._base_manager.all()
            yield rows.filter(**{f"{table.collection_lookup}__slug": slug})
