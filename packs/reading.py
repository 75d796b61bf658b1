"""Reads the files of a pack into raw rows, each with its place.

It knows no model and writes nothing.
"""

import csv
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import yaml
from django.core.exceptions import ValidationError

from content.fields import validate_storable
from packs.pack_tables import Table
from packs.sheet_cells import error_in, fitted, named_columns

FENCE = "---\n"
#: Deeper than any row of a pack; the C parser below would take depth without end until the process
#: dies.
DEPTH = 20
#: Keys, values, lists and mappings of one YAML text; a zip of a few kilobytes can hold millions.
YAML_PARTS = 200_000
#: Rows of one table in a pack, blank ones included, for the same reason.
MOST_ROWS = 200_000
#: Where YAML has it without quotation marks.
NOTHING = {"~", "null", "Null", "NULL"}
#: What may stand between the cells of a table.
SEPARATORS = (",", ";", "\t")
#: So much of a file is looked at at once.
PIECE = 64 * 1024


class UnreadableFile(Exception):
    """A file of the pack that cannot be read; the message names the place and the reason."""

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(f"{place}: {reason}")
        self.place = place
        self.reason = reason


def name_of(path: Path) -> str:
    """The name of a file or folder, also of one that is given as ``.``.

    Bytes of it that are no UTF-8 are replaced.
    """
    return os.fsencode(os.path.basename(os.path.abspath(path))).decode(errors="replace")


@dataclass(frozen=True)
class RawRow:
    """One row as it is written: texts, lists and mappings, nothing converted."""

    table: Table
    place: str
    values: dict[str, Any]


class PlainLoader(yaml.CBaseLoader):
    """YAML without surprises.

    Every scalar is text, what YAML writes for nothing is an empty one, and no key is there twice.
    """

    def construct_scalar(self, node: yaml.ScalarNode) -> str:
        return (
            "" if not node.style and node.value in NOTHING else str(super().construct_scalar(node))
        )

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen = set()
        for key, _ in node.value:
            name = str(key.value)
            if name in seen:
                raise yaml.MarkedYAMLError(
                    problem=f"the key “{name[:80]}” stands twice", problem_mark=key.start_mark
                )
            seen.add(name)
        return super().construct_mapping(node, deep)


def read_yaml(text: str, place: str, *, first_line: int = 1) -> dict[str, Any]:
    """The mapping that a YAML text holds; `first_line` is where the text begins in its file."""
    try:
        _refuse_references(yaml.parse(text, PlainLoader))
        loaded = yaml.load(text, PlainLoader)  # noqa: S506 - a loader that makes nothing but text
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + first_line if error.problem_mark else first_line
        raise UnreadableFile(f"{place} line {line}", error.problem or "not YAML") from error
    except yaml.YAMLError as error:
        raise UnreadableFile(place, str(error)) from error
    if not isinstance(loaded, dict):
        raise UnreadableFile(place, "expected a mapping")
    _refuse_unstorable(loaded, place)
    return loaded


def _refuse_references(events: Iterable[yaml.Event]) -> None:
    """Refuse what could make a small file large or deep, before anything is made of it."""
    depth = 0
    for number, event in enumerate(events):
        problem = "anchors, aliases and tags are not used in packs" if _has_reference(event) else ""
        problem = problem or (f"more than {YAML_PARTS:,} values" if number > YAML_PARTS else "")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(
            event, yaml.CollectionEndEvent
        )
        problem = problem or ("nested too deeply" if depth > DEPTH else "")
        if problem:
            raise yaml.MarkedYAMLError(problem=problem, problem_mark=event.start_mark)  # type: ignore[arg-type]


def _has_reference(event: yaml.Event) -> bool:
    return bool(getattr(event, "anchor", None) or getattr(event, "tag", None))


def _refuse_unstorable(written: Any, place: str) -> None:
    """Refuse characters that no database column takes, wherever they stand in a row."""
    if isinstance(written, str):
        try:
            validate_storable(written)
        except ValidationError as error:
            raise UnreadableFile(place, error.messages[0]) from error
        return
    for item in [*written, *written.values()] if isinstance(written, dict) else written:
        _refuse_unstorable(item, place)


def read_text(path: Path, place: str, encoding: str = "UTF-8") -> str:
    """A text file, with or without a byte order mark, with any line ends.

    It is UTF-8, if nothing else is said.
    """
    try:
        return path.read_text("utf-8-sig" if encoding == "UTF-8" else encoding)
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise UnreadableFile(f"{place} line {line}", f"not {encoding}") from error
    except UnicodeError as error:
        raise UnreadableFile(place, f"not {encoding}") from error
    except OSError as error:
        raise UnreadableFile(place, "cannot be read") from error


