"""Reads one table of a file: CSV, tab-separated text, or a sheet of a workbook."""

from collections.abc import Callable, Iterator
from pathlib import Path

from mapping.readers import read_source
from mapping.records import Record, SourceOptions
from packs.errors import UnreadableFile

Note = Callable[[str], None]


def unnoted(words: str) -> None:
    """Take a note that nobody reads."""


def records_of(path: Path, sheet: str = "", note: Note = unnoted) -> Iterator[Record]:
    """The rows of a table.

    :param note: is given what is left out of the file, a sentence without its stop for each.
    :raises Unreadable: if the file is not there, or broken at any place.
    """
    if not path.is_file():
        raise UnreadableFile(path.name, "is not there")
    for found in read_source(path, SourceOptions(path.stem, sheet=sheet, note=note)):
        if isinstance(found, UnreadableFile):
            raise found
        yield from found
