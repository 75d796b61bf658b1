"""Reads tables into records: CSV and tab-separated text; `workbooks` reads the others."""

from collections.abc import Iterable, Iterator
from io import StringIO
from itertools import islice
from pathlib import Path

from mapping.records import Record, SourceOptions
from mapping.texts import source_text
from packs.errors import UnreadableFile
from packs.tables.csv_reading import column_names, csv_rows, fit_to_columns

SEPARATORS = ",;\t|"
#: What CSV needs for quoting and for ends of lines.
NO_SEPARATORS = '"\r\n'

#: The place of a row and its cells.
Line = tuple[str, list[str]]


def read_csv(path: Path, options: SourceOptions) -> Iterator[Record]:
    """A table of cells between separators.

    They are commas, semicolons, tabs or bars, whichever its header has most of.
    """
    text = source_text(path, options)
    header = text.split("\n", options.header)[: options.header][-1]
    separator = options.separator or max(SEPARATORS, key=header.count)
    if len(separator) != 1 or separator in NO_SEPARATORS:
        raise UnreadableFile(
            options.place, "the mapping has to name one character as separator, no quotation mark"
        )
    return records_of(csv_rows(StringIO(text, newline=""), options.place, separator), options)


def read_tsv(path: Path, options: SourceOptions) -> Iterator[Record]:
    """A table of cells between tabs, in which quotation marks are nothing else."""
    lines = source_text(path, options).split("\n")
    cells = (line.split(options.separator or "\t") for line in lines)
    return records_of(
        ((f"{options.place} line {number}", row) for number, row in enumerate(cells, start=1)),
        options,
    )


def records_of(lines: Iterable[Line], options: SourceOptions) -> Iterator[Record]:
    """The rows under the row of names that are not blank; cells beyond it must be empty."""
    below = (line for line in islice(lines, options.header - 1, None) if any(line[1]))
    place, names = next(below, (options.place, [""]))
    header = _header(names, place)
    is_empty = True
    for place, cells in below:
        try:
            cells = fit_to_columns(cells, len(header))
        except ValueError as error:
            raise UnreadableFile(place, str(error)) from error
        yield Record(place, dict(zip(header, cells, strict=True)))
        is_empty = False
    if is_empty:
        raise UnreadableFile(place, "no rows stand under the names of the columns")


def _header(cells: list[str], place: str) -> list[str]:
    try:
        return column_names([" ".join(name.split()) for name in cells])
    except ValueError as error:
        raise UnreadableFile(place, str(error)) from error
