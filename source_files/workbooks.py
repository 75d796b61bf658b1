"""Reads workbooks (XLSX): the values of cells as a spreadsheet shows them."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from operator import attrgetter
from pathlib import Path
from typing import TypeAlias

from openpyxl import Workbook, load_workbook
from openpyxl.reader.excel import ExcelReader
from openpyxl.utils.escape import unescape

from content.text import normalize_newlines
from file_formats.cell_text import cell
from file_formats.errors import UnreadableFile
from source_files.options import Record, SourceOptions
from source_files.tables import TableRow, records_of_table
from source_files.workbook_notes import (
    Sheet,
    SheetCell,
    note_ambiguous_dates,
    note_layout,
    note_uncalculated_cells,
    open_sheet,
)
from source_files.workbook_scan import FORMULAS, HIDDEN, MERGED, SheetScan, scan_workbook

#: A workbook of a few bytes can claim a million rows of 16,384 cells.
MAX_CELLS = 2_000_000
#: Blank rows above the last row with content. A single character far below the table, typed by
#: mistake, can make a million of them.
MAX_BLANK_ROWS = 100_000
#: How workbooks of Excel 97 begin, and workbooks that a password protects.
COMPOUND_FILE = bytes.fromhex("d0cf11e0a1b11ae1")
VISIBLE = "visible"
#: By the name of the sheet.
SheetScans: TypeAlias = dict[str, SheetScan]
_only_zeros = re.compile(r"00+").fullmatch
#: The parts of a number format that are shown literally or are conditions and colors.
_literal_parts = re.compile(r'"[^"]*"|\[[^]]*\]|\\.')


def read_xlsx(path: Path, options: SourceOptions) -> Iterator[Record]:
    """The records of one sheet of a workbook, by default the first that is not hidden.

    Cells with formulas have the value that the spreadsheet calculated last.
    """
    file_name = options.relative_path
    try:
        scans_by_file = scan_workbook(path, file_name)
        # If the workbook is broken, openpyxl leaves a file open that it opened itself.
        with path.open("rb") as file:
            reader = ExcelReader(file, read_only=True, data_only=True)
            reader.read()
            scans: SheetScans = {}
            for listed, relation in reader.parser.find_sheets():
                if relation.target in scans_by_file:
                    scans[listed.name] = scans_by_file[relation.target]
            sheet = _choose_sheet(reader.wb, scans, options)
            scan = scans[sheet.title]
            if scan.features & {HIDDEN, MERGED}:
                note_layout(reader, sheet, options)
            rows = _table_rows(sheet, scan.last_filled_row, options)
            yield from records_of_table(rows, options)
            if FORMULAS in scan.features:
                formulas = open_sheet(load_workbook(file, read_only=True), sheet.title)
                note_uncalculated_cells(formulas, sheet, scan.last_filled_row, options)
    except UnreadableFile:
        raise
    # openpyxl raises all kinds of exceptions for a broken workbook.
    except Exception as error:
        raise UnreadableFile(file_name, _reason_unreadable(path)) from error


def _reason_unreadable(path: Path) -> str:
    """Why a workbook cannot be read, and what to do about it."""
    with path.open("rb") as file:
        is_compound_file = file.read(len(COMPOUND_FILE)) == COMPOUND_FILE
    if is_compound_file:
        return "protected by a password, or an XLS file; save it as XLSX without a password"
    return "damaged, or not a workbook; open it in a spreadsheet and save it as XLSX again"


def _choose_sheet(book: Workbook, scans: SheetScans, options: SourceOptions) -> Sheet:
    """
    :raises UnreadableFile: if there is no sheet with the name in the options.
    """
    if not options.sheet:
        return _first_visible_sheet(book, scans, options)
    names = _names_of_tables(book)
    if options.sheet not in names:
        listed = ", ".join(names)
        raise UnreadableFile(
            options.relative_path, f"there is no sheet “{options.sheet}”; it has {listed}"
        )
    sheet = open_sheet(book, options.sheet)
    if sheet.sheet_state != VISIBLE:
        options.note_in_file(
            f"the sheet “{options.sheet}” is hidden but was read because the mapping names it"
        )
    return sheet


def _names_of_tables(book: Workbook) -> list[str]:
    """The names of the sheets with cells; the others hold one chart each."""
    return [sheet.title for sheet in book.worksheets]


def _first_visible_sheet(book: Workbook, scans: SheetScans, options: SourceOptions) -> Sheet:
    """The first sheet that is not hidden; if all are, the first one. Notes the other sheets."""
    visible: list[Sheet] = []
    hidden: list[Sheet] = []
    for name in _names_of_tables(book):
        sheet = open_sheet(book, name)
        sheets = visible if sheet.sheet_state == VISIBLE else hidden
        sheets.append(sheet)
    if hidden:
        options.note_in_file(f"hidden sheets were left out: {_titles(hidden)}")
    filled = [sheet for sheet in visible[1:] if scans[sheet.title].last_filled_row != 0]
    if filled:
        options.note_in_file(
            f"the mapping does not name a sheet, so the first, “{visible[0].title}”, was read, "
            f"and not {_titles(filled)}"
        )
    return [*visible, *hidden][0]


def _titles(sheets: Iterable[Sheet]) -> str:
    return ", ".join(map(attrgetter("title"), sheets))


def _table_rows(sheet: Sheet, last_row: int | None, options: SourceOptions) -> Iterator[TableRow]:
    """
    :param last_row: the last row with content, below which nothing is read.
    :raises UnreadableFile: if the sheet has more cells than `MAX_CELLS`, or more blank rows than
        `MAX_BLANK_ROWS`.
    """
    # The size that the file states may be wrong.
    sheet.reset_dimensions()
    cell_count = blank_rows = 0
    ambiguous_dates: list[str] = []
    rows = () if last_row == 0 else sheet.iter_rows(max_row=last_row)
    for number, row in enumerate(rows, start=1):
        location = f"{options.relative_path} sheet “{sheet.title}” row {number}"
        cell_count += len(row) + 1
        if cell_count > MAX_CELLS:
            raise UnreadableFile(location, f"more than {MAX_CELLS:,} cells")
        texts = []
        for sheet_cell in row:
            texts.append(_cell_text(sheet_cell))
            if _is_ambiguous_date(sheet_cell):
                ambiguous_dates.append(sheet_cell.coordinate)
        blank_rows += not any(texts)
        if blank_rows > MAX_BLANK_ROWS:
            raise UnreadableFile(location, f"more than {MAX_BLANK_ROWS:,} blank rows")
        yield location, texts
    note_ambiguous_dates(ambiguous_dates, options)


def _is_ambiguous_date(sheet_cell: SheetCell) -> bool:
    """Whether a cell contains a date of which only the day and month, or month and year are shown.

    A spreadsheet makes such a date of a text like 1-3.
    """
    value = sheet_cell.value
    if not isinstance(value, datetime) or value.time() != time():
        return False
    number_format = _format_without_literals(sheet_cell).casefold()
    shows_full_date = "y" in number_format and "d" in number_format
    return "m" in number_format and not shows_full_date


def _cell_text(sheet_cell: SheetCell) -> str:
    """The text of a cell.

    Numbers have the leading zeros and the percent sign that are shown, and no ``.0``; days have no
    time.
    """
    value = sheet_cell.value
    if isinstance(value, str):
        return str(normalize_newlines(unescape(value)))
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _number_text(Decimal(str(value)), _format_without_literals(sheet_cell))
    if isinstance(value, datetime) and value.time() == time.min:
        value = value.date()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return cell(value)


def _format_without_literals(sheet_cell: SheetCell) -> str:
    return _literal_parts.sub("", sheet_cell.number_format)


def _number_text(value: Decimal, number_format: str) -> str:
    """
    :param number_format: as in a spreadsheet, such as ``0.00`` or ``00000``.
    """
    if "%" in number_format:
        return f"{cell(value * 100)}%"
    is_natural = value >= 0 and value == value.to_integral_value()
    if _only_zeros(number_format) and is_natural:
        return cell(value).zfill(len(number_format))
    return cell(value)
