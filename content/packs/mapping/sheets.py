"""Reads tables into records: CSV, tab-separated text and workbooks."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import StringIO
from itertools import islice
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from openpyxl import load_workbook

from content.packs.cells import cell
from content.packs.mapping.records import Record, SourceOptions
from content.packs.mapping.texts import source_text
from content.packs.reading import PIECE, Unreadable, csv_rows
from content.packs.sources import FILES, UNPACKED

SEPARATORS = ",;\t|"
#: A workbook can claim a million rows of 16,384 cells in a few bytes each.
CELLS = 2_000_000

Line = tuple[str, list[str]]


def read_csv(path: Path, options: SourceOptions) -> Iterator[Record]:
    """A table of cells between separators: commas, semicolons, tabs or bars, whichever its header has most of."""
    text = source_text(path, options)
    header = text.split("\n", options.header)[: options.header][-1]
    separator = options.separator or max(SEPARATORS, key=header.count)
    return _records(csv_rows(StringIO(text, newline=""), options.place, separator), options)


def read_tsv(path: Path, options: SourceOptions) -> Iterator[Record]:
    """A table of cells between tabs, in which quotation marks are nothing else."""
    lines = source_text(path, options).split("\n")
    cells = (line.split(options.separator or "\t") for line in lines)
    return _records(((f"{options.place} line {number}", row) for number, row in enumerate(cells, start=1)), options)


def read_xlsx(path: Path, options: SourceOptions) -> Iterator[Record]:
    """One sheet of a workbook; formulas give the values that were last calculated."""
    try:
        _refuse_bomb(path, options.place)
        book = load_workbook(path, read_only=True, data_only=True)
        if options.sheet and options.sheet not in book.sheetnames:
            named = ", ".join(book.sheetnames)
            raise Unreadable(options.place, f"there is no sheet “{options.sheet}”; it has {named}")
        sheet: Any = book[options.sheet or book.sheetnames[0]]
        yield from _records(_sheet_lines(sheet, f"{options.place} sheet “{sheet.title}”"), options)
        book.close()
    except Unreadable:
        raise
    except Exception as error:  # a broken workbook makes its reader stumble over anything
        raise Unreadable(options.place, f"not a sound workbook ({error})") from error


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


def _refuse_bomb(path: Path, place: str) -> None:
    """Count what is really unpacked before anything else unpacks it.

    :raises Unreadable: if that is more than packs may be.
    """
    left = UNPACKED
    with ZipFile(path) as archive:
        if len(archive.infolist()) > FILES:
            raise Unreadable(place, f"more than {FILES:,} files")
        for member in archive.infolist():
            with archive.open(member) as packed:
                while piece := packed.read(PIECE):
                    left -= len(piece)
                    if left < 0:
                        raise Unreadable(place, f"more than {UNPACKED // 1024**2} MB unpacked")


def _records(lines: Iterable[Line], options: SourceOptions) -> Iterator[Record]:
    """The rows under the row of names that are not blank; cells beyond it must be empty."""
    below = (line for line in islice(lines, options.header - 1, None) if any(line[1]))
    place, names = next(below, (options.place, [""]))
    header = _header(names, place)
    is_empty = True
    for place, cells in below:
        if len(cells) < len(header) or any(cells[len(header) :]):
            raise Unreadable(place, f"{len(cells)} cells under {len(header)} columns")
        yield Record(place, dict(zip(header, cells, strict=False)))
        is_empty = False
    if is_empty:
        raise Unreadable(place, "no rows stand under the names of the columns")


def _header(cells: list[str], place: str) -> list[str]:
    names = [" ".join(name.split()) for name in cells]
    while names and not names[-1]:
        names.pop()
    if not names or "" in names or len(set(names)) < len(names):
        raise Unreadable(place, "expected a row that names every column once")
    return names
