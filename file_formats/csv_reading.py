"""Reads CSV as spreadsheets save it, with any of their separators, line ends and encodings.

Cells are left as `csv_cells` has escaped them; `unescape_formula` restores their values.
"""

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from types import MappingProxyType

from django.core.exceptions import ValidationError

from content.fields import validate_storable
from content.text import normalize_newlines, number_with_noun
from file_formats.errors import UnreadableFile

SEPARATORS = (",", ";", "\t")
#: Some files announce the separator in their first line.
ANNOUNCEMENT = "sep="
ANNOUNCED_SEPARATORS = {*SEPARATORS, "|"}
#: Spreadsheets of old Macintosh computers end lines with a carriage return alone.
line_end = re.compile(r"\r\n|\n|\r")
MAX_HEADER_LENGTH = 10_000
MAX_LINE_LENGTH = 2_000_000
#: What spreadsheets display instead of a result that they could not calculate.
is_error_value = re.compile(
    r"#(?:(?:REF|VALUE|NUM|NULL|SPILL|CALC|FIELD|BLOCKED|CONNECT|UNKNOWN|DIV/0)!|NAME\?|N/A)"
    r"|Err:5\d\d"
).fullmatch
whole_number_with_zeros = re.compile(r"([0-9]+)\.0+").fullmatch


def spreadsheet_error(cell: str) -> str:
    """The reason to refuse a cell that is only a spreadsheet error; empty for other cells."""
    text = cell.strip()
    if is_error_value(text):
        return f"the spreadsheet has the error {text} here"
    return ""


def plain_number(cell: str) -> str:
    """A whole number without the zeros that programs write after its point.

    Other cells are returned unchanged.
    """
    match = whole_number_with_zeros(cell.strip())
    if match is None:
        return cell
    return match[1]


def fit_to_columns(cells: list[str], columns: int) -> list[str]:
    """Exactly one cell for each column. Empty cells at the end may be missing or too many.

    :param columns: the number of columns.
    :raises ValueError: if there is text beyond the last column.
    """
    if any(cells[columns:]):
        raise ValueError(f"{len(cells)} cells under {number_with_noun(columns, 'column')}")
    return cells[:columns] + [""] * (columns - len(cells))


def column_names(cells: Sequence[str]) -> list[str]:
    """The names in a header, without surrounding blanks and without nameless columns at the end.

    :raises ValueError: if another column has no name, or two have the same.
    """
    names = [cell.strip() for cell in cells]
    while names and not names[-1]:
        names.pop()
    if not names or "" in names or len(set(names)) < len(names):
        raise ValueError("expected a row that names every column once")
    return names


def separator_of_header(lines: Iterable[str]) -> str:
    """The separator that splits the first line that is not blank into the most columns."""
    header = next(filter(str.strip, lines), "")[:MAX_HEADER_LENGTH]

    def column_count(separator: str) -> int:
        return len(next(csv.reader([header], delimiter=separator), []))

    return max(SEPARATORS, key=column_count)


def csv_rows(
    lines: Iterable[str], name: str, separator: str = ",", *, counted: str = "line"
) -> Iterator[tuple[str, list[str]]]:
    """The location and the cells of every row, blank rows included.

    :param name: the name of the file, for locations.
    :param counted: ``line``, as text editors count, or ``row``, as spreadsheets do.
    :raises UnreadableFile: with the location, where the text is not CSV.
    """
    reader = csv.reader(lines, delimiter=separator, strict=True)
    row_number = 0
    while True:
        row_number += 1
        number = reader.line_num + 1 if counted == "line" else row_number
        location = f"{name} {counted} {number}"
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise UnreadableFile(location, _reason(error, separator)) from error
        if cells is None:
            return
        yield location, cells


def _reason(error: csv.Error, separator: str) -> str:
    """Why a text is not CSV, in words for people who do not know Python's."""
    reason = str(error)
    if reason == "unexpected end of data":
        return "the quotation mark that opens this cell is never closed"
    if reason == f"'{separator}' expected after '\"'":
        return (
            "there is text after the closing quotation mark of a cell; double the quotation "
            "marks inside a cell"
        )
    return reason


#: How zip files begin; the workbooks of all spreadsheet programs are such files.
ZIP_MARK = b"PK\x03\x04"


@dataclass(frozen=True)
class SheetRow:
    """The cells of one row by column, and its location, counted as spreadsheets count."""

    location: str
    cells: dict[str, str]


