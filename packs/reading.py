"""Reads the files of a pack as raw rows with their locations. Converts and stores nothing."""

import os
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml
from django.core.exceptions import ValidationError

from content.fields import validate_storable
from packs.archives import CHUNK_SIZE
from packs.errors import UnreadableFile
from packs.pack_tables import Cells, Table
from packs.tables.csv_reading import (
    SEPARATORS,
    column_names,
    csv_rows,
    fit_to_columns,
    spreadsheet_error,
)

FENCE = "---\n"
#: Levels of nesting in YAML, more than any row of a pack has. The C parser of PyYAML recurses, and
#: very deep nesting would crash the process.
MAX_YAML_DEPTH = 20
#: Keys, values, lists and mappings of one YAML text. A zip of a few kilobytes can hold millions.
MAX_YAML_VALUES = 200_000
#: Rows of one table in a pack, blank ones included, for the same reason.
MAX_ROWS = 200_000
#: The notations of YAML for null, if they are not quoted.
YAML_NULLS = {"~", "null", "Null", "NULL"}


def display_name(path: Path) -> str:
    """The name of a file or folder, even if the path is ``.``. Undecodable bytes are replaced."""
    return os.fsencode(os.path.basename(os.path.abspath(path))).decode(errors="replace")


@dataclass(frozen=True)
class RawRow:
    """One row as it is written: texts, lists and mappings, before any conversion."""

    table: Table
    #: Where the row is written, for example ``skills.csv line 7``.
    location: str
    values: Cells


class TextLoader(yaml.CBaseLoader):
    """Loads every scalar of YAML as a text, null as an empty one, and refuses duplicate keys."""

    def construct_scalar(self, node: yaml.ScalarNode) -> str:
        if not node.style and node.value in YAML_NULLS:
            return ""
        return str(super().construct_scalar(node))

    def construct_mapping(
        self, node: yaml.MappingNode, deep: bool = False
    ) -> dict[Hashable, object]:
        names = set()
        for key, _ in node.value:
            name = str(key.value)
            if name in names:
                raise yaml.MarkedYAMLError(
                    problem=f"the key “{name[:80]}” stands twice", problem_mark=key.start_mark
                )
            names.add(name)
        return super().construct_mapping(node, deep)


def read_yaml(text: str, location: str, *, first_line: int = 1) -> Cells:
    """The mapping in a YAML text.

    :param first_line: the line of the file in which the text begins.
    :raises UnreadableFile: with the line, if the text is not a mapping or is not accepted.
    """
    try:
        _validate_yaml_events(yaml.parse(text, TextLoader))
        value = yaml.load(text, TextLoader)  # noqa: S506 - the loader constructs only texts
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + first_line if error.problem_mark else first_line
        raise UnreadableFile(f"{location} line {line}", error.problem or "not YAML") from error
    except yaml.YAMLError as error:
        raise UnreadableFile(location, str(error)) from error
    if not isinstance(value, dict):
        raise UnreadableFile(location, "expected a mapping")
    _validate_texts(value, location)
    return value


def _validate_yaml_events(events: Iterable[yaml.Event]) -> None:
    """Refuse what makes a small file large or deep before it is loaded.

    :raises yaml.MarkedYAMLError: with the line.
    """
    depth = 0
    for number, event in enumerate(events):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        problem = ""
        if getattr(event, "anchor", None) or getattr(event, "tag", None):
            problem = "anchors, aliases and tags are not used in packs"
        elif number > MAX_YAML_VALUES:
            problem = f"more than {MAX_YAML_VALUES:,} values"
        elif depth > MAX_YAML_DEPTH:
            problem = "nested too deeply"
        if problem:
            raise yaml.MarkedYAMLError(problem=problem, problem_mark=event.start_mark)  # type: ignore[arg-type]


def _validate_texts(written: object, location: str) -> None:
    """
    :raises UnreadableFile: if any text, however nested, has characters that no database stores.
    """
    if isinstance(written, str):
        try:
            validate_storable(written)
        except ValidationError as error:
            raise UnreadableFile(location, error.messages[0]) from error
    elif isinstance(written, dict):
        _validate_texts([*written, *written.values()], location)
    elif isinstance(written, list):
        for item in written:
            _validate_texts(item, location)


def read_text(path: Path, location: str, encoding: str = "UTF-8") -> str:
    """The content of a text file with any line ends, without its byte order mark.

    :raises UnreadableFile: with the line, if the file is not in this encoding.
    """
    try:
        return path.read_text("utf-8-sig" if encoding == "UTF-8" else encoding)
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise UnreadableFile(f"{location} line {line}", f"not {encoding}") from error
    except UnicodeError as error:
        raise UnreadableFile(location, f"not {encoding}") from error
    except OSError as error:
        raise UnreadableFile(location, "cannot be read") from error


def read_rows(folder: Path, table: Table) -> Iterator[RawRow | UnreadableFile]:
    """All rows of one table: those of its CSV file, then its Markdown files sorted by path.

    An error is yielded in place of each row or file that cannot be read.
    """
    csv_file = folder / f"{table.name}.csv"
    paths = sorted((folder / table.name).rglob("*.md"))
    if csv_file.exists():
        paths.insert(0, csv_file)
    for path in paths:
        location = path.relative_to(folder).as_posix()
        try:
            if not path.resolve().is_relative_to(folder.resolve()):
                raise UnreadableFile(location, "leads out of the pack")
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
        separator = max(SEPARATORS, key=lines.readline().count)
        lines.seek(0)
        header: list[str] | None = None
        for number, (location, cells) in enumerate(csv_rows(lines, name, separator)):
            if number > MAX_ROWS:
                raise UnreadableFile(location, f"more than {MAX_ROWS:,} rows")
            if not any(cells):
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
    header = []
    try:
        for name in column_names(cells):
            known = name.casefold()
            is_known = known == "id" or known in table.fields or known in table.parts
            header.append(known if is_known else name)
        return column_names(header)
    except ValueError as error:
        raise UnreadableFile(location, str(error)) from error


def _csv_row(
    cells: list[str], header: list[str], location: str, table: Table
) -> RawRow | UnreadableFile:
    try:
        cells = fit_to_columns(cells, len(header))
        _validate_texts(cells, location)
    except ValueError as error:
        return UnreadableFile(location, str(error))
    except UnreadableFile as error:
        return error
    values = dict(zip(header, cells, strict=True))
    for column, cell in values.items():
        if reason := spreadsheet_error(cell):
            return UnreadableFile(location, f"{column}: {reason}")
    return RawRow(table, location, values)


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
        raise UnreadableFile(location, "expected front matter between two lines of ---")
    values = read_yaml(front_matter, location, first_line=2)
    values.setdefault("id", path.stem)
    if table.parent:
        values.setdefault(table.parent, path.parent.name)
    if body.strip():
        column = table.body or "body"
        if values.get(column):
            raise UnreadableFile(
                location, f"“{column}” stands both in the front matter and below it"
            )
        _validate_texts(body, location)
        values[column] = body.strip()
    return RawRow(table, location, values)
