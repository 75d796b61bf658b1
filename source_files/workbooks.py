"""Reads workbooks (XLSX): the values of cells as a spreadsheet shows them."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from operator import attrgetter
from pathlib import Path
from zipfile import ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.reader.excel import ExcelReader
from openpyxl.utils.escape import unescape

from content.text import normalize_newlines
from file_formats.errors import UnreadableFile
from packs.archives import CHUNK_SIZE, MAX_FILES, MAX_UNPACKED_SIZE
from packs.cell_text import cell
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

#: A workbook of a few bytes can claim a million rows of 16,384 cells.
MAX_CELLS = 2_000_000
#: Features of a workbook for which its XML is read a second time.
FORMULAS, HIDDEN, MERGED = "formulas", "hidden", "merged"
FEATURE_PATTERNS = {
    FORMULAS: re.compile(rb"<(?:\w+:)?f[\s>/]"),
    HIDDEN: re.compile(rb"\shidden="),
    MERGED: re.compile(rb"<(?:\w+:)?mergeCell\s"),
}
#: The length of the end of a piece that is searched again with the next piece.
OVERLAP_BYTES = 64
VISIBLE = "visible"
_only_zeros = re.compile(r"00+").fullmatch
#: The parts of a number format that are shown literally or are conditions and colors.
_literal_parts = re.compile(r'"[^"]*"|\[[^]]*\]|\\.')


def read_xlsx(path: Path, options: SourceOptions) -> Iterator[Record]:
    """The records of one sheet of a workbook, by default the first that is not hidden.

    Cells with formulas have the value that the spreadsheet calculated last.
    """
    file_name = options.relative_path
    try:
        features = _find_features(path, file_name)
        # If the workbook is broken, openpyxl leaves a file open that it opened itself.
        with path.open("rb") as file:
            reader = ExcelReader(file, read_only=True, data_only=True)
            reader.read()
            sheet = _choose_sheet(reader.wb, options)
            if features & {HIDDEN, MERGED}:
                note_layout(reader, sheet, options)
            sheet_location = f"{file_name} sheet “{sheet.title}”"
            yield from records_of_table(_table_rows(sheet, sheet_location, options), options)
            if FORMULAS in features:
                formulas = open_sheet(load_workbook(file, read_only=True), sheet.title)
                note_uncalculated_cells(formulas, sheet, options)
    except UnreadableFile:
        raise
    # openpyxl raises all kinds of exceptions for a broken workbook.
    except Exception as error:
        raise UnreadableFile(file_name, f"not a sound workbook ({error})") from error


def _find_features(path: Path, file_name: str) -> set[str]:
    """The features that occur in the XML of a workbook.

    :raises UnreadableFile: if the workbook has more files or bytes than packs may have. The bytes
        are counted before openpyxl unpacks anything, because a zip may state a wrong size.
    """
    features: set[str] = set()
    unpacked_bytes = 0
    with ZipFile(path) as archive:
        if len(archive.infolist()) > MAX_FILES:
            raise UnreadableFile(file_name, f"more than {MAX_FILES:,} files")
        for member in archive.infolist():
            previous_end = b""
            with archive.open(member) as unpacked:
                while piece := unpacked.read(CHUNK_SIZE):
                    unpacked_bytes += len(piece)
                    if unpacked_bytes > MAX_UNPACKED_SIZE:
                        reason = f"more than {MAX_UNPACKED_SIZE // 1024**2} MB unpacked"
                        raise UnreadableFile(file_name, reason)
                    xml = previous_end + piece
                    features |= {
                        name for name, pattern in FEATURE_PATTERNS.items() if pattern.search(xml)
                    }
                    previous_end = piece[-OVERLAP_BYTES:]
    return features


def _choose_sheet(book: Workbook, options: SourceOptions) -> Sheet:
    """
    :raises UnreadableFile: if there is no sheet with the name in the options.
    """
    if not options.sheet:
        return _first_visible_sheet(book, options)
    if options.sheet not in book.sheetnames:
        listed = ", ".join(book.sheetnames)
        raise UnreadableFile(
            options.relative_path, f"there is no sheet “{options.sheet}”; it has {listed}"
        )
    sheet = open_sheet(book, options.sheet)
    if sheet.sheet_state != VISIBLE:
        options.note_in_file(f"the sheet “{options.sheet}” is hidden and was read all the same")
    return sheet


def _first_visible_sheet(book: Workbook, options: SourceOptions) -> Sheet:
    """The first sheet that is not hidden; if all are, the first one. Notes the other sheets."""
    visible: list[Sheet] = []
    hidden: list[Sheet] = []
    for name in book.sheetnames:
        sheet = open_sheet(book, name)
        sheets = visible if sheet.sheet_state == VISIBLE else hidden
        sheets.append(sheet)
    if hidden:
        options.note_in_file(f"hidden sheets were left out: {_titles(hidden)}")
    filled = list(filter(_has_content, visible[1:]))
    if filled:
        options.note_in_file(
            f"no sheet is named, so the first was read, “{visible[0].title}”, and not "
            f"{_titles(filled)}"
        )
    return [*visible, *hidden][0]


def _titles(sheets: Iterable[Sheet]) -> str:
    return ", ".join(map(attrgetter("title"), sheets))


def _has_content(sheet: Sheet) -> bool:
    return any(any(row) for row in sheet.values)


def _table_rows(sheet: Sheet, location: str, options: SourceOptions) -> Iterator[TableRow]:
    """
    :raises UnreadableFile: if the sheet has more cells than `MAX_CELLS`.
    """
    # The size that the file states may be wrong.
    sheet.reset_dimensions()
    cell_count = 0
    ambiguous_dates: list[str] = []
    for number, row in enumerate(sheet.iter_rows(), start=1):
        cell_count += len(row) + 1
        if cell_count > MAX_CELLS:
            raise UnreadableFile(f"{location} row {number}", f"more than {MAX_CELLS:,} cells")
        texts = []
        for sheet_cell in row:
            texts.append(_cell_text(sheet_cell))
            if _is_ambiguous_date(sheet_cell):
                ambiguous_dates.append(sheet_cell.coordinate)
        yield f"{location} row {number}", texts
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
    digits = cell(value)
    if _only_zeros(number_format) and digits.isdigit():
        return digits.zfill(len(number_format))
    return digits
