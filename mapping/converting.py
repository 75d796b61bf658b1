"""Makes a pack of the tables of others, as a mapping says."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from mapping import written
from mapping.cells import HERE, Cell, Refused, Row
from mapping.columns import Index
from mapping.language import Entry, TableMapping
from mapping.naming import Names
from mapping.readers import is_added, read_source, unread_files
from mapping.records import Record
from packs.cell_text import cell as written_cell
from packs.errors import UnreadableFile
from packs.sources import TablesPack
from packs.tables.csv_reading import spreadsheet_error

#: Files that a note names.
NAMED = 20


def converted(mapping: TableMapping, source: Path) -> TablesPack:
    """The pack that a mapping makes of a source.

    What cannot be made into rows it refuses when it is loaded.

    :param source: a folder, or one file.
    :raises Unreadable: if the mapping speaks of columns that the source has not.
    """
    pack = TablesPack(mapping.collection, mapping.name)
    conversion = _Conversion(mapping, pack)
    conversion.read(source)
    conversion.check()
    for entry in mapping.entries:
        conversion.fill(entry)
    pack.notes.extend(conversion.notes())
    return pack


class _Conversion:
    """One run over one source."""

    def __init__(self, mapping: TableMapping, pack: TablesPack) -> None:
        self.mapping = mapping
        self.pack = pack
        #: Files of the source that the mapping does not read.
        self.unread: list[str] = []
        self.records: dict[str, list[Record]] = {name: [] for name in mapping.sources}
        self.broken: dict[str, list[UnreadableFile]] = {}
        self.lost: Counter[str] = Counter()
        self.names = Names()
        #: By table: the rows of one entry are counted on from those of the entries before.
        self.counts: dict[str, dict[tuple[str, str], dict[str, int]]] = {}
        self._indexes: dict[Index, dict[tuple[str, ...], list[Record]]] = {}

    def read(self, source: Path) -> None:
        self.unread = unread_files(source, self.mapping.sources.values())
        known: set[str] = set()
        for name, options in self.mapping.sources.items():
            for found in read_source(source, replace(options, note=self.note)):
                if isinstance(found, UnreadableFile):
                    # A file that several sources read is refused once.
                    if str(found) not in known:
                        self.broken.setdefault(name, []).append(found)
                    known.add(str(found))
                else:
                    self.records[name].extend(self._without_sentinels(found))

    def _without_sentinels(self, records: Iterable[Record]) -> Iterator[Record]:
        empty = self.mapping.empty
        for record in records:
            for name, value in record.values.items() if empty else ():
                if isinstance(value, str) and value.strip() in empty:
                    record.values[name] = ""
            yield record

    def check(self) -> None:
        """Refuse a mapping that speaks of columns which a source has not."""
        for entry in self.mapping.entries:
            added: set[str] = set()
            for step in entry.steps:
                self._check(step.place, entry.source, step.uses - added)
                added |= step.adds
            for column, cell in entry.cells.items():
                for source, name in cell.uses:
                    if source != HERE or name not in added:
                        self._check(f"{entry.place}, {column}", source or entry.source, [name])

    def _check(self, place: str, source: str, names: Iterable[str]) -> None:
        known = self._columns(source)
        for name in names if known else ():
            written.named(name, place, known, f"column of “{source}”")

    def _columns(self, source: str) -> Mapping[str, Any]:
        """All columns that any record of a source has."""
        columns: dict[str, Any] = {}
        keys: Any = None
        for record in self.records[source]:
            if keys != record.values.keys():
                keys = record.values.keys()
                columns |= record.values
        return columns

    def fill(self, entry: Entry) -> None:
        """Make the rows of one entry."""
        for name in {
            entry.source,
            *(source for cell in _cells(entry) for source, _ in cell.uses if source),
        }:
            for error in self.broken.pop(name, ()):
                self.pack.add_error(entry.table.name, error)
        counts = self.counts.setdefault(entry.table.name, {})
        seen: set[str] = set()
        try:
            for place, row in self._rows(entry):
                key = written_cell(row)
                if entry.is_distinct and key in seen:
                    continue
                seen.add(key)
                self.pack.add(entry.table.name, place, row | _numbers(entry, row, key, counts))
        except UnreadableFile as error:
            self.pack.add_error(entry.table.name, error)

    def _rows(self, entry: Entry) -> Iterator[tuple[str, dict[str, Any]]]:
        for number, cells in enumerate(entry.rows, start=1):
            place = f"{entry.place}, rows {number}"
            yield place, self._made(entry, cells, Record(place, {}))
        records: Iterable[Record] = self.records[entry.source] if entry.source else ()
        for step in entry.steps:
            records = step.apply(records)
        for record in records:
            try:
                yield record.place, self._made(entry, entry.cells, record)
            except UnreadableFile as error:
                self.pack.add_error(entry.table.name, error)

    def _made(self, entry: Entry, cells: Mapping[str, Cell], record: Record) -> dict[str, Any]:
        row = Row(record, self)
        for column, cell in cells.items():
            try:
                row.made[column] = _sound(cell.make(row))
                if cell.spelled:
                    row.spelled[column] = cell.spelled(row)
                self.names.claim(entry.table, column, row)
            except Refused as error:
                raise UnreadableFile(record.place, f"{column}: {error}") from error
        return row.made

    def matching(self, index: Index, key: tuple[str, ...]) -> list[Record]:
        if index not in self._indexes:
            self._indexes[index] = _indexed(self.records[index.source], index)
        return self._indexes[index].get(key, [])

    def lose(self, what: str) -> None:
        self.lost[what] += 1

    def note(self, words: str) -> None:
        """Take a note of a reader; several sources may read the same file."""
        if words not in self.pack.notes:
            self.pack.notes.append(words)

    def notes(self) -> Iterator[str]:
        """What of the source is in no row, for the report."""
        for what, cells in sorted(self.lost.items()):
            yield f"{what}: left out of {cells} cells"
        if self.unread:
            more = (
                f" and {len(self.unread) - NAMED:,} more files" if len(self.unread) > NAMED else ""
            )
            yield f"the mapping does not read {', '.join(self.unread[:NAMED])}{more}"
        for names in self._by_file().values():
            if unused := self._unused(names):
                of = ", ".join(f"“{name}”" for name in names)
                yield f"the mapping takes nothing from {', '.join(unused)} of {of}"

    def _by_file(self) -> dict[str, list[str]]:
        """The sources, those together that read the same file, each in its own way."""
        found: dict[str, list[str]] = {}
        for name, options in self.mapping.sources.items():
            found.setdefault(options.file, []).append(name)
        return found

    def _unused(self, names: Sequence[str]) -> list[str]:
        """Columns from which no row takes anything; `topics` is taken where `topics.name` is."""
        options = [self.mapping.sources[name] for name in names]
        used = set().union(*map(self._used, names), *(one.ignore for one in options))
        columns = dict.fromkeys(column for name in names for column in self._columns(name))
        return [
            column
            for column in columns
            if column not in used
            and not any(is_added(column, one) for one in options)
            and not any(other.startswith(f"{column}.") for other in used)
        ]

    def _used(self, source: str) -> set[str]:
        used: set[str] = set()
        for entry in self.mapping.entries:
            used |= {
                column
                for cell in _cells(entry)
                for name, column in cell.uses
                if (name or entry.source) == source
            }
            for step in entry.steps if entry.source == source else ():
                used |= {*self._columns(source)} if step.reads_all else step.uses
        return used


def _sound(made: Any) -> Any:
    """What was made of a cell.

    :raises Refused: if that is nothing but an error of a spreadsheet.
    """
    if isinstance(made, str) and (reason := spreadsheet_error(made)):
        raise Refused(reason)
    return made


def _cells(entry: Entry) -> list[Cell]:
    return list(entry.cells.values())


def _indexed(records: Iterable[Record], index: Index) -> dict[tuple[str, ...], list[Record]]:
    found: dict[tuple[str, ...], list[Record]] = {}
    for record in filter(index.accepts, records):
        for key in index.keys(record):
            found.setdefault(key, []).append(record)
    return found


def _numbers(
    entry: Entry, row: dict[str, Any], key: str, counts: dict[Any, dict[str, int]]
) -> dict[str, str]:
    """The numbers of the row among those it is counted with.

    A row that stands there twice has one number.
    """
    numbers = {}
    for column, count in entry.counted.items():
        group = counts.setdefault(
            (column, written_cell([row.get(name) for name in count.within])), {}
        )
        numbers[column] = str(
            group.setdefault(f"{len(group)} {key}" if count.repeats else key, len(group) + 1)
        )
    return numbers
