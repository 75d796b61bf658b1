"""Reads JSON that anybody may have written: small enough, flat enough, no key twice."""

from pathlib import Path
from typing import Any

from content.json_format import InvalidJSONError, parse_strict_json
from packs.reading import UnreadableFile, read_text

LARGEST = 32 * 1024 * 1024
#: Deeper than any object of CASE or RSD.
DEPTH = 40
VALUES = 2_000_000


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
    try:
        return parse_strict_json(text, max_values=VALUES, max_depth=DEPTH)
    except InvalidJSONError as error:
        line = f" line {error.line}" if error.line else ""
        raise UnreadableFile(f"{place}{line}", str(error)) from error
