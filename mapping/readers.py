"""Which reader reads a file, and all records of a source, file by file."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

from django.core.exceptions import ValidationError

from content.fields import validate_storable
from mapping.outlines import STRUCTURE, read_outline
from mapping.records import Reader, Record, SourceOptions
from mapping.sheets import read_csv, read_tsv
from mapping.trees import read_front_matter, read_tree
from mapping.workbooks import read_xlsx
from packs.errors import UnreadableFile

#: By name; the ends of file names are names too.
READERS: dict[str, Reader] = {
    "csv": read_csv,
    "tsv": read_tsv,
    "txt": read_tsv,
    "xlsx": read_xlsx,
    "json": read_tree,
    "yml": read_tree,
    "yaml": read_tree,
    "md": read_outline,
    "outline": read_outline,
    "front_matter": read_front_matter,
}
#: The largest file that is read, in bytes.
LARGEST = 20 * 1024 * 1024
#: Files beside the content that tell of it.
ABOUT = {"README", "LICENSE", "LICENCE", "SOURCE"}
#: Columns that a pattern for files adds.
FILE_COLUMNS = {"file", "folder"}


def is_added(column: str, options: SourceOptions) -> bool:
    """Whether a column is nothing of the source itself, but was added by those who read it."""
    reader = READERS.get(_reader_of(options.file, options))
    if column in FILE_COLUMNS and _is_pattern(options.file):
        return True
    if reader is read_outline:
        return column in STRUCTURE
    return reader in (read_tree, read_front_matter) and column.rpartition(".")[2] in (
        "number",
        "key",
    )


def _reader_of(name: str, options: SourceOptions) -> str:
    return options.reader or PurePosixPath(name).suffix.removeprefix(".").lower()


def read_source(root: Path, options: SourceOptions) -> Iterator[list[Record] | UnreadableFile]:
    """The records of each file of a source; in place of a file that cannot be read, why not.

    :param root: the folder the source lies in, or the one file that it is.
    """
    try:
        paths = _paths(root, options.file)
    except UnreadableFile as error:
        yield error
        return
    for path in paths:
        place = path.relative_to(root).as_posix() if root.is_dir() else path.name
        try:
            yield [
                _storable(record) for record in _file_records(path, replace(options, place=place))
            ]
        except UnreadableFile as error:
            yield error


def _paths(root: Path, pattern: str) -> list[Path]:
    """The files that a source means, by name.

    :raises Unreadable: if there is none.
    """
    if not root.is_dir():
        return [root]
    paths = sorted(
        path
        for path in root.glob(pattern or "*")
        if path.is_file() and not path.name.startswith(".")
    )
    if not paths:
        raise UnreadableFile(pattern, "is not there")
    if strays := [path for path in paths if not path.resolve().is_relative_to(root.resolve())]:
        raise UnreadableFile(strays[0].name, "leads out of the source")
    return paths


def unread_files(root: Path, sources: Iterable[SourceOptions]) -> list[str]:
    """The files of a folder that no source means.

    It leaves out those that are hidden or say what the others are.
    """
    if not root.is_dir():
        return []
    read: set[Path] = set()
    for options in sources:
        with suppress(UnreadableFile):  # it is refused where it is read
            read.update(_paths(root, options.file))
    names = (
        path.relative_to(root)
        for path in sorted(root.rglob("*"))
        if path.is_file() and path not in read
    )
    return [
        name.as_posix()
        for name in names
        if not name.name.startswith(".") and name.stem.upper() not in ABOUT
    ]


def _file_records(path: Path, options: SourceOptions) -> Iterator[Record]:
    name = _reader_of(path.name, options)
    if name not in READERS:
        raise UnreadableFile(
            options.place, f"nothing reads “{name}”; there are readers for {', '.join(READERS)}"
        )
    if path.stat().st_size > LARGEST:
        raise UnreadableFile(options.place, f"more than {LARGEST // 1024**2} MB")
    records = _filled_down(READERS[name](path, options), options)
    return (
        (_with_file(record, options.place) for record in records)
        if _is_pattern(options.file)
        else records
    )


def _storable(record: Record) -> Record:
    """The record, if a database can hold it.

    :raises Unreadable: if not.
    """
    for text in _texts(record.values):
        try:
            validate_storable(text)
        except ValidationError as error:
            raise UnreadableFile(record.place, error.messages[0]) from error
    return record


def _texts(value: Any) -> Iterator[str]:
    """All texts in a value, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for item in [*value, *value.values()] if isinstance(value, dict) else value:
            yield from _texts(item)


def _is_pattern(file: str) -> bool:
    return any(sign in file for sign in "*?[")


def _with_file(record: Record, place: str) -> Record:
    """With the name of its file and of the folder around it, as two more columns."""
    path = PurePosixPath(place)
    return Record(record.place, {"file": path.stem, "folder": path.parent.name} | record.values)


def _filled_down(records: Iterable[Record], options: SourceOptions) -> Iterator[Record]:
    """With what an outline leaves out: the columns left of the first filled one mean as above."""
    names = list(options.fill_down)
    above: dict[str, str] = {}
    for record in records:
        first = next((at for at, name in enumerate(names) if record.values.get(name)), len(names))
        record.values.update({name: above.get(name, "") for name in names[:first]})
        above = {name: record.values.get(name, "") for name in names}
        yield record
