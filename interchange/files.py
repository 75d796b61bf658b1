"""Reads files that other programs wrote: JSON, and tables as CSV, TSV or XLSX.

JSON is limited in size, depth and number of values, so that no file exhausts the memory.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

from content.json_format import InvalidJSONError, JSONValue, parse_strict_json
from file_formats.errors import UnreadableFile
from file_formats.text_files import read_text
from source_files.files import read_source
from source_files.options import Record, SourceOptions

MAX_BYTES = 32 * 1024 * 1024
#: More than any object of CASE or RSD needs.
MAX_DEPTH = 40
MAX_VALUES = 2_000_000

#: Is called with a sentence, without its full stop, for everything that a reader ignores.
Note = Callable[[str], None]


def read_json(path: Path) -> JSONValue:
    """
    :raises UnreadableFile: if the file is missing, too large, not JSON, or nested too deeply.
    """
    try:
        size = path.stat().st_size
    except OSError as error:
        raise UnreadableFile(path.name, "is not there") from error
    if size > MAX_BYTES:
        raise UnreadableFile(path.name, f"larger than {MAX_BYTES // 1024**2} MB")
    text = read_text(path, path.name)
    try:
        return parse_strict_json(text, max_depth=MAX_DEPTH, max_values=MAX_VALUES)
    except InvalidJSONError as error:
        raise UnreadableFile(error.locate(path.name), str(error)) from error


def ignore_note(sentence: str) -> None:
    """A `Note` for callers that do not report what is ignored."""


def table_records(path: Path, sheet: str = "", note: Note = ignore_note) -> Iterator[Record]:
    """The rows of a table.

    :param sheet: the name of the sheet of a workbook; its first, if it is empty.
    :raises UnreadableFile: if the file is missing or any part of it cannot be read.
    """
    if not path.is_file():
        raise UnreadableFile(path.name, "is not there")
    for records in read_source(path, SourceOptions(path.stem, sheet=sheet, add_note=note)):
        if isinstance(records, UnreadableFile):
            raise records
        yield from records
