"""The rows of a question file while they are imported."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from content.numbers import plain_decimal, whole_number
from file_formats.csv_cells import unescape_formula
from file_formats.csv_reading import SheetRow, plain_number, spreadsheet_error
from interviews.models import Question, SetItem
from packs.report import Difference
from question_files.columns import QUESTION_COLUMNS, READ_ONLY_COLUMNS, REQUIRED
from question_files.lookups import UnreadableCell
from question_files.report import RowChange
from question_files.row_versions import RowVersion

BOOLEANS = {"yes": True, "no": False, "true": True, "false": False}
MAX_MINUTES = 32_767
#: Characters of a cell that a message quotes.
MAX_QUOTED = 20


@dataclass(eq=False)
class ImportRow:
    """One row, with what it refers to and what it changes. `row["prompt"]` is a cell."""

    sheet_row: SheetRow
    change: RowChange
    #: What the row held when it was exported, if its version is valid.
    version: RowVersion | None = None
    #: Whether its cells replace what was edited here since it was exported.
    overwrites: bool = False
    question: Question | None = None
    #: Whether the question was created for this row.
    is_new: bool = False
    #: What an export of the question had before the import, by column.
    stored_cells: dict[str, str] = field(default_factory=dict)
    item: SetItem | None = None
    #: The results of `should_store` by column.
    _decisions: dict[str, bool] = field(default_factory=dict)

    @classmethod
    def of(cls, sheet_row: SheetRow, *, overwrites: bool = False) -> "ImportRow":
        """The row of a sheet, with its version if that is valid and about the same question."""
        row = cls(sheet_row, RowChange(sheet_row.location, ""), overwrites=overwrites)
        version = RowVersion.parse(row["version"])
        if version and row.has_key and version.has("question", row["question"]):
            row.version = version
        return row

    def __getitem__(self, column: str) -> str:
        return unescape_formula(self.sheet_row.cells.get(column, ""))

    @property
    def has_key(self) -> bool:
        """Whether the row names its question by key."""
        return bool(self["question"].strip())

    @property
    def set_version(self) -> RowVersion | None:
        """The version, if the row was exported from a set."""
        if self.version is None or not self.version.last_item:
            return None
        return self.version

    def has_cell(self, column: str) -> bool:
        """Whether the row has a cell in this column. A row without a key has no empty cells."""
        return column in self.sheet_row.cells and (self.has_key or bool(self[column].strip()))

    def cell_equals(self, column: str, value: str) -> bool:
        """Whether the cell means this value."""
        return value in self._readings(column)

    def _readings(self, column: str) -> list[str]:
        """What a cell can mean.

        Files for machines have cells without guards, spreadsheets write numbers and yes and no in
        their own ways, and nobody sees blanks around a title.
        """
        cell = self[column]
        readings = [self.sheet_row.cells.get(column, ""), cell]
        if column == "section":
            readings.append(cell.strip())
        if column == "minutes":
            readings.append(plain_number(cell).strip())
        if column == "required" and cell.strip().casefold() in BOOLEANS:
            readings.append(REQUIRED[self.required()])
        return readings

    def spreadsheet_errors(self) -> Iterator[tuple[str, str]]:
        """Columns whose cell is an error of a spreadsheet, each with a message."""
        for column, cell in self.sheet_row.cells.items():
            if message := spreadsheet_error(unescape_formula(cell)):
                yield column, message

    def is_unedited(self, column: str) -> bool:
        """Whether the cell is known to be as it was exported."""
        version = self.version
        if version is None:
            return False
        return any(version.has(column, reading) for reading in self._readings(column))

    @property
    def is_new_in_section(self) -> bool:
        """Whether the row was added to its section in the file, as far as that is known."""
        if not self.has_key:
            return True
        return self.version is not None and not self.is_unedited("section")

    def should_store(self, column: str, stored: str) -> bool:
        """Whether the cell differs from what is stored and replaces it.

        A cell that was not edited in the file does not. One that was edited in the file, and here
        since the export, does so only if the row overwrites. The report notes both. The first
        decision on a column is final, because an import changes what is stored.
        """
        if column not in self._decisions:
            self._decisions[column] = self._decide(column, stored)
        return self._decisions[column]

    def _decide(self, column: str, stored: str) -> bool:
        """Decide once about a cell, and add it to the report if it stays what is stored."""
        if not self.has_cell(column) or self.cell_equals(column, stored):
            return False
        change = Difference(column, stored, self[column])
        if self.is_unedited(column):
            self.change.edited_here.append(change)
            return False
        is_edited_here = self.version is not None and not self.version.has(column, stored)
        if is_edited_here and not self.overwrites:
            self.change.conflicts.append(change)
            return False
        return True

    def question_columns_to_store(self) -> list[str]:
        """The columns whose cells change the question."""
        names = []
        for name in QUESTION_COLUMNS:
            if self.should_store(name, self.stored_cells.get(name, "")):
                names.append(name)
        return names

    def add_change(self, column: str, stored: str, imported: str) -> None:
        """Note for the report that this cell changes something."""
        self.change.cells.append(Difference(column, stored, imported))

    def add_ignored_cells(self) -> None:
        """Note for the report the edited cells of read-only columns."""
        for name in READ_ONLY_COLUMNS:
            stored = self.stored_cells.get(name, "")
            if self._is_edited_read_only(name, stored):
                self.change.ignored.append(Difference(name, stored, self[name]))

    def _is_edited_read_only(self, column: str, stored: str) -> bool:
        if column == "url" and stored and self[column].endswith(stored):
            # An export writes the scheme and host from which it was downloaded.
            return False
        if not self.has_cell(column) or self.cell_equals(column, stored):
            return False
        return not self.is_unedited(column)

    def minutes(self) -> int | None:
        """
        :raises UnreadableCell: if the cell is not a number of minutes.
        """
        text = plain_number(self["minutes"].strip())
        if not text:
            return None
        number = whole_number(text)
        if number is None or not 0 < number <= MAX_MINUTES:
            raise UnreadableCell(
                f"“{text[:MAX_QUOTED]}” is not a number of minutes from 1 to {MAX_MINUTES:,}",
                "minutes",
            )
        return number

    def required(self) -> bool | None:
        """Whether every interview asks it; None if the cell is empty.

        :raises UnreadableCell: if the cell is neither yes nor no.
        """
        text = self["required"].strip().casefold()
        if not text:
            return None
        if text not in BOOLEANS:
            raise UnreadableCell(f"“{text[:MAX_QUOTED]}” is neither yes nor no", "required")
        return BOOLEANS[text]

    def position(self) -> Decimal | None:
        """The number in the file. A fraction is a position between two others.

        :raises UnreadableCell: if the cell is not a number.
        """
        text = self["position"].strip().replace(",", ".")
        if not text:
            return None
        number = plain_decimal(text)
        if number is None:
            raise UnreadableCell(f"“{text[:MAX_QUOTED]}” is not a number")
        return Decimal(number)


def without_repeated(rows: Iterable[ImportRow]) -> list[ImportRow]:
    """The rows without those that repeat a row above them, except in their position."""
    different: dict[frozenset[tuple[str, str]], ImportRow] = {}
    for row in rows:
        cells = row.sheet_row.cells | {"position": ""}
        different.setdefault(frozenset(cells.items()), row)
    return list(different.values())


def first_rows(rows: Iterable[ImportRow]) -> dict[Question, ImportRow]:
    """The first row of each question, whose cells change it."""
    first: dict[Question, ImportRow] = {}
    for row in rows:
        if row.question:
            first.setdefault(row.question, row)
    return first
