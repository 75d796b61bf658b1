"""Converts the files of a source into a pack, as a mapping describes."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TypeAlias

from file_formats.cell_text import cell
from file_formats.csv_reading import spreadsheet_error
from file_formats.errors import UnreadableFile
from mapping.expressions import OWN_SOURCE, RowContext, SourceIndex
from mapping.parser import RowNumbering, TableMapping, TableSpec
from mapping.slugs import SlugRegistry
from mapping.unused_input import notes_on_files, notes_on_omissions, notes_on_sources
from packs.sources import TablesPack
from source_files.files import find_unread_files, read_source
from source_files.options import Record
from source_files.validation import InvalidValueError, expect_choice

PackRow: TypeAlias = Mapping[str, object]


def convert(mapping: TableMapping, source: Path) -> TablesPack:
    """The pack that a mapping makes of a source.

    Loading the pack reports the rows and files that could not be converted.

    :param source: a folder, or one file.
    :raises UnreadableFile: if the mapping reads columns that the source does not have.
    """
    pack = TablesPack(mapping.collection, mapping.name)
    conversion = _Conversion(mapping, pack)
    conversion.read_sources(source)
    conversion.check_columns()
    for spec in mapping.table_specs:
        conversion.fill_table(spec)
    pack.notes.extend(notes_on_omissions(conversion.omissions))
    unread_files = find_unread_files(source, mapping.sources.values())
    pack.notes.extend(notes_on_files(unread_files))
    pack.notes.extend(notes_on_sources(mapping, conversion.columns))
    return pack


class _Conversion:
    """One conversion of one source."""

    def __init__(self, mapping: TableMapping, pack: TablesPack) -> None:
        self.mapping = mapping
        self.pack = pack
        #: By source, as the columns are.
        self.records: dict[str, list[Record]] = {name: [] for name in mapping.sources}
        self.columns: dict[str, list[str]] = {}
        #: By source; each error is reported with the first table that reads the source.
        self.read_errors: dict[str, list[UnreadableFile]] = {}
        self._error_messages: set[str] = set()
        #: How many cells lost something, by description.
        self.omissions: Counter[str] = Counter()
        #: Sources with a file that could not be read.
        self.unreadable_sources: set[str] = set()
        self._slugs = SlugRegistry()
        self._numbers = _RowNumbers()
        self._indexes: dict[SourceIndex, dict[tuple[str, ...], list[Record]]] = {}

    def read_sources(self, source: Path) -> None:
        """Read the records of all sources, and collect the errors of files that are broken."""
        for name, options in self.mapping.sources.items():
            for result in read_source(source, replace(options, add_note=self._add_note)):
                if isinstance(result, UnreadableFile):
                    self.unreadable_sources.add(name)
                    self._add_read_error(name, result)
                else:
                    self.records[name] += result
            self.columns[name] = _columns_of(self.records[name])
        if self.mapping.empty_texts:
            self._clear_empty_texts()

    def _add_note(self, note: str) -> None:
        """Add the note of a reader once, because several sources may read the same file."""
        if note not in self.pack.notes:
            self.pack.notes.append(note)

    def _add_read_error(self, source: str, error: UnreadableFile) -> None:
        """Add an error once, because several sources may read the same file."""
        if str(error) not in self._error_messages:
            self._error_messages.add(str(error))
            self.read_errors.setdefault(source, []).append(error)

    def _clear_empty_texts(self) -> None:
        """Replace the texts that mean an empty cell."""
        for record in chain.from_iterable(self.records.values()):
            for column, text in record.values.items():
                if text.strip() in self.mapping.empty_texts:
                    record.values[column] = ""

    def check_columns(self) -> None:
        """Check that the sources have all columns that the mapping reads.

        :raises UnreadableFile: if one is missing.
        """
        for spec in self.mapping.table_specs:
            added_columns: set[str] = set()
            for transform in spec.record_transforms:
                for name in sorted(transform.columns_read - added_columns):
                    self._check_column(transform.location, spec.source, name)
                added_columns |= transform.columns_added
            added_references = {(OWN_SOURCE, name) for name in added_columns}
            for column, expression in spec.columns.items():
                location = f"{spec.location}, {column}"
                for source, name in sorted(expression.columns_read - added_references):
                    self._check_column(location, source or spec.source, name)

    def _check_column(self, location: str, source: str, name: str) -> None:
        """
        :raises UnreadableFile: if no record of the source has the column.
        """
        known = self.columns[source]
        # There are no columns if no file of the source could be read.
        if known:
            expect_choice(name, location, known, f"column of “{source}”")

    def fill_table(self, spec: TableSpec) -> None:
        """Add the rows of one entry of the mapping to the pack."""
        table = spec.table.name
        for source in spec.all_sources():
            for error in self.read_errors.pop(source, ()):
                self.pack.add_error(table, error)
        joined_sources = self.unreadable_sources.intersection(spec.all_sources()) - {spec.source}
        if joined_sources:
            # Its rows would lack what this source adds to them.
            reason = f"no row was imported, because “{min(joined_sources)}” cannot be read"
            self.pack.add_error(table, UnreadableFile(spec.location, reason))
            return
        distinct_keys: set[str] = set()
        try:
            for location, row in self._rows(spec):
                key = cell(row)
                if key in distinct_keys:
                    continue
                if spec.is_distinct:
                    distinct_keys.add(key)
                numbers = self._numbers.number_columns(spec, row, key)
                self.pack.add(table, location, {**row, **numbers})
        except UnreadableFile as error:
            self.pack.add_error(table, error)

    def _rows(self, spec: TableSpec) -> Iterator[tuple[str, PackRow]]:
        """The rows of one entry of the mapping, each with its location.

        :raises UnreadableFile: if the rows of the mapping or the records as a whole are invalid.
        """
        for number, static_row in enumerate(spec.static_rows, start=1):
            location = f"{spec.location}, rows {number}"
            yield location, _check_static_row(static_row, location)
        records: Iterable[Record] = self.records.get(spec.source, [])
        for transform in spec.record_transforms:
            records = transform.apply(records)
        for record in records:
            try:
                yield record.location, self._make_row(spec, record)
            except UnreadableFile as error:
                self.pack.add_error(spec.table.name, error)

    def _make_row(self, spec: TableSpec, record: Record) -> PackRow:
        """The row that the expressions make of a record.

        :raises UnreadableFile: if a value is invalid, or a slug belongs to another name.
        """
        row = RowContext(record, self)
        for column, expression in spec.columns.items():
            try:
                value = expression.evaluate(row)
                _check_no_spreadsheet_error(value)
                row.values[column] = value
                if expression.evaluate_names:
                    row.names[column] = expression.evaluate_names(row)
                self._slugs.register(spec.table, column, row.values, row.names)
            except InvalidValueError as error:
                raise UnreadableFile(record.location, f"{column}: {error}") from error
        return row.values

    def find_records(self, index: SourceIndex, key: tuple[str, ...]) -> list[Record]:
        if index not in self._indexes:
            self._indexes[index] = _index_records(self.records[index.source], index)
        return self._indexes[index].get(key, [])

    def count_omission(self, description: str) -> None:
        self.omissions[description] += 1


class _RowNumbers:
    """The numbers of rows. They continue when a later entry fills the same table."""

    def __init__(self) -> None:
        #: The numbers in one group, by the key of the row; the key of the group is the table, the
        #: numbered column and the values of the group columns.
        self._groups: dict[tuple[str, str, str], dict[str, int]] = {}

    def number_columns(self, spec: TableSpec, row: PackRow, key: str) -> dict[str, str]:
        """The values of the numbered columns of a row.

        :param key: the same for equal rows.
        """
        numbers = {}
        for column, numbering in spec.numberings.items():
            numbers[column] = str(self._number(spec.table.name, column, numbering, row, key))
        return numbers

    def _number(
        self, table: str, column: str, numbering: RowNumbering, row: PackRow, key: str
    ) -> int:
        """The number of a row in its group; an equal row has the same one."""
        group_values = cell([row.get(name) for name in numbering.group_columns])
        group = self._groups.setdefault((table, column, group_values), {})
        next_number = len(group) + 1
        if numbering.counts_repeats:
            key = f"{next_number} {key}"
        return group.setdefault(key, next_number)


def _columns_of(records: Iterable[Record]) -> list[str]:
    """All columns that any record has, in their order."""
    names = chain.from_iterable(record.values for record in records)
    return list(dict.fromkeys(names))


def _check_static_row(row: PackRow, location: str) -> PackRow:
    """
    :raises UnreadableFile: if a cell contains an error of a spreadsheet.
    """
    for column, value in row.items():
        try:
            _check_no_spreadsheet_error(value)
        except InvalidValueError as error:
            raise UnreadableFile(location, f"{column}: {error}") from error
    return row


def _check_no_spreadsheet_error(value: object) -> None:
    """
    :raises InvalidValueError: if the value, or one of a list, is the error of a formula, such as
        ``#REF!``.
    """
    for text in value if isinstance(value, list) else [value]:
        reason = spreadsheet_error(text) if isinstance(text, str) else ""
        if reason:
            raise InvalidValueError(reason)


def _index_records(
    records: Iterable[Record], index: SourceIndex
) -> dict[tuple[str, ...], list[Record]]:
    """The records that meet the condition of an index, by each of their keys."""
    records_by_key: dict[tuple[str, ...], list[Record]] = {}
    for record in filter(index.accepts, records):
        for key in index.keys_of(record):
            records_by_key.setdefault(key, []).append(record)
    return records_by_key
