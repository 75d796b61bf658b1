"""Reads files that other programs wrote: JSON, and tables as CSV, TSV or XLSX.

JSON is limited in size, depth and number of values, so that no file exhausts the memory.
"""

import json
from collections.abc import Callable, Iterator
from itertools import chain
from math import isinf
from pathlib import Path
from typing import NoReturn

from file_formats.errors import UnreadableFile
from file_formats.text_files import read_text
from source_files.files import read_source
from source_files.options import Record, SourceOptions

MAX_BYTES = 32 * 1024 * 1024
#: More than any object of CASE or RSD needs.
MAX_DEPTH = 40
#: An empty list takes two characters of a file and thirty times as many bytes of memory. Values are
#: counted by the characters that precede them.
MAX_VALUES = 2_000_000
BEFORE_VALUES = "[{,:"
#: More than any number of CASE or RSD has.
MAX_DIGITS = 18

#: Is called with a sentence, without its full stop, for everything that a reader ignores.
Note = Callable[[str], None]


class _RefusedValue(ValueError):
    """A value that JSON allows and that is refused here."""


def read_json(path: Path) -> object:
    """
    :raises UnreadableFile: if the file is missing, too large, not JSON, or nested too deeply.
    """
    try:
        size = path.stat().st_size
    except OSError as error:
        raise UnreadableFile(path.name, "is not there") from error
    if size > MAX_BYTES:
        raise UnreadableFile(path.name, f"larger than {MAX_BYTES // 1024**2} MB")
    return parse_json(read_text(path, path.name), path.name)


def parse_json(text: str, location: str) -> object:
    """
    :raises UnreadableFile: if the text is not JSON, has too many values, or is nested too deeply.
    """
    if sum(map(text.count, BEFORE_VALUES)) > MAX_VALUES:
        raise UnreadableFile(location, f"more than {MAX_VALUES:,} values")
    try:
        value: object = json.loads(
            text,
            object_pairs_hook=_unique_keys,
            parse_int=_short_integer,
            parse_float=_finite_number,
            parse_constant=_refuse_constant,
        )
    except json.JSONDecodeError as error:
        line = f"{location} line {error.lineno}"
        raise UnreadableFile(line, f"not JSON ({error.msg})") from error
    except RecursionError as error:
        raise UnreadableFile(location, "nested too deeply") from error
    except ValueError as error:
        raise UnreadableFile(location, str(error)) from error
    if _is_deeper_than(MAX_DEPTH, value):
        raise UnreadableFile(location, "nested too deeply")
    return value


def _unique_keys(pairs: list[tuple[str, object]]) -> dict[str, object]:
    values: dict[str, object] = {}
    for name, value in pairs:
        if name in values:
            raise _RefusedValue(f"the key “{name}” stands twice in one object")
        values[name] = value
    return values


def _short_integer(digits: str) -> int:
    if len(digits) > MAX_DIGITS:
        raise _RefusedValue(f"the number {digits[:MAX_DIGITS]}… is too long")
    return int(digits)


def _finite_number(digits: str) -> float:
    number = float(digits)
    if isinf(number):
        raise _RefusedValue(f"the number {digits[:MAX_DIGITS]} is too large")
    return number


def _refuse_constant(name: str) -> NoReturn:
    raise _RefusedValue(f"{name} is no number of JSON")


def _is_deeper_than(limit: int, value: object) -> bool:
    """Goes through the values level by level, because recursion could exhaust the stack."""
    level = [value]
    for _ in range(limit):
        level = list(chain.from_iterable(map(_values_in, level)))
    return bool(level)


def _values_in(value: object) -> list[object]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


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
