"""Reads a mapping file and checks it.

`MAPPING_KEYS`, `TABLE_KEYS` and the other dictionaries of keys in this package define the language;
docs/mapping.md is its reference.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from content.former_spellings import NAMES, with_current_names
from file_formats.errors import UnreadableFile
from file_formats.text_files import read_text, read_yaml
from mapping.expression_parser import Scope, parse_expression
from mapping.expressions import ColumnExpression, columns_read_by, constant
from mapping.record_transforms import RECORD_TRANSFORMS, RecordTransform
from packs.pack_tables import COLLECTION, Table, column_of
from source_files.options import SourceOptions, parse_sources
from source_files.validation import (
    TRUE,
    Help,
    YamlValue,
    expect_choice,
    expect_flag,
    expect_keys,
    expect_list,
    expect_mapping,
    expect_text_mapping,
    expect_texts,
)

MAX_FILE_BYTES = 100_000
COLLECTION_KEYS = ("id", "status", *COLLECTION.columns)
#: The only value of `inherit`.
BLANKS_INHERIT = "blanks mean as below"
#: The column for which `inherit` states a default.
CUMULATIVE = "cumulative"
NUMBER = "number"

MAPPING_KEYS = {
    "collection": Help(
        "Required. The collection that the rows belong to, with its `id` and any of "
        f"{', '.join(f'`{key}`' for key in COLLECTION_KEYS if key != 'id')}."
    ),
    "sources": Help(
        "The files that records are read from, each under a name of your choice. See "
        "[Sources](#sources).",
        "{skills: {file: skills.csv}}",
    ),
    "tables": Help(
        "Required. A list of the tables to fill, in this order. A table may be listed several "
        "times. See [Tables](#tables)."
    ),
    "cells": Help(
        "Named expressions, for use in several columns. See [Names for "
        "expressions](#names-for-expressions).",
        "{skill id: {column: Skill, slug: true}}",
    ),
    "empty": Help("Texts that mean an empty cell, in all sources.", "[n/a, NOT IN USE]"),
    "inherit": Help(
        "`blanks mean as below` makes all levels cumulative: a level includes the expectations of "
        "the level below it."
    ),
}
TABLE_KEYS = {
    "table": Help("Required. The table of the pack, such as `skills`."),
    "from": Help("Required without `rows`. The source. Each of its records becomes one row."),
    "columns": Help(
        "Required with `from`. The columns of the table, each with an "
        "[expression](#expressions). They are computed in this order.",
        "{id: {slug: Skill}, title: Skill}",
    ),
    "extra": Help(
        "Columns that the table does not have. They are stored with the row and included in "
        "exports.",
        "{grade: Grade}",
    ),
    "distinct": Help("`true` drops rows that are equal to a previous row of this list entry."),
    "rows": Help(
        "In place of `from`: the rows themselves.",
        "[{id: steps, title: Steps}]",
    ),
}
NUMBER_KEYS = {
    NUMBER: Help(
        "Instead of an expression, for `position`: the number of the row, counted from 1 for each "
        "combination of values in these columns. `[]` counts all rows of the table. Equal rows "
        "have the same number.",
        "{number: [ladder]}",
    ),
    "repeats": Help(
        "With `number`: `true` gives equal rows different numbers.", "{number: [], repeats: true}"
    ),
}


@dataclass(frozen=True)
class RowNumbering:
    """A column that numbers the rows which have the same values in some other columns."""

    group_columns: Sequence[str]
    #: Whether equal rows have different numbers.
    counts_repeats: bool = False


@dataclass(frozen=True)
class TableSpec:
    """How rows of one table are made: one entry of `tables`."""

    location: str
    table: Table
    source: str = ""
    #: Rows that the mapping itself contains, in place of a source.
    static_rows: Sequence[Mapping[str, YamlValue]] = ()
    record_transforms: Sequence[RecordTransform] = ()
    columns: Mapping[str, ColumnExpression] = field(default_factory=dict)
    numberings: Mapping[str, RowNumbering] = field(default_factory=dict)
    is_distinct: bool = False

    def source_columns(self, source: str) -> set[str]:
        """The columns of a source that the expressions read."""
        names = set()
        for source_of_column, name in columns_read_by(self.columns.values()):
            if (source_of_column or self.source) == source:
                names.add(name)
        return names

    def all_sources(self) -> list[str]:
        """The names of all sources that the expressions read, ordered by name."""
        sources = {self.source}
        for source_of_column, _ in columns_read_by(self.columns.values()):
            sources.add(source_of_column or self.source)
        return sorted(sources)


@dataclass(frozen=True)
class TableMapping:
    """A valid mapping. The converter checks whether its sources have the columns it reads."""

    name: str
    collection: Mapping[str, str]
    sources: Mapping[str, SourceOptions]
    table_specs: Sequence[TableSpec]
    #: Texts that mean an empty cell.
    empty_texts: frozenset[str] = frozenset()


def read_mapping(
    path: Path, tables: Sequence[Table], overrides: Mapping[str, str] | None = None
) -> TableMapping:
    """The mapping in a file.

    :param tables: the tables that it may fill.
    :param overrides: values of the collection that replace those in the file.
    :raises UnreadableFile: if the mapping is invalid; the message names the location in it.
    """
    if path.exists() and path.stat().st_size > MAX_FILE_BYTES:
        raise UnreadableFile(path.name, f"more than {MAX_FILE_BYTES // 1000} kB")
    content = read_yaml(read_text(path, path.name), path.name)
    expect_keys(content, path.name, MAPPING_KEYS, ["collection", "tables"])
    prefix = f"{path.name}: "
    sources = parse_sources(content.get("sources", {}), f"{prefix}sources")
    if "inherit" in content:
        expect_choice(content["inherit"], f"{prefix}inherit", [BLANKS_INHERIT], "rule")
    named_expressions = expect_mapping(content.get("cells", {}), f"{prefix}cells")
    collection = _parse_collection(content["collection"], f"{prefix}collection", overrides or {})
    parser = _TableParser(
        {table.name: table for table in tables}, sources, named_expressions, "inherit" in content
    )
    table_specs = parser.parse_all(content["tables"], f"{prefix}tables")
    empty_texts = frozenset(expect_texts(content.get("empty", []), f"{prefix}empty"))
    return TableMapping(path.name, collection, sources, table_specs, empty_texts)


def _parse_collection(
    value: YamlValue, location: str, overrides: Mapping[str, str]
) -> dict[str, str]:
    try:
        stated = with_current_names(expect_text_mapping(value, location), COLLECTION_KEYS)
    except ValueError as error:
        raise UnreadableFile(location, str(error)) from error
    collection = {**stated, **overrides}
    expect_keys(dict(collection), location, COLLECTION_KEYS, ["id"])
    return collection


@dataclass(frozen=True)
class _TableParser:
    """Parses the entries of `tables`."""

    tables: Mapping[str, Table]
    sources: Collection[str]
    named_expressions: Mapping[str, YamlValue]
    levels_inherit: bool

    def parse_all(self, value: YamlValue, location: str) -> list[TableSpec]:
        specs = []
        for number, entry in enumerate(expect_list(value, location), start=1):
            specs.append(self._parse(entry, f"{location} {number}"))
        return specs

    def _parse(self, value: YamlValue, location: str) -> TableSpec:
        known = [*TABLE_KEYS, *RECORD_TRANSFORMS]
        options = expect_keys(value, location, known, ["table"])
        name = expect_choice(options["table"], location, self.tables, "table")
        table = self.tables[name]
        location = f"{location} ({name})"
        if "rows" in options:
            expect_keys(options, location, ["table", "rows"])
            return self._parse_static(options["rows"], table, location)
        expect_keys(options, location, known, ["from", "columns"])
        source = expect_choice(options["from"], location, self.sources, "source")
        record_transforms = []
        for key, option in options.items():
            if key in RECORD_TRANSFORMS:
                parse = RECORD_TRANSFORMS[key].parse
                record_transforms.append(parse(option, f"{location}, {key}"))
        columns_location = f"{location}, columns"
        columns = expect_keys(options["columns"], columns_location, accepted_names(table))
        numberings = _parse_numberings(columns, columns_location)
        values = {name: value for name, value in columns.items() if name not in numberings}
        extra = expect_mapping(options.get("extra", {}), f"{location}, extra")
        return TableSpec(
            location,
            table,
            source,
            record_transforms=record_transforms,
            columns=self._parse_columns(values, extra, table, location),
            numberings=numberings,
            is_distinct=expect_flag(options.get("distinct", "false"), location),
        )

    def _parse_static(self, value: YamlValue, table: Table, location: str) -> TableSpec:
        """An entry with the rows themselves in place of a source."""
        location_of_rows = f"{location}, rows"
        rows = []
        for entry in expect_list(value, location_of_rows):
            row = expect_keys(entry, location_of_rows, accepted_names(table))
            if self._has_cumulative_default(table):
                row = {CUMULATIVE: TRUE, **row}
            rows.append(row)
        return TableSpec(location, table, static_rows=rows)

    def _parse_columns(
        self,
        columns: Mapping[str, YamlValue],
        extra: Mapping[str, YamlValue],
        table: Table,
        location: str,
    ) -> dict[str, ColumnExpression]:
        """The expressions of all columns that are not numbered, in the order of the mapping.

        :raises UnreadableFile: if an extra column is a column of the table.
        """
        for column in extra:
            if column in column_names(table):
                raise UnreadableFile(
                    f"{location}, extra", f"“{column}” is a column of {table.name}"
                )
        expressions: dict[str, ColumnExpression] = {}
        for section, values in (("columns", columns), ("extra", extra)):
            for column, value in values.items():
                scope = Scope(
                    f"{location}, {section}, {column}",
                    self.sources,
                    expressions,
                    self.named_expressions,
                )
                expressions[column] = parse_expression(value, scope)
        if self._has_cumulative_default(table):
            return {CUMULATIVE: constant(TRUE), **expressions}
        return expressions

    def _has_cumulative_default(self, table: Table) -> bool:
        """Whether `inherit` applies to a table: it has levels."""
        return self.levels_inherit and CUMULATIVE in table.fields


def column_names(table: Table) -> list[str]:
    """The columns of a table as packs write them, and the tables nested in its rows."""
    return [*map(column_of, table.fields), *table.parts]


def accepted_names(table: Table) -> list[str]:
    """The names of `column_names` and their former spellings, which the pack renames."""
    names = column_names(table)
    return names + [former for former, current in NAMES.items() if current in names]


def _parse_numberings(columns: Mapping[str, YamlValue], location: str) -> dict[str, RowNumbering]:
    """The columns that have a number in place of an expression."""
    numberings = {}
    for column, value in columns.items():
        if isinstance(value, dict) and NUMBER in value:
            numberings[column] = _parse_numbering(value, columns, f"{location}, {column}")
    return numberings


def _parse_numbering(value: YamlValue, columns: Collection[str], location: str) -> RowNumbering:
    options = expect_keys(value, location, NUMBER_KEYS)
    group_columns = expect_texts(options[NUMBER], location)
    for column in group_columns:
        expect_choice(column, location, columns, "column above")
    return RowNumbering(group_columns, expect_flag(options.get("repeats", "false"), location))
