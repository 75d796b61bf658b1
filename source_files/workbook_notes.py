"""Notes about workbooks: what is not read, or is read although the spreadsheet does not show it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol, cast
from xml.etree.ElementTree import Element

from openpyxl import Workbook
from openpyxl.reader.excel import ExcelReader
from openpyxl.utils import get_column_letter
from openpyxl.xml.functions import iterparse

from source_files.options import SourceOptions

#: Cells, rows or columns that one note lists.
LISTED_NAMES = 10


class SheetCell(Protocol):
    """A cell that openpyxl opened for reading only; it has no public types for such cells."""

    value: object
    number_format: str
    #: Such as ``B2``.
    coordinate: str


class Sheet(Protocol):
    """A sheet that openpyxl opened for reading only, as far as it is used here."""

    title: str
    #: The value `VISIBLE` of `workbooks`, or how it is hidden.
    sheet_state: str

    def iter_rows(self, *, max_row: int | None = None) -> Iterator[tuple[SheetCell, ...]]:
        """The cells, row by row, up to a row."""

    def reset_dimensions(self) -> None:
        """Forget the size that the file states."""


def open_sheet(book: Workbook, name: str) -> Sheet:
    """
    :raises KeyError: if the workbook has no sheet with this name.
    """
    return cast(Sheet, book[name])


@dataclass
class SheetLayout:
    """The names of hidden rows and columns and of merged ranges of cells."""

    hidden_rows: list[str] = field(default_factory=list)
    hidden_columns: list[str] = field(default_factory=list)
    merged_ranges: list[str] = field(default_factory=list)

    def add(self, element: Element) -> None:
        """Add what an element of the XML of the sheet says about the layout."""
        name = element.tag.rpartition("}")[2]
        if name == "mergeCell":
            self.merged_ranges.append(element.get("ref", "?"))
        if element.get("hidden") not in ("1", "true"):
            return
        if name == "row":
            self.hidden_rows.append(element.get("r", "?"))
        elif name == "col":
            first, last = int(element.get("min", "1")), int(element.get("max", "1"))
            self.hidden_columns += _column_letters(first, last)


def note_layout(reader: ExcelReader, sheet: Sheet, options: SourceOptions) -> None:
    """Note hidden rows and columns, and merged cells, of which only the first contains the text."""
    layout = _read_layout(reader, sheet)
    hidden = {"rows": layout.hidden_rows, "columns": layout.hidden_columns}
    for kind, names in hidden.items():
        if names:
            options.note_in_file(
                f"hidden {kind} of sheet “{sheet.title}” were read too ({len(names)}): "
                f"{_join_names(names)}"
            )
    if layout.merged_ranges:
        options.note_in_file(
            f"only the first of merged cells is filled: {_join_names(layout.merged_ranges)}; use "
            "`fill_down` in the mapping to repeat it"
        )


def _read_layout(reader: ExcelReader, sheet: Sheet) -> SheetLayout:
    """The layout from the XML, because openpyxl drops it when it opens a file for reading only."""
    paths = {listed.name: relation.target for listed, relation in reader.parser.find_sheets()}
    layout = SheetLayout()
    with reader.archive.open(paths[sheet.title]) as xml:
        for _, element in iterparse(xml):
            layout.add(element)
            if element.tag.endswith(("}row", "}c")):
                # Frees the memory of cells that were read.
                element.clear()
    return layout


def note_uncalculated_cells(
    formulas: Sheet, values: Sheet, last_row: int | None, options: SourceOptions
) -> None:
    """Note cells with a formula whose result is not stored in the file: they are read as empty.

    :param formulas: the sheet with formulas.
    :param values: the same sheet with the results of formulas.
    :param last_row: the last row with content.
    """
    formulas.reset_dimensions()
    names = list(_uncalculated_cells(formulas, values, last_row))
    if names:
        options.note_in_file(
            f"formulas without a stored result were read as empty: {_join_names(names)}; "
            "open and save the file in a spreadsheet"
        )


def _uncalculated_cells(formulas: Sheet, values: Sheet, last_row: int | None) -> Iterator[str]:
    """The names of the cells with a formula and no value, such as ``B2``."""
    rows = zip(
        formulas.iter_rows(max_row=last_row), values.iter_rows(max_row=last_row), strict=False
    )
    for row_number, (formula_row, value_row) in enumerate(rows, start=1):
        cells = zip(formula_row, value_row, strict=False)
        for column_number, (formula, value) in enumerate(cells, start=1):
            if value.value is None and formula.value is not None:
                yield f"{get_column_letter(column_number)}{row_number}"


def note_ambiguous_dates(names: Sequence[str], options: SourceOptions) -> None:
    """Note cells with dates that may have been entered as something else.

    :param names: the cells, such as ``B2``.
    """
    if names:
        options.note_in_file(
            f"{_join_names(names)} contain dates without a year or a day; was something like "
            "1-3 or 5/6 typed?"
        )


def _column_letters(first: int, last: int) -> list[str]:
    """The names of columns; a long range, such as all up to the last one, counts as one name."""
    if last - first > LISTED_NAMES:
        return [f"{get_column_letter(first)} to {get_column_letter(last)}"]
    return [get_column_letter(column) for column in range(first, last + 1)]


def _join_names(names: Sequence[str]) -> str:
    """The names as one text, of which a long list is cut."""
    listed = ", ".join(names[:LISTED_NAMES])
    unlisted_count = len(names) - LISTED_NAMES
    if unlisted_count > 0:
        return f"{listed} and {unlisted_count} more"
    return listed
