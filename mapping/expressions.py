"""Column expressions: how the value of one column is made from a record."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Protocol, TypeAlias

from mapping.record_transforms import Condition
from mapping.slugs import slug
from mapping.sources import Record
from mapping.validation import InvalidValueError, Value

#: Stands for the source of the table in the set of columns that an expression reads.
OWN_SOURCE = ""
#: The name of a source and of a column in it.
ColumnReference: TypeAlias = tuple[str, str]


@dataclass(frozen=True, eq=False)
class SourceIndex:
    """An index of the records of another source by the values of some columns."""

    source: str
    key_columns: Sequence[str]
    accepts: Condition
    #: The text between several keys in one cell; empty if a cell is one key.
    separator: str = ""

    def keys_of(self, record: Record) -> Iterator[tuple[str, ...]]:
        """The keys of a record: every combination of the keys in its cells."""
        keys_by_column = []
        for column in self.key_columns:
            text = record.text(column)
            keys = text.split(self.separator) if self.separator else [text]
            keys_by_column.append([key.strip() for key in keys])
        return product(*keys_by_column)


class ConversionContext(Protocol):
    """The running conversion, as far as expressions use it."""

    def find_records(self, index: SourceIndex, key: tuple[str, ...]) -> Sequence[Record]:
        """The records of another source with this key."""

    def count_omission(self, description: str) -> None:
        """Count a cell of which a part is left out."""


@dataclass(frozen=True)
class RowContext:
    """What an expression is evaluated with."""

    record: Record
    conversion: ConversionContext
    #: The values of the previous columns of the row.
    values: dict[str, Value] = field(default_factory=dict)
    #: For columns with slugs made from names: the names.
    names: dict[str, Value] = field(default_factory=dict)


Evaluate: TypeAlias = Callable[[RowContext], Value]


@dataclass(frozen=True)
class ColumnExpression:
    """How one column is made."""

    evaluate: Evaluate
    columns_read: frozenset[ColumnReference] = frozenset()
    #: The value before names became slugs; None for an expression without such slugs.
    evaluate_names: Evaluate | None = None

    def with_evaluate(self, evaluate: Evaluate) -> "ColumnExpression":
        """An expression that reads the same columns, without slugs."""
        return ColumnExpression(evaluate, self.columns_read)


def as_text(value: Value) -> str:
    """A value as one text; several texts become lines."""
    if isinstance(value, str):
        return value.strip()
    return "\n".join(map(str.strip, value)).strip()


def as_list(value: Value) -> list[str]:
    return [value] if isinstance(value, str) else value


def column(name: str) -> ColumnExpression:
    """The cell in this column of the source."""
    return ColumnExpression(lambda row: row.record.text(name), frozenset({(OWN_SOURCE, name)}))


def previous_column(name: str) -> ColumnExpression:
    """The value of a previous column of the row."""
    return ColumnExpression(
        lambda row: row.values[name],
        evaluate_names=lambda row: row.names.get(name, row.values[name]),
    )


def constant(text: str) -> ColumnExpression:
    return ColumnExpression(lambda row: text)


def slug_of(parts: Sequence[ColumnExpression]) -> ColumnExpression:
    """The slug made from the texts of some expressions."""

    def name_of(row: RowContext) -> str:
        texts = [as_text(part.evaluate(row)) for part in parts]
        return " ".join(filter(None, texts))

    return ColumnExpression(lambda row: slug(name_of(row)), columns_read_by(parts), name_of)


def template(parts: Sequence[ColumnExpression | str]) -> ColumnExpression:
    """Expressions between fixed texts; empty if all expressions are empty."""
    expressions = [part for part in parts if isinstance(part, ColumnExpression)]

    def evaluate_names(row: RowContext) -> str:
        def name_of(part: ColumnExpression) -> Value:
            return (part.evaluate_names or part.evaluate)(row)

        return _fill_template(parts, name_of)

    has_slugs = any(part.evaluate_names for part in expressions)
    return ColumnExpression(
        lambda row: _fill_template(parts, lambda part: part.evaluate(row)),
        columns_read_by(expressions),
        evaluate_names if has_slugs else None,
    )


def _fill_template(
    parts: Sequence[ColumnExpression | str], value_of: Callable[[ColumnExpression], Value]
) -> str:
    texts = []
    is_empty = any(isinstance(part, ColumnExpression) for part in parts)
    for part in parts:
        if isinstance(part, str):
            texts.append(part)
            continue
        text = as_text(value_of(part))
        texts.append(text)
        if text:
            is_empty = False
    return "" if is_empty else "".join(texts).strip()


def first_filled(parts: Sequence[ColumnExpression]) -> ColumnExpression:
    """The first value that is not empty."""

    def evaluate(row: RowContext) -> Value:
        for part in parts:
            value = part.evaluate(row)
            if value:
                return value
        return ""

    return ColumnExpression(evaluate, columns_read_by(parts))


def rank(phrase_ranks: Mapping[str, int], text: ColumnExpression) -> ColumnExpression:
    """The rank of the longest phrase that occurs in a text as whole words.

    :param phrase_ranks: ranks by phrase, from `rank_phrases`; an empty phrase matches every text.
    """

    def evaluate(row: RowContext) -> str:
        words = f" {_normalize_words(as_text(text.evaluate(row)))} "
        matches = [phrase for phrase in phrase_ranks if not phrase or f" {phrase} " in words]
        if not matches:
            raise InvalidValueError(f"none of the words of rank stands in “{words.strip()}”")
        return str(phrase_ranks[max(matches, key=len)])

    return text.with_evaluate(evaluate)


def rank_phrases(groups: Sequence[Sequence[str]]) -> dict[str, int]:
    """Ranks from 1 by phrase; the phrases of one group have the same rank."""
    phrase_ranks = {}
    for number, phrases in enumerate(groups, start=1):
        for phrase in phrases:
            phrase_ranks[_normalize_words(phrase)] = number
    return phrase_ranks


def _normalize_words(text: str) -> str:
    chars = [char if char.isalnum() else " " for char in text.casefold()]
    return " ".join("".join(chars).split())


def columns_read_by(expressions: Sequence[ColumnExpression]) -> frozenset[ColumnReference]:
    columns: set[ColumnReference] = set()
    for expression in expressions:
        columns |= expression.columns_read
    return frozenset(columns)
