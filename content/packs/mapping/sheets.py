"""Reads tables into records: CSV, tab-separated text and workbooks."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import StringIO
from itertools import islice
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from content.packs.cells import cell
from content.packs.mapping.records import Record, SourceOptions
from content.packs.mapping.texts import source_text
from content.packs.reading import PIECE, Unreadable, csv_rows
from content.packs.sheet_cells import fitted, named_columns
from content.packs.sources import FILES, UNPACKED

SEPARATORS = ",;\t|"
#: What CSV needs for quoting and for ends of lines.
NO_SEPARATORS = '"\r\n'
#: A workbook can claim a million rows of 16,384 cells in a few bytes each.
CELLS = 2_000_000
FORMULA = re.compile(rb"<f[\s>/]")
#: Cells that a note names.
NAMED = 10

Line = tuple[str, list[str]]


def read_csv(path: Path, options: SourceOptions) -> Iterator[Record]:
    """A table of cells between separators: commas, semicolons, tabs or bars, whichever its header has most of."""
    text = source_text(path, options)
    header = text.split("\n", options.header)[: options.header][-1]
    separator = options.separator or max(SEPARATORS, key=header.count)
    if len(separator) != 1 or separator in NO_SEPARATORS:
        raise Unreadable(options.place, "the mapping has to name one character as separator, no quotation mark")
    return _records(csv_rows(StringIO(text, newline=""), options.place, separator), options)


def read_tsv(path: Path, options: SourceOptions) -> Iterator[Record]:
    """A table of cells between tabs, in which quotation marks are nothing else."""
    lines = source_text(path, options).split("\n")
    cells = (line.split(options.separator or "\t") for line in lines)
    return _records(((f"{options.place} line {number}", row) for number, row in enumerate(cells, start=1)), options)


def read_xlsx(path: Path, options: SourceOptions) -> Iterator[Record]:
    """One sheet of a workbook, by default the first that is not hidden; formulas give the values last calculated."""
    try:
        has_formulas = _refuse_bomb(path, options.place)
        with path.open("rb") as file:  # the reader leaves the file of a broken workbook open
            sheet = _sheet(load_workbook(file, read_only=True, data_only=True), options)
            yield from _records(_sheet_lines(sheet, f"{options.place} sheet “{sheet.title}”"), options)
            if has_formulas:
                _note_uncalculated(load_workbook(file, read_only=True)[sheet.title], sheet, options)
    except Unreadable:
        raise
    except Exception as error:  # a broken workbook makes its reader stumble over anything
        raise Unreadable(options.place, f"not a sound workbook ({error})") from error


def _sheet(book: Any, options: SourceOptions) -> Any:
    if not options.sheet:
        shown = [name for name in book.sheetnames if book[name].sheet_state == "visible"]
        if hidden := [name for name in book.sheetnames if name not in shown]:
            options.note_here(f"hidden sheets were left out: {', '.join(hidden)}")
        return book[(shown or book.sheetnames)[0]]
    if options.sheet not in book.sheetnames:
        named = ", ".join(book.sheetnames)
        raise Unreadable(options.place, f"there is no sheet “{options.sheet}”; it has {named}")
    return book[options.sheet]


def _note_uncalculated(formulas: Any, sheet: Any, options: SourceOptions) -> None:
    """Name the cells with a formula of which no result is stored: they are read as empty.

    :param formulas: the sheet with its formulas in place of their results.
    """
    formulas.reset_dimensions()
    rows = zip(sheet.iter_rows(values_only=True), formulas.iter_rows(values_only=True), strict=False)
    found = [
        f"{get_column_letter(column)}{number}"
        for number, (results, written) in enumerate(rows, start=1)
        for column, (result, formula) in enumerate(zip(results, written, strict=False), start=1)
        if result is None and formula is not None
    ]
    if found:
        cells = ", ".join(found[:NAMED]) + (f" and {len(found) - NAMED} more" if len(found) > NAMED else "")
        options.note_here(
            f"formulas without a stored result were read as empty: {cells}; open and save the file in a spreadsheet"
        )


def _sheet_lines(sheet: Any, place: str) -> Iterator[Line]:
    sheet.reset_dimensions()
    left, width = CELLS, 0
    for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
        left -= len(row) + 1
        if left < 0:
            raise Unreadable(f"{place} row {number}", f"more than {CELLS:,} cells")
        cells = [_text(value) for value in row]
        width = max(width, len(cells))
        yield f"{place} row {number}", cells + [""] * (width - len(cells))


def _text(value: Any) -> str:
    """A cell of a workbook as text: a whole number without its .0, a day without midnight."""
    if isinstance(value, float):
        return cell(Decimal(str(value)))
    if isinstance(value, datetime):
        return (value.date() if value.time() == value.time().min else value).isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return value.isoformat() if isinstance(value, date | time) else cell(value)


def _refuse_bomb(path: Path, place: str) -> bool:
    """Count what is really unpacked before anything else unpacks it. Whether there may be formulas in it.

    :raises Unreadable: if that is more than packs may be.
    """
    left, has_formulas = UNPACKED, False
    with ZipFile(path) as archive:
        if len(archive.infolist()) > FILES:
            raise Unreadable(place, f"more than {FILES:,} files")
        for member in archive.infolist():
            with archive.open(member) as packed:
                end = b""
                while piece := packed.read(PIECE):
                    left -= len(piece)
                    if left < 0:
                        raise Unreadable(place, f"more than {UNPACKED // 1024**2} MB unpacked")
                    has_formulas |= FORMULA.search(end + piece) is not None
                    end = piece[-3:]
    return has_formulas


def _records(lines: Iterable[Line], options: SourceOptions) -> Iterator[Record]:
    """The rows under the row of names that are not blank; cells beyond it must be empty."""
    below = (line for line in islice(lines, options.header - 1, None) if any(line[1]))
    place, names = next(below, (options.place, [""]))
    header = _header(names, place)
    is_empty = True
    for place, cells in below:
        try:
            cells = fitted(cells, len(header))
        except ValueError as error:
            raise Unreadable(place, str(error)) from error
        yield Record(place, dict(zip(header, cells, strict=True)))
        is_empty = False
    if is_empty:
        raise Unreadable(place, "no rows stand under the names of the columns")


def _header(cells: list[str], place: str) -> list[str]:
    try:
        return named_columns([" ".join(name.split()) for name in cells])
    except ValueError as error:
        raise Unreadable(place, str(error)) from error
