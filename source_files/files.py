"""Finds the files of a source and reads each with the reader for its format."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from file_formats.errors import UnreadableFile
from file_formats.text_files import validate_texts
from source_files.json_yaml import COUNTER_COLUMNS, read_front_matter, read_tree
from source_files.markdown import BLOCK_COLUMNS, read_blocks
from source_files.options import Reader, Record, SourceOptions
from source_files.tables import read_csv, read_tsv
from source_files.validation import Help
from source_files.workbooks import read_xlsx

MAX_FILE_BYTES = 20 * 1024 * 1024
#: Names of files that describe the others; a note about unread files does not list them.
DESCRIPTIVE_FILES = {"README", "LICENSE", "LICENCE", "SOURCE"}
#: Columns that a record has if a pattern finds its file.
FILE_COLUMNS = {"file", "folder"}
PATTERN_CHARACTERS = "*?["


class FileFormat(NamedTuple):
    """A reader, with the columns that it adds to those of the file."""

    read: Reader
    help: Help
    added_columns: frozenset[str] = frozenset()
    #: Names of added columns that have a path of keys before them, such as ``levels.number``.
    added_suffixes: frozenset[str] = frozenset()

    def adds(self, column: str) -> bool:
        """Whether the reader adds a column that is not in the file."""
        suffix = column.rpartition(".")[2]
        return column in self.added_columns or suffix in self.added_suffixes


CSV = FileFormat(
    read_csv, Help("A table with a character between cells: comma, semicolon, tab or bar.")
)
TSV = FileFormat(
    read_tsv, Help("A table with tabs between cells, in which quotation marks are ordinary text.")
)
XLSX = FileFormat(read_xlsx, Help("One sheet of a workbook."))
TREE = FileFormat(
    read_tree,
    Help("JSON or YAML: the elements at the path in `rows`."),
    added_suffixes=COUNTER_COLUMNS,
)
MARKDOWN = FileFormat(
    read_blocks,
    Help("Markdown: each heading, list item, paragraph, quote, block of code and row of a table."),
    added_columns=frozenset(BLOCK_COLUMNS),
)
FRONT_MATTER = FileFormat(
    read_front_matter,
    Help("The YAML at the top of Markdown files. The text below it is the column `body`."),
    added_suffixes=COUNTER_COLUMNS,
)
#: By the ending of a file name, or the value of `reader`.
FILE_FORMATS = {
    "csv": CSV,
    "tsv": TSV,
    "txt": TSV,
    "xlsx": XLSX,
    "json": TREE,
    "yml": TREE,
    "yaml": TREE,
    "md": MARKDOWN,
    "outline": MARKDOWN,
    "front_matter": FRONT_MATTER,
}


def is_added_column(column: str, options: SourceOptions) -> bool:
    """Whether a column of the records is added by a reader instead of being in the file."""
    if column in FILE_COLUMNS and _is_pattern(options.file):
        return True
    file_format = FILE_FORMATS.get(_format_name(options.file, options))
    return file_format is not None and file_format.adds(column)


def _format_name(file_name: str, options: SourceOptions) -> str:
    """The key in `FILE_FORMATS`, or the ending of a file that nothing reads."""
    suffix = PurePosixPath(file_name).suffix
    return options.reader or suffix.removeprefix(".").lower()


def read_source(root: Path, options: SourceOptions) -> Iterator[list[Record] | UnreadableFile]:
    """The records of each file of a source, or the error of a file that cannot be read.

    :param root: the folder of the source, or the only file of it.
    """
    try:
        paths = _find_files(root, options.file)
    except UnreadableFile as error:
        yield error
        return
    for path in paths:
        relative_path = path.relative_to(root).as_posix() if root.is_dir() else path.name
        try:
            yield _read_file(path, replace(options, relative_path=relative_path))
        except UnreadableFile as error:
            yield error


def find_unread_files(root: Path, sources: Iterable[SourceOptions]) -> list[str]:
    """The relative paths of files in a folder that no source reads.

    Hidden files and those that describe the others are left out.
    """
    if not root.is_dir():
        return []
    read_paths: set[Path] = set()
    for options in sources:
        # `read_source` reports a source without files.
        with suppress(UnreadableFile):
            read_paths.update(_find_files(root, options.file))
    unread = []
    for path in sorted({*filter(_is_visible_file, root.rglob("*"))} - read_paths):
        if path.stem.upper() not in DESCRIPTIVE_FILES:
            unread.append(path.relative_to(root).as_posix())
    return unread


def _find_files(root: Path, pattern: str) -> Sequence[Path]:
    """The files of a source, ordered by name.

    :raises UnreadableFile: if there is none, or a symbolic link points outside the source.
    """
    if not root.is_dir():
        return [root]
    paths = sorted(filter(_is_visible_file, root.glob(pattern or "*")))
    if not paths:
        raise UnreadableFile(pattern, "the file is missing")
    resolved_root = root.resolve()
    for path in paths:
        if not path.resolve().is_relative_to(resolved_root):
            raise UnreadableFile(path.name, "points outside the source")
    return paths


def _is_visible_file(path: Path) -> bool:
    return path.is_file() and not path.name.startswith(".")


def _is_pattern(file: str) -> bool:
    return any(character in file for character in PATTERN_CHARACTERS)


def _read_file(path: Path, options: SourceOptions) -> list[Record]:
    """
    :raises UnreadableFile: if the file is too large, broken, or in a format without a reader, or
        if it has characters that no database stores.
    """
    name = _format_name(path.name, options)
    if name not in FILE_FORMATS:
        known = ", ".join(FILE_FORMATS)
        raise UnreadableFile(
            options.relative_path, f"there is no reader for “{name}”; there are readers for {known}"
        )
    if path.stat().st_size > MAX_FILE_BYTES:
        raise UnreadableFile(options.relative_path, f"more than {MAX_FILE_BYTES // 1024**2} MB")
    records = []
    for record in _fill_down(FILE_FORMATS[name].read(path, options), options.fill_down):
        if _is_pattern(options.file):
            record = _with_file_columns(record, options.relative_path)
        validate_texts(record.values, record.location)
        records.append(record)
    return records


def _fill_down(records: Iterable[Record], columns: Sequence[str]) -> Iterator[Record]:
    """The records with values from above in empty cells.

    Only cells before the first filled one of these columns are filled: a new area has none of the
    groups of the area above it.
    """
    previous: dict[str, str] = {}
    for record in records:
        for column in columns:
            if record.values.get(column):
                break
            record.values[column] = previous.get(column, "")
        previous = {column: record.values.get(column, "") for column in columns}
        yield record


def _with_file_columns(record: Record, relative_path: str) -> Record:
    path = PurePosixPath(relative_path)
    file_columns = {"file": path.stem, "folder": path.parent.name}
    return Record(record.location, file_columns | record.values)
