"""Reads files that other programs wrote, JSON and tables as CSV, TSV or XLSX, and checks values.

JSON is limited in size, depth and number of values, so that no file exhausts the memory. Each
error names the location of the value. All checks raise `UnreadableFile` for a value of another
type than they return.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from content.fields import LINE_LENGTH
from content.json_format import InvalidJSONError, JSONValue, parse_strict_json
from file_formats.errors import UnreadableFile
from file_formats.text_files import read_text, validate_texts
from interchange.identifiers import is_uuid
from source_files.files import read_source
from source_files.options import Record, SourceOptions

MAX_BYTES = 32 * 1024 * 1024
#: More than any object of CASE or RSD needs.
MAX_DEPTH = 40
MAX_VALUES = 2_000_000

#: An object of JSON.
Object = dict[str, object]
T = TypeVar("T")

TYPE_NAMES: dict[type, str] = {
    dict: "an object",
    list: "a list",
    str: "a text",
    bool: "true or false",
    int: "a number",
    float: "a number",
}
URI_SCHEMES = {"http", "https", "urn"}
URI_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*):")
#: Browsers ignore these inside an address, so `java\tscript:` would run a script.
IGNORED_IN_URIS = re.compile(r"[\x00-\x20\x7f-\xa0]+")
#: What collections are licensed under if their file does not say.
NO_LICENSE = "No license stated"

#: Is called with a sentence, without its period, for everything that a reader ignores.
Note = Callable[[str], None]


def read_json(path: Path) -> JSONValue:
    """
    :raises UnreadableFile: if the file is missing, too large, not JSON, or nested too deeply.
    """
    try:
        size = path.stat().st_size
    except OSError as error:
        raise UnreadableFile(path.name, "the file is missing") from error
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
        raise UnreadableFile(path.name, "the file is missing")
    for records in read_source(path, SourceOptions(path.stem, sheet=sheet, add_note=note)):
        if isinstance(records, UnreadableFile):
            raise records
        yield from records


def fold(name: str) -> str:
    """A name of a key or column without case, spaces, hyphens and underscores, to compare it."""
    return re.sub("[ \\-_\u00a0]", "", name.casefold())


def one_line(text: str) -> str:
    """The text as one line that a title column can store; what is too long is cut."""
    line = " ".join(text.split())
    if len(line) <= LINE_LENGTH:
        return line
    return f"{line[: LINE_LENGTH - 1].rstrip()}…"


def split_entries(cell: str, separator: str) -> list[str]:
    """The entries of a cell that contains several."""
    return list(filter(None, map(str.strip, cell.split(separator))))


def without_empty(values: Mapping[str, object]) -> Object:
    """The keys that have a value; 0 and false are values."""
    return {name: value for name, value in values.items() if value not in (None, "", [], {})}


def expect(value: object, expected: type[T], location: str) -> T:
    """The value, if it has this type; a truth value is not a number."""
    if isinstance(value, expected) and not isinstance(value, bool):
        return value
    actual = TYPE_NAMES.get(type(value), "nothing")
    raise UnreadableFile(location, f"expected {TYPE_NAMES[expected]}, not {actual}")


def expect_text(value: object, location: str) -> str:
    """A text that a database can store."""
    text = expect(value, str, location)
    validate_texts(text, location)
    return text


def expect_texts(value: object, location: str) -> list[str]:
    """A list of texts; some programs write a text instead of a list with one."""
    if isinstance(value, str):
        return [expect_text(value, location)]
    texts = []
    for number, entry in enumerate(expect(value, list, location), start=1):
        texts.append(expect_text(entry, f"{location} {number}"))
    return texts


def expect_whole_number(value: object, location: str) -> int:
    return expect(value, int, location)


def expect_number(value: object, location: str) -> float:
    if isinstance(value, float):
        return value
    return float(expect(value, int, location))


def expect_uri(value: object, location: str) -> str:
    """An address of a page, or a name such as `urn:uuid:…`; nothing that runs a script."""
    text = expect_text(value, location)
    scheme = URI_SCHEME.match(IGNORED_IN_URIS.sub("", text))
    if scheme and scheme[1].lower() not in URI_SCHEMES:
        reason = f"addresses begin with http, https or urn, not {scheme[1].lower()}"
        raise UnreadableFile(location, reason)
    return text


def expect_uuid(value: object, location: str) -> str:
    text = expect_text(value, location)
    if not is_uuid(text):
        raise UnreadableFile(location, f"expected a UUID, not “{text[:80]}”")
    return text


def expect_object(value: object, location: str) -> Object:
    """An object whose values are not checked."""
    return dict(expect(value, dict, location))


def expect_list(value: object, location: str) -> list[object]:
    """A list whose entries are not checked."""
    return list(expect(value, list, location))


def expect_objects(value: object, location: str) -> list[Object]:
    """A list of objects whose values are not checked."""
    objects = []
    for number, entry in enumerate(expect_list(value, location), start=1):
        objects.append(expect_object(entry, f"{location} {number}"))
    return objects
