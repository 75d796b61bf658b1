"""Reads a mapping: a small YAML file that says how tables of others become tables of ours.

collection: {id: …, title: …}        what the collection is; the columns of ``pack.yml``
empty: ["NOT IN USE"]                cells that hold nothing
inherit: blanks mean as below        levels include the level below them
sources: {roles: {file: roles.csv}}  where records come from, see `SourceOptions`
cells: {craft: {slug: Role}}         cells that several columns are made of, under a name
tables:                              in the order in which they are made
  - table: roles                     a table of ours
    from: roles                      a source, or `rows` with the rows themselves
    where: {Role: true}              steps, see `steps`
    distinct: true                   rows that are the same word for word count once
    columns: {title: Role}           how columns are made, see `columns`
    extra: {grade: Grade}            what no column of ours holds and is kept beside it
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from content.numbers import whole_number
from mapping import written
from mapping.cells import Cell, constant
from mapping.columns import Scope, compiled
from mapping.records import SourceOptions
from mapping.steps import STEPS, Step
from mapping.texts import ENCODINGS
from packs.errors import UnreadableFile
from packs.pack_tables import COLLECTION, Table
from packs.reading import read_text, read_yaml

#: The largest mapping, in bytes.
LARGEST = 100_000
AS_BELOW = "blanks mean as below"
NUMBER = "number"
#: Below this row nobody looks for the names of columns.
LAST_HEADER = 1000
#: As long as the name of a file may be, in bytes.
LONGEST_PATTERN = 255
KEYS = ("collection", "empty", "inherit", "sources", "cells", "tables")


@dataclass(frozen=True)
class Count:
    """A column that counts rows."""

    within: Sequence[str]
    #: Whether a row that stands there twice counts twice; else it is the same row.
    repeats: bool = False


@dataclass(frozen=True)
class Entry:
    """How rows of one table of ours are made."""

    place: str
    table: Table
    source: str = ""
    #: Rows that stand in the mapping itself.
    rows: Sequence[Mapping[str, Cell]] = ()
    steps: Sequence[Step] = ()
    cells: Mapping[str, Cell] = field(default_factory=dict)
    #: Columns that count the rows which are the same in these columns.
    counted: Mapping[str, "Count"] = field(default_factory=dict)
    is_distinct: bool = False


@dataclass(frozen=True)
class TableMapping:
    """A mapping that holds together by itself.

    Whether a source has the columns it names shows when that is read.
    """

    name: str
    collection: Mapping[str, str]
    sources: Mapping[str, SourceOptions]
    entries: Sequence[Entry]
    empty: frozenset[str] = frozenset()


def read_mapping(
    path: Path, tables: Sequence[Table], said: Mapping[str, str] | None = None
) -> TableMapping:
    """The mapping in a file.

    :param tables: that it may fill.
    :param said: values of the collection that count instead of those in the file.
    :raises Unreadable: if it is none; the place in it is named.
    """
    if path.exists() and path.stat().st_size > LARGEST:
        raise UnreadableFile(path.name, f"more than {LARGEST // 1000} kB")
    whole = read_yaml(read_text(path, path.name), path.name)
    place = f"{path.name}: "
    written.keys(whole, path.name, KEYS, ["collection", "tables"])
    sources = _sources(whole.get("sources", {}), f"{place}sources")
    inherits = "inherit" in whole and bool(
        written.named(whole["inherit"], f"{place}inherit", [AS_BELOW], "rule")
    )
    named = written.keys(whole.get("cells", {}), f"{place}cells", whole.get("cells", {}))
    reader = _Entries({table.name: table for table in tables}, sources, named, inherits)
    return TableMapping(
        path.name,
        _collection(whole["collection"], f"{place}collection", said or {}),
        sources,
        reader.entries(whole["tables"], f"{place}tables"),
        frozenset(written.words(whole.get("empty", []), f"{place}empty")),
    )


def _collection(said: Any, place: str, instead: Mapping[str, str]) -> dict[str, str]:
    known = ["id", "status", *COLLECTION.columns]
    return dict(
        written.pairs(
            written.keys({**written.pairs(said, place), **instead}, place, known, ["id"]), place
        )
    )


def _sources(said: Any, place: str) -> dict[str, SourceOptions]:
    if not isinstance(said, dict):
        raise UnreadableFile(place, "expected a mapping")
    return {
        name: _source(name, options or {}, f"{place}, {name}") for name, options in said.items()
    }


def _source(name: str, said: Any, place: str) -> SourceOptions:
    lists = ["fill_down", "labels", "ignore"]
    single = [
        "file",
        "reader",
        "encoding",
        "sheet",
        "header",
        "separator",
        "rows",
        "bullets",
        "headings",
        "html",
    ]
    said = written.keys(said, place, [*single, *lists])
    written.named(said.get("encoding", "UTF-8"), f"{place}, encoding", ENCODINGS, "encoding")
    _refuse_file(written.text(said.get("file", ""), place), f"{place}, file")
    header = whole_number(written.text(said.get("header", "1"), place)) or 0
    if not 0 < header < LAST_HEADER:
        raise UnreadableFile(f"{place}, header", "expected the number of a row")
    texts = {
        key: written.text(value, f"{place}, {key}")
        for key, value in said.items()
        if key not in [*lists, "headings", "html"]
    }
    many = {key: written.words(said[key], f"{place}, {key}") for key in lists if key in said}
    read = {
        "header": header,
        "headings": _levels(said.get("headings", {}), f"{place}, headings"),
        "is_html": written.named(
            said.get("html", "false"), f"{place}, html", ["true", "false"], "answer"
        )
        == "true",
    }
    return SourceOptions(name, **{**texts, **many, **read})  # type: ignore[arg-type]


def _refuse_file(pattern: str, place: str) -> None:
    """
    :raises Unreadable: if the pattern leads out of the source, or asks more of the search for files
        than it can do.
    """
    path = PurePosixPath(pattern)
    if path.is_absolute() or ".." in path.parts:
        raise UnreadableFile(place, "leads out of the source")
    if len(pattern.encode()) > LONGEST_PATTERN:
        raise UnreadableFile(place, f"more than {LONGEST_PATTERN} bytes")
    if pattern and not path.parts:
        raise UnreadableFile(place, "names no file")
    # Each of several would search the folders that another one finds all over again.
    if pattern.count("**") > 1 or ("**" in pattern and "**" not in path.parts):
        raise UnreadableFile(place, "“**” stands once, between slashes")


def _levels(said: Any, place: str) -> dict[str, int]:
    """Lines that are headings, with their levels."""
    levels = written.pairs(said, place)
    for line, level in levels.items():
        written.named(
            level, f"{place}, {line}", [str(number) for number in range(1, 7)], "level of headings"
        )
    return {line: int(level) for line, level in levels.items()}


@dataclass(frozen=True)
class _Entries:
    """Reads the entries of `tables`."""

    tables: Mapping[str, Table]
    sources: Collection[str]
    named: Mapping[str, Any]
    inherits: bool

    def entries(self, said: Any, place: str) -> list[Entry]:
        if not isinstance(said, list):
            raise UnreadableFile(place, "expected a list")
        return [
            self._entry(entry, f"{place} {number}") for number, entry in enumerate(said, start=1)
        ]

    def _entry(self, said: Any, place: str) -> Entry:
        known = ["table", "from", "rows", "distinct", "columns", "extra", *STEPS]
        said = written.keys(said, place, known, ["table"])
        name = written.named(written.text(said["table"], place), place, self.tables, "table")
        place = f"{place} ({name})"
        if "rows" in said:
            return self._stated(
                written.keys(said, place, ["table", "rows"]), self.tables[name], place
            )
        written.keys(said, place, known, ["from", "columns"])
        return Entry(
            place,
            self.tables[name],
            written.named(written.text(said["from"], place), place, self.sources, "source"),
            steps=[STEPS[key](said[key], f"{place}, {key}") for key in said if key in STEPS],
            cells=self._cells(said, self.tables[name], place),
            counted=_counted(said, place),
            is_distinct=written.named(
                said.get("distinct", "false"), place, ["true", "false"], "answer"
            )
            == "true",
        )

    def _stated(self, said: Any, table: Table, place: str) -> Entry:
        if not isinstance(said["rows"], list):
            raise UnreadableFile(f"{place}, rows", "expected a list")
        written_rows = [
            written.keys(row, f"{place}, rows", columns_of(table)) for row in said["rows"]
        ]
        rows = [{column: constant(value) for column, value in row.items()} for row in written_rows]
        return Entry(place, table, rows=[self._with_rule(row, table) for row in rows])

    def _cells(self, said: Any, table: Table, place: str) -> dict[str, Cell]:
        columns = written.keys(said["columns"], f"{place}, columns", columns_of(table))
        extra = written.keys(said.get("extra", {}), f"{place}, extra", said.get("extra", {}))
        for column in extra:
            if column in columns_of(table):
                raise UnreadableFile(f"{place}, extra", f"“{column}” is a column of {table.name}")
        cells: dict[str, Cell] = {}
        for column, value in {**columns, **extra}.items():
            at = f"{place}, {'columns' if column in columns else 'extra'}, {column}"
            scope = Scope(at, self.sources, cells, self.named)
            if not _is_count(value):
                cells[column] = compiled(value, scope)
        return self._with_rule(cells, table)

    def _with_rule(self, cells: dict[str, Cell], table: Table) -> dict[str, Cell]:
        """The cells with what `inherit` says of rows that say nothing else."""
        has_rule = self.inherits and "cumulative" in table.fields
        return {"cumulative": constant("true")} | cells if has_rule else cells


def columns_of(table: Table) -> list[str]:
    """The columns of a table as packs write them, with the parts that can be nested in its rows."""
    return ["id" if name == "slug" else name for name in table.fields] + list(table.parts)


def _is_count(said: Any) -> bool:
    return isinstance(said, dict) and NUMBER in said


def _counted(said: Any, place: str) -> dict[str, Count]:
    columns = said["columns"]
    place = f"{place}, columns"
    return {
        name: _count(value, columns, f"{place}, {name}")
        for name, value in columns.items()
        if _is_count(value)
    }


def _count(said: Any, columns: Collection[str], place: str) -> Count:
    said = written.keys(said, place, [NUMBER, "repeats"])
    within = [
        written.named(name, place, columns, "column above")
        for name in written.words(said[NUMBER], place)
    ]
    return Count(
        within,
        written.named(said.get("repeats", "false"), place, ["true", "false"], "answer") == "true",
    )
