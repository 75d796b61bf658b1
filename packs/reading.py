"""Reads the files of a pack as raw rows with their locations. Converts and stores nothing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from content.former_spellings import current_name, with_current_names
from file_formats.archives import CHUNK_SIZE
from file_formats.csv_reading import (
    column_names,
    csv_rows,
    fit_to_columns,
    separator_of_header,
    spreadsheet_error,
)
from file_formats.errors import UnreadableFile
from file_formats.text_files import FENCE, read_text, read_yaml, validate_texts
from packs.pack_tables import Cells, Table

#: Rows of one table in a pack, blank ones included, since a zip of a few kilobytes can contain
#: millions.
MAX_ROWS = 200_000


@dataclass(frozen=True)
class RawRow:
    """One row as it is written: texts, lists and mappings, before any conversion."""

    table: Table
    #: Where the row is written, for example ``skills.csv line 7``.
    location: str
    values: Cells


def raw_row(table: Table, location: str, values: Mapping[str, object]) -> RawRow:
    """A row with the current names of its columns.

    :raises UnreadableFile: if it states a column in two spellings.
    """
    try:
        return RawRow(table, location, with_current_names(values, table.columns))
    except ValueError as error:
        raise UnreadableFile(location, str(error)) from error


def read_rows(folder: Path, table: Table) -> Iterator[RawRow | UnreadableFile]:
    """All rows of one table: those of its CSV file, then its Markdown files sorted by path.

    An error is yielded in place of each row or file that cannot be read.
    """
    resolved_folder = folder.resolve()
    csv_file = folder / f"{table.name}.csv"
    paths = sorted((folder / table.name).rglob("*.md"))
    if csv_file.exists():
        paths.insert(0, csv_file)
    for path in paths:
        location = path.relative_to(folder).as_posix()
        try:
            if not path.resolve().is_relative_to(resolved_folder):
                raise UnreadableFile(location, "points outside the pack")
            if path == csv_file:
                yield from _read_csv(path, location, table)
            else:
                yield _read_markdown(path, location, table)
        except UnreadableFile as error:
            yield error


def _read_csv(path: Path, name: str, table: Table) -> Iterator[RawRow | UnreadableFile]:
    """The rows of a CSV file, which is not loaded into memory as a whole.

    :raises UnreadableFile: before the first row if the file is not UTF-8, and where it is not CSV.
    """
    _validate_encoding(path, name)
    with path.open(encoding="utf-8-sig") as lines:
        separator = separator_of_header(lines)
        lines.seek(0)
        header: list[str] | None = None
        for number, (location, cells) in enumerate(csv_rows(lines, name, separator)):
            if number > MAX_ROWS:
                raise UnreadableFile(location, f"more than {MAX_ROWS:,} rows")
            if not any(map(str.strip, cells)):
                continue
            if header is None:
                header = _header(cells, location, table)
            else:
                yield _csv_row(cells, header, location, table)
        if header is None:
            _header([], name, table)


def _header(cells: list[str], location: str, table: Table) -> list[str]:
    """The columns of a header. Columns of the table are written in any case, others stay as is.

    :raises UnreadableFile: if a column has no name, or two have the same.
    """
    known = {"id", *table.fields, *table.parts}
    header = []
    try:
        for name in column_names(cells):
            column = current_name(name.casefold(), known)
            header.append(column if column in known else name)
        return column_names(header)
    except ValueError as error:
        raise UnreadableFile(location, str(error)) from error


def _csv_row(
    cells: list[str], header: list[str], location: str, table: Table
) -> RawRow | UnreadableFile:
    """The row with these cells, or the reason why it cannot be read."""
    try:
        cells = fit_to_columns(cells, len(header))
        validate_texts(cells, location)
    except ValueError as error:
        return UnreadableFile(location, str(error))
    except UnreadableFile as error:
        return error
    values = dict(zip(header, cells, strict=True))
    for column, cell in values.items():
        if reason := spreadsheet_error(cell):
            return UnreadableFile(location, f"{column}: {reason}")
    return RawRow(table, location, {**values})


def _validate_encoding(path: Path, location: str) -> None:
    """
    :raises UnreadableFile: with the line, if the file is not UTF-8.
    """
    try:
        with path.open(encoding="utf-8-sig") as text:
            while text.read(CHUNK_SIZE):
                pass
    except (UnicodeDecodeError, OSError):
        read_text(path, location)  # raises the error with the line or the reason
        raise


def _read_markdown(path: Path, location: str, table: Table) -> RawRow:
    """
    :raises UnreadableFile: if the file does not begin with front matter.
    """
    opening, _, rest = f"{read_text(path, location)}\n".partition(FENCE)
    front_matter, fence, body = rest.partition(f"\n{FENCE}")
    if opening or not fence:
        raise UnreadableFile(location, "expected front matter between two --- lines")
    values = read_yaml(front_matter, location, first_line=2)
    values.setdefault("id", path.stem)
    if table.parent:
        values.setdefault(table.parent, path.parent.name)
    if body.strip():
        column = table.body or "body"
        if values.get(column):
            raise UnreadableFile(location, f"“{column}” is in the front matter and again below it")
        validate_texts(body, location)
        values[column] = body.strip()
    return raw_row(table, location, values)
