"""Reads JSON that anybody may have written: small enough, flat enough, no key twice."""

import json
from math import isinf
from pathlib import Path
from typing import Any, NoReturn

from packs.errors import UnreadableFile
from packs.reading import read_text

LARGEST = 32 * 1024 * 1024
#: Deeper than any object of CASE or RSD.
DEPTH = 40
#: Signs that part values: an empty list takes two letters of a file, and thirty times as much room
#: in memory.
VALUES = 2_000_000
SIGNS = "[{,:"
#: More than any number of CASE or RSD has.
DIGITS = 18


class _Refused(ValueError):
    """Something that is JSON and still not taken."""


def read_json(path: Path) -> Any:
    """What the file holds.

    :raises Unreadable: if it is none, too large, or nested too deeply.
    """
    try:
        size = path.stat().st_size
    except OSError as error:
        raise UnreadableFile(path.name, "is not there") from error
    if size > LARGEST:
        raise UnreadableFile(path.name, f"larger than {LARGEST // 1024**2} MB")
    return parse_json(read_text(path, path.name), path.name)


def parse_json(text: str, place: str) -> Any:
    """The same for a text."""
    if sum(map(text.count, SIGNS)) > VALUES:
        raise UnreadableFile(place, f"more than {VALUES:,} values")
    try:
        found = json.loads(
            text,
            object_pairs_hook=_object,
            parse_int=_whole,
            parse_float=_finite,
            parse_constant=_refuse_constant,
        )
    except json.JSONDecodeError as error:
        raise UnreadableFile(f"{place} line {error.lineno}", f"not JSON ({error.msg})") from error
    except RecursionError as error:
        raise UnreadableFile(place, "nested too deeply") from error
    except ValueError as error:
        raise UnreadableFile(place, str(error)) from error
    if _depth_exceeds(found, DEPTH):
        raise UnreadableFile(place, "nested too deeply")
    return found


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, held in pairs:
        if name in found:
            raise _Refused(f"the key “{name}” stands twice in one object")
        found[name] = held
    return found


def _whole(digits: str) -> int:
    if len(digits) > DIGITS:
        raise _Refused(f"the number {digits[:DIGITS]}… is too long")
    return int(digits)


def _finite(digits: str) -> float:
    number = float(digits)
    if isinf(number):
        raise _Refused(f"the number {digits[:DIGITS]} is too large")
    return number


def _refuse_constant(name: str) -> NoReturn:
    raise _Refused(f"{name} is no number of JSON")


def _depth_exceeds(found: Any, limit: int) -> bool:
    """Level by level, so that depth costs no stack."""
    level = [found]
    for _ in range(limit):
        inner = [
            (one.values() if isinstance(one, dict) else one)
            for one in level
            if isinstance(one, dict | list)
        ]
        level = [each for values in inner for each in values]
    return bool(level)
