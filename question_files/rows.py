"""The rows of a question file: each with its question, place in the set and changes."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from content.numbers import plain_decimal, whole_number
from interviews.models import Question, SetItem
from packs.sheet_cells import error_in, plain_number
from packs.tables.csv_cells import unguarded
from packs.tables.csv_reading import SheetRow
from question_files.export import REQUIRED
from question_files.lookups import Unclear
from question_files.report import CellChange, RowChange
from question_files.row_versions import RowVersion

TRUTH = {"yes": True, "no": False, "true": True, "false": False}
MOST_MINUTES = 32_767


@dataclass(eq=False)
class Row:
    """One row on its way into the set."""

    sheet_row: SheetRow
    change: RowChange
    question: Question | None = None
    #: What was stored of the question before anything was put, by column.
    before: dict[str, str] = field(default_factory=dict)
    item: SetItem | None = None
    is_new: bool = False
    #: What the row held when it was exported, if the file says so.
    version: RowVersion | None = None
    #: Whether cells of the file replace what was edited here since it was exported.
    overwrites: bool = False
    #: By column, whether its cell is to be stored; see `changes`.
    decisions: dict[str, bool] = field(default_factory=dict)

    @classmethod
    def of(cls, sheet_row: SheetRow, *, overwrites: bool = False) -> "Row":
        row = cls(sheet_row, RowChange(sheet_row.place, ""), overwrites=overwrites)
        version = RowVersion.read(row["version"])
        if version and row.has_key and version.has("question", row["question"]):
            row.version = version
        return row

    def has(self, column: str) -> bool:
        """Whether the row says anything in this column.

        A row without a key leaves what it has no words for.
        """
        return column in self.sheet_row.cells and (self.has_key or bool(self[column].strip()))

    def __getitem__(self, column: str) -> str:
        return unguarded(self.sheet_row.cells.get(column, ""))

    @property
    def has_key(self) -> bool:
        return bool(self["question"].strip())

    def says(self, column: str, here: str) -> bool:
        """Whether the cell holds this."""
        return here in self._readings(column)

    def _readings(self, column: str) -> tuple[str, ...]:
        """What the cell can mean.

        A file for machines has no guards, and spreadsheets write numbers and truth in their own
        ways.
        """
        cell = self[column]
        readings = (self.sheet_row.cells.get(column, ""), cell)
        if column == "minutes":
            return (*readings, plain_number(cell).strip())
        if column == "required" and cell.strip().casefold() in TRUTH:
            return (*readings, REQUIRED[self.required()])
        return readings

    def errors(self) -> Iterator[tuple[str, str]]:
        """The columns of cells that hold nothing but an error of a spreadsheet.

        Each has what is wrong with it.
        """
        for column, cell in self.sheet_row.cells.items():
            if reason := error_in(unguarded(cell)):
                yield column, reason

    def is_unedited(self, column: str) -> bool:
        """Whether the cell is known to hold what was exported."""
        version = self.version
        return version is not None and any(
            version.has(column, reading) for reading in self._readings(column)
        )

    def changes(self, column: str, here: str) -> bool:
        """Whether the cell is to be stored in place of what is here.

        A cell that was not edited in the file is not, and one that was edited in the file and here
        only if the row overwrites.
        """
        if column not in self.decisions:
            self.decisions[column] = self._decide(column, here)
        return self.decisions[column]

    def _decide(self, column: str, here: str) -> bool:
        if not self.has(column) or self.says(column, here):
            return False
        if self.is_unedited(column):
            self.change.kept.append(CellChange(column, here, self[column]))
            return False
        if self.version and not self.version.has(column, here) and not self.overwrites:
            self.change.conflicts.append(CellChange(column, here, self[column]))
            return False
        return True

    def changed(self, columns: tuple[str, ...]) -> list[str]:
        """The columns whose cells are to be stored in the question."""
        return [name for name in columns if self.changes(name, self.before.get(name, ""))]

    def note(self, column: str, here: str, there: str) -> None:
        """Remember that this cell changes something."""
        self.change.cells.append(CellChange(column, here, there))

    def note_untaken(self, columns: Iterable[str]) -> None:
        """Remember the cells of these columns that say something else than an export does."""
        for name in columns:
            here = self.before.get(name, "")
            # An export writes whole addresses, of whatever host it left.
            is_address = name == "url" and here and self[name].endswith(here)
            is_edited = self.has(name) and not self.says(name, here) and not is_address
            if is_edited and not self.is_unedited(name):
                self.change.untaken.append(CellChange(name, here, self[name]))

    def minutes(self) -> int | None:
        """
        :raises Unclear: if the cell holds no number of minutes.
        """
        words = plain_number(self["minutes"].strip())
        if not words:
            return None
        number = whole_number(words)
        if number is None or not 0 < number <= MOST_MINUTES:
            raise Unclear(
                f"“{words[:20]}” is not a number of minutes from 1 to {MOST_MINUTES:,}", "minutes"
            )
        return number

    def required(self) -> bool:
        """
        :raises Unclear: if the cell says neither.
        """
        words = self["required"].strip().casefold()
        if words not in TRUTH:
            raise Unclear(f"“{words[:20]}” is neither yes nor no", "required")
        return TRUTH[words]

    def number(self) -> Decimal | None:
        """The place it asks for; a half puts it between two others.

        :raises Unclear: if the cell holds no number.
        """
        words = self["position"].strip().replace(",", ".")
        if not words:
            return None
        number = plain_decimal(words)
        if number is None:
            raise Unclear(f"“{words[:20]}” is not a number")
        return Decimal(number)


def first_rows(rows: Iterable[Row]) -> dict[Question, Row]:
    """By question, the row whose cells change it."""
    first: dict[Question, Row] = {}
    for row in rows:
        if row.question:
            first.setdefault(row.question, row)
    return first


def contradictions(rows: list[Row], columns: tuple[str, ...]) -> Iterator[tuple[Row, str, Row]]:
    """Rows of one question that say different things of it: nobody can know which was meant."""
    first = first_rows(rows)
    for row in rows:
        if row.question is None:
            continue
        other = first[row.question]
        for column in columns:
            if row.has(column) and other.has(column) and row[column] != other[column]:
                yield row, column, other


def repeated(rows: list[Row]) -> int:
    """Take out, and count, rows that say word for word what one above says."""
    seen: Counter[tuple[tuple[str, str], ...]] = Counter()
    kept = []
    for row in rows:
        words = tuple(
            (column, cell)
            for column, cell in sorted(row.sheet_row.cells.items())
            if column != "position"
        )
        seen[words] += 1
        if seen[words] == 1:
            kept.append(row)
    count = len(rows) - len(kept)
    rows[:] = kept
    return count
