"""Reads one table of a file: CSV, tab-separated text, or a sheet of a workbook."""

from collections.abc import Iterator
from pathlib import Path

from content.packs.mapping.readers import read_source
from content.packs.mapping.records import Record, SourceOptions
from content.packs.reading import Unreadable


def records_of(path: Path, sheet: str = "") -> Iterator[Record]:
    """The rows of a table.

    :raises Unreadable: if the file is not there, or broken at any place.
    """
    if not path.is_file():
        raise Unreadable(path.name, "is not there")
    for found in read_source(path, SourceOptions(path.stem, sheet=sheet)):
        if isinstance(found, Unreadable):
            raise found
        yield from found