@dataclass(frozen=True)
class Sheet:
    """A table with named columns, without blank rows."""

    columns: list[str]
    rows: list[SheetRow]
    #: The location of the header.
    header: str


def read_sheet(
    content: bytes,
    name: str,
    *,
    max_rows: int = 5_000,
    former_names: Mapping[str, str] = MappingProxyType({}),
) -> Sheet:
    """The table in a file. Names of columns are stripped and in lower case.

    :param name: the name of the file, for locations.
    :param former_names: the current names of columns by former ones, which are replaced.
    :raises UnreadableFile: with the location, if the file is not a table or has too many rows.
    """
    filled_rows = _filled_rows(_decoded(content, name), name)
    header, names = next(filled_rows, (name, []))
    columns = [column.strip().casefold() for column in names]
    columns = [former_names.get(column, column) for column in columns]
    _validate_columns(columns, header)
    rows: list[SheetRow] = []
    for location, cells in filled_rows:
        rows.append(_sheet_row(columns, cells, location))
        if len(rows) > max_rows:
            raise UnreadableFile(location, f"more than {max_rows:,} rows")
    if not rows:
        raise UnreadableFile(name, "there is no row below the header")
    return Sheet(list(filter(None, columns)), rows, header)


def _filled_rows(text: str, name: str) -> Iterator[tuple[str, list[str]]]:
    """The locations and the cells of all rows that are not blank."""
    separator = _separator(text, name)
    if text.startswith(ANNOUNCEMENT):
        text = without_first_line(text)
    for location, cells in csv_rows(_limited_lines(text), name, separator, counted="row"):
        if any(cells):
            yield location, cells


def without_first_line(text: str) -> str:
    """The text after its first line end."""
    return line_end.split(text, maxsplit=1)[-1]


def _decoded(content: bytes, name: str) -> str:
    """The text of a file, which its byte order mark tells to be UTF-16 and which else is UTF-8.

    :raises UnreadableFile: with the line, if it is neither; or if it is a workbook.
    """
    if content.startswith(ZIP_MARK):
        raise UnreadableFile(name, "a workbook or another zip file; save it as “CSV UTF-8”")
    is_utf16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return content.decode("utf-16" if is_utf16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        reason = "neither UTF-8 nor UTF-16; save it as “CSV UTF-8”"
        raise UnreadableFile(f"{name} line {line}", reason) from error


def _separator(text: str, name: str) -> str:
    """The announced separator, or that of the header.

    :raises UnreadableFile: if the first line announces something that is not a separator.
    """
    lines = line_end.split(text[:MAX_HEADER_LENGTH])
    first_line = lines[0]
    if first_line.startswith(ANNOUNCEMENT):
        announced = first_line.rstrip(" ").removeprefix(ANNOUNCEMENT) or "\t"
        if announced not in ANNOUNCED_SEPARATORS:
            reason = f"“{first_line[:20]}” is not a separator; use a comma, a semicolon or a tab"
            raise UnreadableFile(f"{name} row 1", reason)
        return announced
    return separator_of_header(lines)


def _limited_lines(text: str) -> Iterator[str]:
    """The lines of the text.

    :raises csv.Error: if a line is so long that its cells would fill the memory.
    """
    for line in StringIO(text, newline=""):
        if len(line) > MAX_LINE_LENGTH:
            raise csv.Error(f"more than {MAX_LINE_LENGTH:,} characters without a line break")
        yield line


def _validate_columns(columns: list[str], location: str) -> None:
    """
    :raises UnreadableFile: if no column has a name, or two have the same.
    """
    if not any(columns):
        raise UnreadableFile(location, "expected a header row that names the columns")
    for column, times in Counter(filter(None, columns)).items():
        if times > 1:
            raise UnreadableFile(location, f"the column “{column}” appears {times} times")


def _sheet_row(columns: list[str], cells: list[str], location: str) -> SheetRow:
    """
    :raises UnreadableFile: if a cell has no column, or characters that cannot be stored.
    """
    try:
        cells = fit_to_columns(cells, len(columns))
    except ValueError as error:
        raise UnreadableFile(location, str(error)) from error
    by_column = {}
    for number, (column, cell) in enumerate(zip(columns, cells, strict=True), start=1):
        if cell and not column:
            raise UnreadableFile(location, f"cell {number} is not under a column")
        try:
            validate_storable(cell)
        except ValidationError as error:
            raise UnreadableFile(location, f"{column}: {error.messages[0]}") from error
        if column:
            by_column[column] = normalize_newlines(cell)
    return SheetRow(location, by_column)
