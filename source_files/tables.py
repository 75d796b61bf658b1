"""Reads tables of text: CSV and tab-separated values."""

import re
from collections.abc import Iterable, Iterator
from io import StringIO
from itertools import islice
from pathlib import Path
from typing import TypeAlias

from file_formats.csv_reading import column_names, csv_rows, fit_to_columns
from file_formats.errors import UnreadableFile
from source_files.options import Record, SourceOptions
from source_files.text import read_source_text

SEPARATORS = ",;\t|"
#: Characters with their own meaning in CSV.
FORBIDDEN_SEPARATORS = '"\r\n'

_quoted = re.compile('"[^"]*"')

#: The location of a row and its cells.
TableRow: TypeAlias = tuple[str, list[str]]


def read_csv(path: Path, options: SourceOptions) -> Iterator[Record]:
    """The records of a CSV file.

    Without the option, the separator is the one that occurs most often in the header row.
    """
    text = read_source_text(path, options)
    separator = options.separator or _most_frequent_separator(text, options)
    if len(separator) != 1 or separator in FORBIDDEN_SEPARATORS:
        raise UnreadableFile(
            options.relative_path,
            "the mapping must name one character as separator, other than a quotation mark",
        )
    rows = csv_rows(StringIO(text, newline=""), options.relative_path, separator)
    return records_of_table(rows, options)


def _most_frequent_separator(text: str, options: SourceOptions) -> str:
    """The separator that occurs most often in the header row, outside of quotation marks."""
    lines = text.split("\n")[options.header - 1 :]
    header = next(filter(str.strip, lines), "")
    return max(SEPARATORS, key=_quoted.sub("", header).count)


def read_tsv(path: Path, options: SourceOptions) -> Iterator[Record]:
    """The records of tab-separated text, in which quotation marks are ordinary characters."""
    lines = read_source_text(path, options).split("\n")
    separator = options.separator or "\t"
    return records_of_table(_split_lines(lines, separator, options.relative_path), options)


def _split_lines(lines: Iterable[str], separator: str, file_name: str) -> Iterator[TableRow]:
    for number, line in enumerate(lines, start=1):
        yield f"{file_name} line {number}", line.split(separator)


def records_of_table(rows: Iterable[TableRow], options: SourceOptions) -> Iterator[Record]:
    """The rows below the header that are not blank, as records.

    :raises UnreadableFile: if the header is not valid, a row has text beyond the last column, or
        there are no rows.
    """
    rows_from_header = islice(rows, options.header - 1, None)
    filled_rows = (row for row in rows_from_header if any(row[1]))
    location, names = next(filled_rows, (options.relative_path, [""]))
    columns = _column_names(names, location)
    is_empty = True
    for location, row_cells in filled_rows:
        is_empty = False
        try:
            cells = fit_to_columns(row_cells, len(columns))
        except ValueError as error:
            raise UnreadableFile(location, str(error)) from error
        yield Record(location, dict(zip(columns, cells, strict=True)))
    if is_empty:
        raise UnreadableFile(location, "there are no rows below the header")


def _column_names(cells: Iterable[str], location: str) -> list[str]:
    """
    :raises UnreadableFile: if a column has no name or two have the same name.
    """
    single_spaced = [" ".join(name.split()) for name in cells]
    try:
        return column_names(single_spaced)
    except ValueError as error:
        raise UnreadableFile(location, str(error)) from error
