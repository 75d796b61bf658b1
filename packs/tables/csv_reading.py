"""Reads CSV as spreadsheets save it: with any of their separators, line ends and encodings.

It knows no model.

The counterpart of `csv_cells`, with whose guard it leaves the cells: `unguarded` takes it off.
"""

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from itertools import islice

from django.core.exceptions import ValidationError

from content.fields import validate_storable
from content.text import normalize_newlines
from packs.reading import SEPARATORS, UnreadableFile, csv_rows
from packs.sheet_cells import fitted

#: The first line of some files says what separates the cells of the others.
ANNOUNCED = "sep="
ANNOUNCEABLE = {*SEPARATORS, "|"}
#: Spreadsheets of the Macintosh end lines with a carriage return alone.
line_end = re.compile(r"\r\n|\n|\r")
LONGEST_HEADER = 10_000
LONGEST_LINE = 2_000_000


@dataclass(frozen=True)
class SheetRow:
    """One row by column.

    `place` says where in its file it stands, counted as a spreadsheet counts.
    """

    place: str
    cells: dict[str, str]


@dataclass(frozen=True)
class Sheet:
    """A table with named columns; rows without any text are left out."""

    columns: list[str]
    rows: list[SheetRow]
    header: str


def read_sheet(content: bytes, name: str, *, most_rows: int = 5_000) -> Sheet:
    """The table in this file. Names of columns lose blanks around them and capitals.

    :raises Unreadable: if it is none, with the row, or has more rows.
    """
    text = _decoded(content, name)
    separator = _separator(text, name)
    text = after_first_line(text) if text.startswith(ANNOUNCED) else text
    # Blank rows are counted, as a spreadsheet counts them.
    lines = (row for row in csv_rows(_lines(text), name, separator, counted="row") if row[1])
    header, columns = next(lines, (name, []))
    columns = [column.strip().casefold() for column in columns]
    _refuse_columns(columns, header)
    filled = (
        SheetRow(place, _named(columns, cells, place)) for place, cells in lines if any(cells)
    )
    rows = list(islice(filled, most_rows + 1))
    if len(rows) > most_rows:
        raise UnreadableFile(rows[-1].place, f"more than {most_rows:,} rows")
    if not rows:
        raise UnreadableFile(name, "there is no row below the header")
    return Sheet([column for column in columns if column], rows, header)


def _decoded(content: bytes, name: str) -> str:
    is_utf16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return content.decode("utf-16" if is_utf16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        reason = "neither UTF-8 nor UTF-16; save it as “CSV UTF-8”"
        raise UnreadableFile(f"{name} line {line}", reason) from error


def _separator(text: str, name: str) -> str:
    """What separates the cells: that which makes the most columns of the first line.

    :raises Unreadable: if the first line announces something else than a separator.
    """
    first = line_end.split(text[:LONGEST_HEADER], maxsplit=1)[0]
    if not first.startswith(ANNOUNCED):
        return max(
            SEPARATORS,
            key=lambda separator: len(next(csv.reader([first], delimiter=separator), [])),
        )
    announced = first.rstrip(" ").removeprefix(ANNOUNCED) or "\t"
    if announced not in ANNOUNCEABLE:
        raise UnreadableFile(
            f"{name} row 1", f"“{first[:20]}” names no separator; use a comma, a semicolon or a tab"
        )
    return announced


def after_first_line(text: str) -> str:
    """The text without its first line."""
    return line_end.split(text, maxsplit=1)[-1]


def _lines(text: str) -> Iterator[str]:
    """
    :raises csv.Error: if a line is so long that its cells would fill the memory.
    """
    for line in StringIO(text, newline=""):
        if len(line) > LONGEST_LINE:
            raise csv.Error(f"more than {LONGEST_LINE:,} characters without a line end")
        yield line


def _refuse_columns(columns: list[str], place: str) -> None:
    if not any(columns):
        raise UnreadableFile(place, "expected a header row that names the columns")
    for column, times in Counter(columns).items():
        if column and times > 1:
            raise UnreadableFile(place, f"the column “{column}” stands {times} times")


def _named(columns: list[str], cells: list[str], place: str) -> dict[str, str]:
    try:
        cells = fitted(cells, len(columns))
    except ValueError as error:
        raise UnreadableFile(place, str(error)) from error
    for number, (column, cell) in enumerate(zip(columns, cells, strict=True), start=1):
        if cell and not column:
            raise UnreadableFile(place, f"cell {number} stands under no column")
        try:
            validate_storable(cell)
        except ValidationError as error:
            raise UnreadableFile(place, f"{column}: {error.messages[0]}") from error
    return {
        column: normalize_newlines(cell)
        for column, cell in zip(columns, cells, strict=True)
        if column
    }
