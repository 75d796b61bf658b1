"""Transforms of the records of a source before rows are made: filter, pivot, unpivot, explode."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from mapping.sources import Record
from mapping.validation import (
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
from packs.reading import UnreadableFile

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
    text_conditions = []
    for column, expected in expect_mapping(value, location).items():
        text_conditions.append((column, _parse_text_condition(expected, f"{location}, {column}")))

    def accepts(record: Record) -> bool:
        return all(condition(record.text(column)) for column, condition in text_conditions)

    return accepts


def _parse_text_condition(value: YamlValue, location: str) -> TextCondition:
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
    return RecordTransform(lambda records: filter(accepts, records), location, columns_read)


def _parse_unpivot(value: YamlValue, location: str) -> RecordTransform:
    options = expect_keys(value, location, ["columns", "except", "into"], ["into"])
    if ("columns" in options) == ("except" in options):
        raise UnreadableFile(location, "expected either “columns” or “except”")
    columns = frozenset(expect_texts(options.get("columns", []), location))
    excluded = frozenset(expect_texts(options.get("except", []), location))
    into = expect_texts(options["into"], location)
    if len(into) != 2:
        raise UnreadableFile(
            f"{location}, into", "expected two names: of the column, and of what it holds"
        )
    name_column, value_column = into

    def is_unpivoted(column: str) -> bool:
        return column in columns if columns else column not in excluded

    def apply(records: Iterable[Record]) -> Iterator[Record]:
        for record in records:
            for column, cell in record.values.items():
                if cell and is_unpivoted(column):
                    added = {name_column: column, value_column: cell}
                    yield Record(f"{record.location}, {column}", record.values | added)

    return RecordTransform(
        apply, location, columns | excluded, frozenset(into), reads_all_columns=not columns
    )


def _parse_pivot(value: YamlValue, location: str) -> RecordTransform:
    keys = ["key", "value", "by", "into"]
    options = expect_keys(value, location, keys, keys)
    key_column = expect_text(options["key"], location)
    value_column = expect_text(options["value"], location)
    group_columns = expect_texts(options["by"], location)
    new_columns = expect_text_mapping(options["into"], location)

    def new_column_of(record: Record, group: Record) -> str:
        column = new_columns.get(record.text(key_column), "")
        key = f"{key_column}: “{record.values.get(key_column, '')}”"
        if not column:
            raise UnreadableFile(record.location, f"{key} is none of {', '.join(new_columns)}")
        if column in group.values:
            raise UnreadableFile(record.location, f"{key} stands there twice")
        return column

    def apply(records: Iterable[Record]) -> Iterator[Record]:
        groups: dict[tuple[str, ...], Record] = {}
        for record in records:
            group_key = tuple(record.text(column) for column in group_columns)
            first = Record(record.location, dict(record.values))
            group = groups.setdefault(group_key, first)
            group.values[new_column_of(record, group)] = record.values.get(value_column, "")
        yield from groups.values()

    columns_read = frozenset([key_column, value_column, *group_columns])
    return RecordTransform(apply, location, columns_read, frozenset(new_columns.values()))


class _Pieces(NamedTuple):
    """The pieces of a cell, and the text before the first bullet."""

    pieces: Sequence[str]
    lead: str = ""


def _parse_explode(value: YamlValue, location: str) -> RecordTransform:
    options = expect_keys(value, location, ["column", "by"], ["column", "by"])
    column = expect_text(options["column"], location)
    separator = expect_text(options["by"], location)
    if not separator:
        raise UnreadableFile(
            f"{location}, by", "expected paragraphs, lines, bullets or what separates the pieces"
        )
    number_column, lead_column = f"{column}.number", f"{column}.lead"

    def apply(records: Iterable[Record]) -> Iterator[Record]:
        for record in records:
            split = _split_cell(record.text(column), separator)
            stripped = map(str.strip, split.pieces)
            for number, piece in enumerate(filter(None, stripped), start=1):
                added = {column: piece, number_column: str(number), lead_column: split.lead.strip()}
                yield Record(f"{record.location}, {column} {number}", record.values | added)

    columns_added = frozenset([number_column, lead_column])
    return RecordTransform(apply, location, frozenset([column]), columns_added)


def _split_cell(text: str, separator: str) -> _Pieces:
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
            "Make a record of each filled cell of some columns (`columns`), or of all columns but "
            "some (`except`). `into` names two new columns, for the name of the column and for "
            "the cell.",
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