def read_rows(folder: Path, table: Table) -> Iterator[RawRow | UnreadableFile]:
    """All rows of one table: those of its CSV file, then those of its Markdown files by name.

    In place of what cannot be read comes the reason; the other files are read all the same.
    """
    sheet = folder / f"{table.name}.csv"
    pages = sorted((folder / table.name).rglob("*.md"))
    for path in [sheet, *pages] if sheet.exists() else pages:
        place = path.relative_to(folder).as_posix()
        try:
            if not path.resolve().is_relative_to(folder.resolve()):
                raise UnreadableFile(place, "leads out of the pack")
            yield from (
                _read_csv(path, place, table)
                if path == sheet
                else [_read_markdown(path, place, table)]
            )
        except UnreadableFile as error:
            yield error


def _read_csv(path: Path, name: str, table: Table) -> Iterator[RawRow | UnreadableFile]:
    """Row by row, for a table may be as large as a pack.

    That it is text throughout is seen before the first.
    """
    _refuse_undecodable(path, name)
    with path.open(encoding="utf-8-sig") as text:
        separator = max(SEPARATORS, key=text.readline().count)
        text.seek(0)
        lines = (row for row in _limited(csv_rows(text, name, separator)) if any(row[1]))
        place, names = next(lines, (name, []))
        try:
            header = [_column(column, table) for column in named_columns(names)]
            named_columns(header)
        except ValueError as error:
            raise UnreadableFile(place, str(error)) from error
        for place, cells in lines:
            yield _raw_row(cells, header, place, table)


def _limited(rows: Iterable[tuple[str, list[str]]]) -> Iterator[tuple[str, list[str]]]:
    """
    :raises UnreadableFile: at the first row beyond `MOST_ROWS`.
    """
    for number, (place, cells) in enumerate(rows):
        if number > MOST_ROWS:
            raise UnreadableFile(place, f"more than {MOST_ROWS:,} rows")
        yield place, cells


def _raw_row(
    cells: list[str], header: list[str], place: str, table: Table
) -> "RawRow | UnreadableFile":
    try:
        cells = fitted(cells, len(header))
        _refuse_unstorable(cells, place)
    except ValueError as error:
        return UnreadableFile(place, str(error))
    except UnreadableFile as error:
        return error
    for column, cell in zip(header, cells, strict=True):
        if reason := error_in(cell):
            return UnreadableFile(place, f"{column}: {reason}")
    return RawRow(table, place, dict(zip(header, cells, strict=True)))


def _column(name: str, table: Table) -> str:
    """The name as the table has it, whatever capitals it is written with.

    That of an unknown column stays.
    """
    known = name.casefold()
    return known if known == "id" or known in table.fields or known in table.parts else name


def _refuse_undecodable(path: Path, place: str) -> None:
    """
    :raises Unreadable: if the file is not UTF-8; the line is named.
    """
    try:
        with path.open(encoding="utf-8-sig") as text:
            while text.read(PIECE):
                pass
    except (UnicodeDecodeError, OSError):
        read_text(path, place)  # which says where, or why
        raise


def csv_rows(
    lines: Iterable[str], name: str, separator: str = ",", *, counted: str = "line"
) -> Iterator[tuple[str, list[str]]]:
    """The rows of a CSV text, blank ones too, each with the place where it begins.

    :param counted: ``line``, as editors of text count, or ``row``, as spreadsheets do.
    :raises Unreadable: where the text is no CSV; the place is named.
    """
    reader = csv.reader(lines, delimiter=separator, strict=True)
    for row in count(1):
        place = f"{name} {counted} {reader.line_num + 1 if counted == 'line' else row}"
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise UnreadableFile(place, str(error)) from error
        if cells is None:
            return
        yield place, cells


def _read_markdown(path: Path, place: str, table: Table) -> RawRow:
    opening, _, rest = f"{read_text(path, place)}\n".partition(FENCE)
    front, fence, body = rest.partition(f"\n{FENCE}")
    if opening or not fence:
        raise UnreadableFile(place, "expected front matter between two lines of ---")
    values = read_yaml(front, place, first_line=2)
    values.setdefault("id", path.stem)
    if table.parent:
        values.setdefault(table.parent, path.parent.name)
    if body.strip():
        column = table.body or "body"
        if values.get(column):
            raise UnreadableFile(place, f"“{column}” stands both in the front matter and below it")
        _refuse_unstorable(body, place)
        values[column] = body.strip()
    return RawRow(table, place, values)
