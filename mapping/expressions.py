"""Column expressions: how the value of one column is made from a record."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, groupby, product, zip_longest
from typing import Protocol, TypeAlias

from mapping.record_transforms import Condition
from mapping.slugs import slug
from source_files.markup import html_to_markdown, markdown_to_line
from source_files.options import Record
from source_files.validation import InvalidValueError, Value, as_list

#: Stands for the source of the table in the set of columns that an expression reads.
OWN_SOURCE = ""
#: The longest text that `plain` converts: it is meant for lines and paragraphs.
MAX_PLAIN_LENGTH = 10_000
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
    #: All columns of the source that the index reads.
    columns_read: frozenset[str] = frozenset()

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
    """The same text for every record."""
    return ColumnExpression(lambda row: text)


def slug_of(parts: Sequence[ColumnExpression]) -> ColumnExpression:
    """The slug made from the texts of some expressions."""
    name_of = partial(_join_texts, parts)
    return ColumnExpression(lambda row: slug(name_of(row)), columns_read_by(parts), name_of)


def _join_texts(parts: Sequence[ColumnExpression], row: RowContext) -> str:
    """The texts that are not empty, with a space between them."""
    texts = [as_text(part.evaluate(row)) for part in parts]
    return " ".join(filter(None, texts))


def template(
    fixed_texts: Sequence[str], expressions: Sequence[ColumnExpression]
) -> ColumnExpression:
    """Expressions between fixed texts; empty if all expressions are empty.

    :param fixed_texts: before, between and after the expressions: one more than there are.
    """
    evaluate = partial(_fill_template, fixed_texts, [part.evaluate for part in expressions])
    columns_read = columns_read_by(expressions)
    if not any(part.evaluate_names for part in expressions):
        return ColumnExpression(evaluate, columns_read)
    evaluates = [part.evaluate_names or part.evaluate for part in expressions]
    return ColumnExpression(evaluate, columns_read, partial(_fill_template, fixed_texts, evaluates))


def _fill_template(
    fixed_texts: Sequence[str], evaluates: Sequence[Evaluate], row: RowContext
) -> str:
    """
    :param evaluates: the functions that evaluate the expressions.
    """
    texts = [as_text(evaluate(row)) for evaluate in evaluates]
    if evaluates and not any(texts):
        return ""
    return "".join(chain.from_iterable(zip_longest(fixed_texts, texts, fillvalue=""))).strip()


def first_filled(parts: Sequence[ColumnExpression]) -> ColumnExpression:
    """The first value that is not empty."""
    return ColumnExpression(partial(_evaluate_first_filled, parts), columns_read_by(parts))


def _evaluate_first_filled(parts: Sequence[ColumnExpression], row: RowContext) -> Value:
    """The first value that is not empty; parts after it are not evaluated."""
    for part in parts:
        value = part.evaluate(row)
        if value:
            return value
    return ""


def html(source: ColumnExpression, base_url: str, location: str) -> ColumnExpression:
    """HTML as Markdown.

    :param base_url: the address that relative links refer to.
    :param location: the location in the mapping, for the notes on tags that are left out.
    """

    return source.with_evaluate(partial(_evaluate_html, source, base_url, location))


def _evaluate_html(source: ColumnExpression, base_url: str, location: str, row: RowContext) -> str:
    text, omitted_tags = html_to_markdown(as_text(source.evaluate(row)), base_url)
    for tag in omitted_tags:
        row.conversion.count_omission(f"{location}: <{tag}>")
    return text


def plain(source: ColumnExpression) -> ColumnExpression:
    """Markdown as plain text on one line."""
    return source.with_evaluate(partial(_evaluate_plain, source))


def _evaluate_plain(source: ColumnExpression, row: RowContext) -> str:
    """
    :raises InvalidValueError: if the text is longer than `MAX_PLAIN_LENGTH`.
    """
    text = as_text(source.evaluate(row))
    if len(text) > MAX_PLAIN_LENGTH:
        raise InvalidValueError(f"more than {MAX_PLAIN_LENGTH:,} characters")
    return markdown_to_line(text, MAX_PLAIN_LENGTH)


def gather(
    index: SourceIndex,
    own_columns: Sequence[str],
    gathered: ColumnExpression,
    format_items: Callable[[list[str]], Value],
) -> ColumnExpression:
    """The values of an expression for all matching records of another source.

    :param own_columns: the columns of this source with the key, in the order of the index.
    :param format_items: makes one value of them.
    """

    def evaluate(row: RowContext) -> Value:
        key = tuple(map(row.record.text, own_columns))
        items: list[str] = []
        for record in row.conversion.find_records(index, key):
            value = gathered.evaluate(RowContext(record, row.conversion))
            items.extend(filter(None, as_list(value)))
        return format_items(items)

    columns_read = {(OWN_SOURCE, column) for column in own_columns}
    columns_read |= {(index.source, column) for column in index.columns_read}
    columns_read |= {(source or index.source, column) for source, column in gathered.columns_read}
    return ColumnExpression(evaluate, frozenset(columns_read))


def rank(phrase_ranks: Mapping[str, int], source: ColumnExpression) -> ColumnExpression:
    """The rank of the longest phrase that occurs in a text as whole words.

    :param phrase_ranks: ranks by phrase, from `rank_phrases`; an empty phrase matches every text.
    """
    return source.with_evaluate(lambda row: _rank(as_text(source.evaluate(row)), phrase_ranks))


def _rank(text: str, phrase_ranks: Mapping[str, int]) -> str:
    """
    :raises InvalidValueError: if no phrase occurs in the text.
    """
    normalized_text = f" {_normalize_words(text)} "
    matches = []
    for phrase in phrase_ranks:
        if not phrase or f" {phrase} " in normalized_text:
            matches.append(phrase)
    if not matches:
        raise InvalidValueError(
            f"none of the words in “rank” occurs in “{normalized_text.strip()}”"
        )
    return str(phrase_ranks[max(matches, key=len)])


def rank_phrases(groups: Sequence[Sequence[str]]) -> dict[str, int]:
    """Ranks from 1 by phrase; the phrases of one group have the same rank."""
    phrase_ranks = {}
    for number, phrases in enumerate(groups, start=1):
        for phrase in phrases:
            phrase_ranks[_normalize_words(phrase)] = number
    return phrase_ranks


def _normalize_words(text: str) -> str:
    """The words of a text in lower case, with one space between two words."""
    words: list[str] = []
    for is_word, characters in groupby(text.casefold(), str.isalnum):
        if is_word:
            words.append("".join(characters))
    return " ".join(words)


def columns_read_by(expressions: Iterable[ColumnExpression]) -> frozenset[ColumnReference]:
    """The columns that any of the expressions reads."""
    columns: set[ColumnReference] = set()
    for expression in expressions:
        columns |= expression.columns_read
    return frozenset(columns)
