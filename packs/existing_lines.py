"""The stored rows of a table whose rows are lines of text in an order; see `line_matching`."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property

from content import Row
from content.base_models import ContentModel
from content.models import Collection, LoadedRow
from file_formats.cell_text import cell
from packs.existing_rows import ExistingRows, Incoming
from packs.import_records import row_key
from packs.line_matching import Line, match_lines, text_digest
from packs.load_options import NO_HISTORY, LoadHistory
from packs.moved_lines import Mark, MovedLines, marks_of
from packs.pack_tables import Cells, Table


class ExistingLines(ExistingRows):
    """Lines, which are found even if their position or their text has changed."""

    def __init__(
        self, table: Table, collection: Collection, history: LoadHistory = NO_HISTORY
    ) -> None:
        super().__init__(table, collection, history)
        self._moved = MovedLines()
        #: The known line by the location of the row of the pack that stands for it.
        self._matches: dict[str, Line] = {}
        #: The rows of this load by the keys and identifiers that the pack gives them.
        self._loaded: dict[str, ContentModel] = {}
        keys = []
        for row in self._by_pk.values():
            if row.pk not in self.records.by_object_id:
                keys.append(row_key(row, table))
        #: The keys of several lines that were not loaded: no one chose their positions. A line that
        #: a load puts in the position of an editor's line does not count.
        self._shared_keys = {key for key, count in Counter(keys).items() if count > 1}

    @cached_property
    def _lines_by_parent(self) -> dict[str, list[Line]]:
        """All known lines."""
        lines: defaultdict[str, list[Line]] = defaultdict(list)
        for line in [*self._stored_lines(), *self._deleted_lines()]:
            lines[line.parent].append(line)
            self._moved.add_known([line])
        return lines

    def add_stated(self, rows: Iterable[Cells]) -> None:
        """Remember all lines of the pack before any of them is matched."""
        self._moved.add_stated(rows, self.table.line)

    def match(self, incoming: Iterable[Incoming]) -> None:
        """Find the known line of each row."""
        locations = {self._line(row): location for location, row in incoming}
        lines_by_parent = self._lines_by_parent
        matched = set(self._matches.values())
        for line, known in list(self._moved.pairs(locations)):
            if known not in matched:
                self._matches[locations.pop(line)] = known
                matched.add(known)
        marks_by_parent: defaultdict[str, set[Mark]] = defaultdict(set)
        for line in locations:
            marks_by_parent[line.parent].update(marks_of(line.external_id, line.text))
        unmatched = []
        for parent, marks in marks_by_parent.items():
            for line in lines_by_parent.get(parent, ()):
                if line not in matched and not self._moved.is_elsewhere(line, marks):
                    unmatched.append(line)
        for line, known in match_lines(list(locations), unmatched).items():
            self._matches[locations[line]] = known

    def find(self, incoming: ContentModel, location: str) -> ContentModel | None:
        """The matched row, or that of an earlier row of the pack with the same key."""
        for name in self._names(incoming):
            if name in self._loaded:
                return self._loaded[name]
        match = self._matches.get(location)
        return match.row if match else None

    def was_deleted(self, incoming: ContentModel, location: str) -> bool:
        match = self._matches.get(location)
        return match is not None and match.row is None

    def note_loaded(self, incoming: ContentModel, location: str, row: ContentModel) -> None:
        for name in self._names(incoming):
            self._loaded[name] = row
        match = self._matches.get(location)
        if match and match.row is None:
            self.records.remove(match.object_id)

    def move(self, row: Row, position: int) -> bool:
        """As for other rows, but unedited lines are moved too.

        The report thus distinguishes lines that only move from lines that change.
        """
        record = self.records.by_object_id.get(row.pk)
        if record:
            is_chosen_by_editor = row.position != _recorded_position(record)
        else:
            is_chosen_by_editor = row_key(row, self.table) not in self._shared_keys
        if is_chosen_by_editor or row.position == position:
            return False
        if not self.edited_columns(row):
            self._shifted[row.pk] = ""
        self._set_position(row, position)
        return True

    def _names(self, incoming: ContentModel) -> list[str]:
        line = self._line(incoming)
        names = [row_key(incoming, self.table)]
        if line.external_id:
            names.insert(0, f"{line.parent} is {line.external_id}")
        return names

    def _stored_lines(self) -> Iterator[Line]:
        for row in self._by_pk.values():
            line = self._line(row)
            line.row = row
            line.position = None
            record = self.records.by_object_id.get(row.pk)
            if record is None:
                line.text = ""
            else:
                line.position = _recorded_position(record)
                # An editor may have moved the line to another parent.
                line.scope, line.parent = _recorded_scope_and_parent(record)
                if record.text_digest:
                    line.text = record.text_digest
                elif self.edited_columns(row):
                    line.text = ""
            yield line

    def _deleted_lines(self) -> Iterator[Line]:
        for record in self.records.by_key.values():
            if record.object_id not in self._by_pk:
                scope, parent = _recorded_scope_and_parent(record)
                yield Line(
                    scope,
                    parent,
                    _recorded_position(record),
                    external_id=record.external_id,
                    text=record.text_digest,
                    object_id=record.object_id,
                )

    def _line(self, row: Row) -> Line:
        text = text_digest(getattr(row, self.table.line) or "")
        return Line(
            row_key(row, self.table).rpartition("/")[0],
            cell(self.table.parent_key(row)),
            row.position,
            external_id=row.external_id,
            text=text,
            stored_text=text,
            object_id=row.pk or 0,
        )


def _recorded_scope_and_parent(record: LoadedRow) -> tuple[str, str]:
    """Where the pack had the line at the last load."""
    return record.key.rpartition("/")[0], record.key.partition("/")[0]


def _recorded_position(record: LoadedRow) -> int:
    """The position in the pack. Records before version 0.2 contain it only in their key."""
    if record.position is None:
        return int(record.key.rpartition("/")[2])
    return record.position
