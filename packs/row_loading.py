"""Loads single rows: each is created, changed, left as an editor has changed it, or refused."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress

from django.core.exceptions import ValidationError

from content import Row
from content.base_models import ContentModel, Status
from content.models import Collection
from file_formats.errors import RowError
from packs.existing_lines import ExistingLines
from packs.existing_rows import ExistingRows
from packs.import_note import has_page
from packs.import_records import row_key
from packs.load_options import LoadOptions
from packs.pack_tables import DATED, Table
from packs.reading import RawRow
from packs.references import DeletedReference, References, collection_of
from packs.report import Conflict, Move, Report
from packs.row_writer import RowWriter
from packs.validation import reasons_by_column

#: The outcomes of a row whose texts are new, so that an editor should check them.
TEXT_OUTCOMES = ("created", "changed")
#: The name of a table, and the location of a row.
RowLocation = tuple[str, str]


class RowLoader:
    """Loads the rows of one pack, one at a time, and counts them in a report."""

    def __init__(self, report: Report, options: LoadOptions) -> None:
        self.report = report
        self.options = options
        self.collection = Collection()
        #: None until the collection itself is loaded.
        self.references: References | None = None
        #: The status of new rows that state none.
        self.status: str = Status.DRAFT
        self.loaded: dict[ContentModel, RawRow] = {}
        self.refused: set[RowLocation] = set()
        #: Rows that are loaded last, because they may have had another parent, by table.
        self._postponed: defaultdict[str, list[tuple[RawRow, ContentModel]]] = defaultdict(list)
        self._stubs: set[ContentModel] = set()
        #: By changed row, the columns that are checked after all rows are loaded.
        self._columns_to_check: dict[ContentModel, set[str]] = {}
        self._existing: dict[str, ExistingRows] = {}

    def existing_rows(self, table: Table) -> ExistingRows:
        """The stored rows of a table."""
        if table.name not in self._existing:
            kind = ExistingLines if table.line else ExistingRows
            self._existing[table.name] = kind(table, self.collection, self.options.history)
        return self._existing[table.name]

    def used_tables(self) -> list[ExistingRows]:
        """The stored rows of all tables of which any row was loaded."""
        return list(self._existing.values())

    def refuse(self, table: Table, location: str, column: str, reason: str) -> None:
        """Add an error to the report; the parameters are those of `RowError`."""
        self.report.refusals.append(RowError(location, column, reason))
        self.refused.add((table.name, location))

    def match(
        self, table: Table, rows: Iterable[RawRow], new_instance: Callable[[], ContentModel]
    ) -> None:
        """Find the stored rows of several raw rows.

        Errors are ignored, because they are reported when the rows are loaded.

        :param new_instance: returns an unsaved instance with its collection or parent.
        """
        incoming = []
        for raw in rows:
            with suppress(ValidationError, DeletedReference):
                incoming.append((raw.location, self._writer(raw, new_instance()).instance))
        self.existing_rows(table).match(incoming)

    def create_stub(self, raw: RawRow, instance: ContentModel) -> None:
        """Make a row findable, so that other rows of its table can refer to it.

        A new row is stored without its own references to that table. Errors are ignored, because
        they are reported when the row is loaded.
        """
        table = raw.table
        excluded = {*table.self_references, *table.parts}
        values = {name: value for name, value in raw.values.items() if name not in excluded}
        rows = self.existing_rows(table)
        with suppress(ValidationError, DeletedReference):
            writer = self._writer(RawRow(table, raw.location, values), instance)
            row = rows.find(instance, raw.location)
            if row is None and not self._stays_deleted(writer, rows):
                row = self._create(writer, rows, is_unique=True)
                self._stubs.add(row)
            if row is not None:
                self._add_reference(row, instance)

    def load_postponed(self) -> None:
        """Load the rows that `load` has postponed."""
        for name, postponed in self._postponed.items():
            incoming = [(raw.location, instance) for raw, instance in postponed]
            self._existing[name].match_moved(incoming, self.loaded)
            for raw, instance in postponed:
                self.load(raw, instance, may_postpone=False)

    def run_final_checks(self) -> None:
        """Refuse changed rows that do not fit to others, once all rows are loaded."""
        for row, columns in self._columns_to_check.items():
            raw = self.loaded[row]
            for column in columns:
                try:
                    raw.table.final_checks[column](row)
                except ValidationError as error:
                    self.refuse(raw.table, raw.location, column, error.messages[0])

    def load(
        self, raw: RawRow, instance: ContentModel, *, may_postpone: bool = True
    ) -> ContentModel | None:
        """Create or change one row.

        :param instance: an unsaved instance with its collection or parent.
        :returns: the stored row; None if there is none yet, because it is refused, deleted or
            postponed.
        """
        try:
            return self._load(raw, instance, may_postpone)
        except ValidationError as error:
            for column, reason in reasons_by_column(error, raw.table.fields):
                self.refuse(raw.table, raw.location, column, reason)
        except DeletedReference:
            self.report.without_deleted_row[raw.table.name] += 1
        except RowError as error:
            self.refuse(raw.table, raw.location, error.column, error.reason)
        return None

    def _load(self, raw: RawRow, instance: ContentModel, may_postpone: bool) -> ContentModel | None:
        rows = self.existing_rows(raw.table)
        writer = self._writer(raw, instance)
        key = row_key(instance, raw.table)
        existing = rows.find(instance, raw.location)
        if existing is None and may_postpone and rows.may_have_moved(instance):
            self._postponed[raw.table.name].append((raw, instance))
            return None
        if existing in self.loaded:
            self._count_repetition(raw, existing)
            return existing
        outcome, row = self._store(writer, rows, existing)
        if row is None:
            return None
        for column in writer.columns_without_deleted:
            self.report.without_deleted_reference[raw.table.name, column] += 1
        self.loaded[row] = raw
        rows.note_loaded(instance, raw.location, row)
        self._add_reference(row, instance)
        if outcome or rows.records.has_cells(row):
            self._record(writer, rows, key, row, outcome)
        if outcome:
            self._count(writer, row, outcome)
        return row

    def _writer(self, raw: RawRow, instance: ContentModel) -> RowWriter:
        return RowWriter(raw, instance, self.references, self.status, self.options.history)

    def _add_reference(self, row: ContentModel, instance: ContentModel) -> None:
        if self.references:
            self.references.add(row, instance)

    def _count_repetition(self, raw: RawRow, existing: ContentModel) -> None:
        """Count a row that the pack contains twice.

        :raises RowError: if the two rows have different cells.
        """
        first = self.loaded[existing]
        if first.values != raw.values:
            name = existing._meta.verbose_name
            raise RowError(raw.location, "", f"{first.location} already has the same {name}")
        self.report.repeated[raw.table.name] += 1

    def _record(
        self, writer: RowWriter, rows: ExistingRows, key: str, row: ContentModel, outcome: str
    ) -> None:
        """Record what this load has stored; see `ImportRecords.add`."""
        related = dict(writer.related)
        if outcome == "created":
            related = dict.fromkeys(rows.table.many_to_many, []) | related
        in_sync = rows.records.columns if self.options.overwrite else writer.stated_columns
        rows.records.add(key, row, related, in_sync)

    def _count(self, writer: RowWriter, row: ContentModel, outcome: str) -> None:
        table = writer.raw.table
        self.report.counter(outcome)[table.name] += 1
        if has_page(row):
            self.report.pages[outcome] += 1
        if outcome in TEXT_OUTCOMES:
            for warning in table.warnings(row):
                self.report.warnings.append(f"{writer.raw.location}: {warning}")
        for column in writer.extra.keys() - {DATED}:
            self.report.extra_columns[f"{table.name}.{column}"] += 1

    def _store(
        self, writer: RowWriter, rows: ExistingRows, existing: ContentModel | None
    ) -> tuple[str, ContentModel | None]:
        """The outcome and the stored row.

        The outcome is the name of a counter of the report, or empty if the row stays as an editor
        has changed or deleted it.
        """
        if rows.table.has_unique_positions and "position" in writer.values:
            rows.shift_from_position(writer.instance, existing, writer.raw.location)
        if existing is not None:
            return self._update(writer, rows, existing), existing
        if self._stays_deleted(writer, rows):
            conflict = Conflict(writer.raw.location, str(writer.instance), is_deleted=True)
            self.report.conflicts.append(conflict)
            return "", None
        return "created", self._create(writer, rows, is_unique=self._is_unique(writer))

    def _stays_deleted(self, writer: RowWriter, rows: ExistingRows) -> bool:
        """Whether an editor has deleted the row and the load does not overwrite that."""
        if self.options.overwrite or not rows.was_deleted(writer.instance, writer.raw.location):
            return False
        if self.references:
            self.references.add_deleted(writer.instance)
        return True

    def _is_unique(self, writer: RowWriter) -> bool:
        """Whether no stored row can equal one that was not found among those of the collection.

        :raises ValidationError: if the parent belongs to another collection, whose own pack
            contains its parts.
        """
        table = writer.raw.table
        if table.parent_key(writer.instance) is None:
            return table.is_owned
        parent = getattr(writer.instance, table.parent)
        if parent not in self.loaded and collection_of(parent) != self.collection:
            raise ValidationError({table.parent: f"“{parent}” does not belong to this collection"})
        return True

    def _create(self, writer: RowWriter, rows: ExistingRows, *, is_unique: bool) -> ContentModel:
        location = writer.raw.location
        was_deleted = rows.was_deleted(writer.instance, location)
        rows.displace(row_key(writer.instance, rows.table), None, location, self.loaded)
        row = writer.create(is_unique=is_unique)
        if was_deleted:
            self.report.overwritten.append(Conflict(location, str(row), is_deleted=True))
        rows.add(row)
        return row

    def _update(self, writer: RowWriter, rows: ExistingRows, existing: Row) -> str:
        """Move and change an existing row; the result is an outcome, see `_store`."""
        if existing in self._stubs:
            writer.change(existing)
            return "created"
        if rows.was_retired(existing):
            writer.values.setdefault("status", self.status)
        former_parent = _left_parent(writer, existing)
        former_position = getattr(existing, "position", 0)
        is_moved = "position" in writer.values and rows.move(existing, writer.instance.position)
        differences = writer.differences(existing)
        outcome = self._change(writer, rows, existing) if differences else "unchanged"
        parents = _titles_of_parents(former_parent, existing, rows.table)
        if not is_moved and not parents:
            return outcome
        position = getattr(existing, "position", 0)
        move = Move(writer.raw.location, str(existing), former_position, position, *parents)
        self.report.moves.append(move)
        return "moved" if outcome and set(differences) <= {rows.table.parent} else outcome

    def _change(self, writer: RowWriter, rows: ExistingRows, existing: ContentModel) -> str:
        """Change the columns that no editor has changed, or all columns if the load overwrites.

        The other columns are reported as a conflict.
        """
        differing = writer.differences(existing)
        edited = rows.edited_columns(existing)
        conflicting = [name for name in differing if name in edited]
        conflict = _conflict(writer, existing, conflicting)
        conflict_of_all = _conflict(writer, existing, differing)
        if conflicting and self.options.overwrite:
            self.report.overwritten.append(conflict)
            conflicting = []
        writer.discard(conflicting)
        if conflicting == differing:
            self.report.conflicts.append(conflict)
            return ""
        former_key = row_key(existing, rows.table)
        rows.displace(writer.changed_key(existing), existing, writer.raw.location, self.loaded)
        try:
            writer.change(existing)
        except ValidationError:
            if not conflicting:
                raise
            # The values of the publisher and the editor are not valid together, so nothing changes.
            existing.refresh_from_db()
            writer.discard(differing)
            self.report.conflicts.append(conflict_of_all)
            return ""
        rows.update_key(former_key, existing)
        changed = set(differing).difference(conflicting)
        self._columns_to_check[existing] = changed & rows.table.final_checks.keys()
        if conflicting:
            self.report.conflicts.append(conflict)
        return "changed"


def _left_parent(writer: RowWriter, existing: ContentModel) -> ContentModel | None:
    """The parent of a stored row that has another parent in the pack."""
    table = writer.raw.table
    if table.parent_key(existing) == table.parent_key(writer.instance):
        return None
    return getattr(existing, table.parent)


def _titles_of_parents(
    former_parent: ContentModel | None, row: ContentModel, table: Table
) -> Sequence[str]:
    """The titles of the former parent and the present one; nothing if they are the same."""
    if former_parent is None:
        return ()
    parent = getattr(row, table.parent)
    return () if parent == former_parent else (str(former_parent), str(parent))


def _conflict(writer: RowWriter, existing: ContentModel, columns: Iterable[str]) -> Conflict:
    return Conflict(writer.raw.location, str(existing), writer.describe(existing, columns))
