"""Transforms of the records of a source before rows are made: filter, pivot, unpivot, explode."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple, TypeAlias

from file_formats.errors import UnreadableFile
from source_files.options import Record
from source_files.validation import (
    FALSE,
    TRUE,
    Help,
    YamlValue,
    expect_keys,
    expect_mapping,
    expect_text,
    expect_text_mapping,
    expect_texts,
)

Condition: TypeAlias = Callable[[Record], bool]
TextCondition: TypeAlias = Callable[[str], bool]
BULLETS = ("- ", "* ", "– ", "•")

CONDITIONS = {
    "`true`": Help("The cell contains text.", "{Grade: true}"),
    "`false`": Help("The cell is empty.", "{Grade: false}"),
    "a text": Help("The cell contains exactly this text.", "{Status: Approved}"),
    "a list of texts": Help("The cell contains one of these texts.", "{Status: [Approved, Live]}"),
    "`{not: …}`": Help(
        "The opposite of one of the conditions above.", "{Status: {not: [Draft, Old]}}"
    ),
}


@dataclass(frozen=True)
class RecordTransform:
    """One transform of records; a table applies its transforms in the order of the mapping."""

    apply: Callable[[Iterable[Record]], Iterator[Record]]
    location: str
    columns_read: frozenset[str] = frozenset()
    columns_added: frozenset[str] = frozenset()
    reads_all_columns: bool = False


def parse_condition(value: YamlValue, location: str) -> Condition:
    """A condition on records: a mapping from columns to conditions that must all be met.

    :raises UnreadableFile: if the value is no such mapping.
    """
    conditions = {}
    for column, expected in expect_mapping(value, location).items():
        conditions[column] = _parse_text_condition(expected, f"{location}, {column}")
    return partial(_meets_all, conditions)


def _meets_all(conditions: Mapping[str, TextCondition], record: Record) -> bool:
    return all(condition(record.text(column)) for column, condition in conditions.items())


def _parse_text_condition(value: YamlValue, location: str) -> TextCondition:
    """A condition on the text of one cell, see `CONDITIONS`."""
    if isinstance(value, dict):
        negated = expect_keys(value, location, ["not"], ["not"])["not"]
        condition = _parse_text_condition(negated, location)
        return lambda text: not condition(text)
    if value == TRUE:
        return lambda text: text != ""
    if value == FALSE:
        return lambda text: text == ""
    choices = frozenset(expect_texts(value, location))
    return lambda text: text in choices


def _parse_where(value: YamlValue, location: str) -> RecordTransform:
    accepts = parse_condition(value, location)
    columns_read = frozenset(expect_mapping(value, location))
    return RecordTransform(partial(filter, accepts), location, columns_read)


@dataclass(frozen=True)
class _Unpivot:
    """The columns to unpivot, or else all but the excluded ones, and the two new columns."""

    columns: frozenset[str]
    excluded: frozenset[str]
    name_column: str
    value_column: str

    def apply(self, records: Iterable[Record]) -> Iterator[Record]:
        """A record for each filled cell of the columns, with the name of its column."""
        for record in records:
            for column, cell in record.values.items():
                if cell and self._includes(column):
                    added = {self.name_column: column, self.value_column: cell}
                    yield Record(f"{record.location}, {column}", record.values | added)

    def _includes(self, column: str) -> bool:
        if self.columns:
            return column in self.columns
        return column not in self.excluded


def _parse_unpivot(value: YamlValue, location: str) -> RecordTransform:
    """
    :raises UnreadableFile: unless the value has two names in `into`, and either `columns` or
        `except`.
    """
    options = expect_keys(value, location, ["columns", "except", "into"], ["into"])
    if ("columns" in options) == ("except" in options):
        raise UnreadableFile(location, "expected either “columns” or “except”")
    columns = frozenset(expect_texts(options.get("columns", []), location))
    excluded = frozenset(expect_texts(options.get("except", []), location))
    into = expect_texts(options["into"], location)
    if len(into) != 2:
        raise UnreadableFile(
            f"{location}, into",
            ("expected two names: one for the name of the column and one for the cell"),
        )
    return RecordTransform(
        _Unpivot(columns, excluded, into[0], into[1]).apply,
        location,
        columns | excluded,
        frozenset(into),
        reads_all_columns=not columns,
    )


@dataclass(frozen=True)
class _Pivot:
    """The columns of a pivot; `new_columns` has the new column by the text in `key_column`."""

    key_column: str
    value_column: str
    group_columns: Sequence[str]
    new_columns: Mapping[str, str]

    def apply(self, records: Iterable[Record]) -> Iterator[Record]:
        """A record for each group: its first record, with a new column for each of its records.

        :raises UnreadableFile: see `_new_column`.
        """
        groups: dict[tuple[str, ...], Record] = {}
        for record in records:
            group_key = tuple(map(record.text, self.group_columns))
            first = Record(record.location, dict(record.values))
            group = groups.setdefault(group_key, first)
            new_column = self._new_column(record, group)
            group.values[new_column] = record.values.get(self.value_column, "")
        yield from groups.values()

    def _new_column(self, record: Record, group: Record) -> str:
        """
        :raises UnreadableFile: if there is no new column for the record, or the group has a value
            in it.
        """
        key = f"{self.key_column}: “{record.values.get(self.key_column, '')}”"
        column = self.new_columns.get(record.text(self.key_column))
        if column is None:
            known = ", ".join(self.new_columns)
            raise UnreadableFile(record.location, f"“{key}” is not one of {known}")
        if column in group.values:
            raise UnreadableFile(record.location, f"{key} is listed twice")
        return column


def _parse_pivot(value: YamlValue, location: str) -> RecordTransform:
    keys = ["key", "value", "by", "into"]
    options = expect_keys(value, location, keys, keys)
    pivot = _Pivot(
        expect_text(options["key"], location),
        expect_text(options["value"], location),
        expect_texts(options["by"], location),
        expect_text_mapping(options["into"], location),
    )
    columns_read = frozenset([pivot.key_column, pivot.value_column, *pivot.group_columns])
    columns_added = frozenset(pivot.new_columns.values())
    return RecordTransform(pivot.apply, location, columns_read, columns_added)


class _Pieces(NamedTuple):
    """The pieces of a cell, and the text before the first bullet."""

    pieces: Sequence[str]
    lead: str = ""


@dataclass(frozen=True)
class _Explode:
    """The column to split, and how: see `_split_cell`."""

    column: str
    separator: str

    @property
    def number_column(self) -> str:
        return f"{self.column}.number"

    @property
    def lead_column(self) -> str:
        return f"{self.column}.lead"

    def apply(self, records: Iterable[Record]) -> Iterator[Record]:
        """A record for each piece of the cell that is not empty."""
        for record in records:
            pieces, lead = _split_cell(record.text(self.column), self.separator)
            stripped = map(str.strip, pieces)
            for number, piece in enumerate(filter(None, stripped), start=1):
                added = {
                    self.column: piece,
                    self.number_column: str(number),
                    self.lead_column: lead.strip(),
                }
                location = f"{record.location}, {self.column} {number}"
                yield Record(location, record.values | added)


def _parse_explode(value: YamlValue, location: str) -> RecordTransform:
    options = expect_keys(value, location, ["column", "by"], ["column", "by"])
    explode = _Explode(
        expect_text(options["column"], location), expect_text(options["by"], location)
    )
    if not explode.separator:
        raise UnreadableFile(
            f"{location}, by", "expected paragraphs, lines, bullets or the text between the pieces"
        )
    columns_added = frozenset([explode.number_column, explode.lead_column])
    return RecordTransform(explode.apply, location, frozenset([explode.column]), columns_added)


def _split_cell(text: str, separator: str) -> _Pieces:
    """
    :param separator: the value of `by`: a kind of pieces, or the text between them.
    """
    if separator == "bullets":
        return _split_bullets(text)
    if separator == "paragraphs":
        return _Pieces(text.split("\n\n"))
    if separator == "lines":
        return _Pieces(text.split("\n"))
    return _Pieces(text.split(separator))


def _split_bullets(text: str) -> _Pieces:
    """The bullets of a text, each with its continuation lines; a text without any is one piece."""
    lead: list[str] = []
    items: list[str] = []
    for line in text.split("\n"):
        stripped = line.strip()
        if stripped.startswith(BULLETS):
            items.append(stripped[1:].strip())
        elif items:
            items[-1] += f"\n{stripped}"
        else:
            lead.append(line)
    if not items:
        return _Pieces([text])
    return _Pieces(items, "\n".join(lead))


class RecordTransformKind(NamedTuple):
    """One key of a table that transforms its records."""

    parse: Callable[[YamlValue, str], RecordTransform]
    help: Help


RECORD_TRANSFORMS = {
    "where": RecordTransformKind(
        _parse_where,
        Help("Keep only the records that meet all [conditions](#conditions).", "{Grade: true}"),
    ),
    "unpivot": RecordTransformKind(
        _parse_unpivot,
        Help(
            "Make a record of each filled cell of some columns (`columns`), or of all other "
            "columns (`except`). `into` names two new columns, for the name of the column and "
            "for the cell.",
            "{columns: [Basic, Advanced], into: [step, text]}",
        ),
    ),
    "pivot": RecordTransformKind(
        _parse_pivot,
        Help(
            "Make one record of all records with the same cells in the columns `by`. The cell in "
            "the column `value` goes to the new column that `into` names for the cell in the "
            "column `key`.",
            "{by: [Role, Skill], key: Measure, value: Number, into: {IM: importance, LV: level}}",
        ),
    ),
    "explode": RecordTransformKind(
        _parse_explode,
        Help(
            "Make a record of each piece of a cell. `by` is `paragraphs`, `lines`, `bullets` or "
            "the text between the pieces. `<column>.number` counts the pieces, `<column>.lead` "
            "has the text before the first bullet.",
            "{column: Duties, by: bullets}",
        ),
    ),
}
