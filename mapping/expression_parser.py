"""Parses what a mapping says of one column into a column expression."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple, TypeAlias

from file_formats.errors import UnreadableFile
from mapping import expressions
from mapping.expressions import ColumnExpression, SourceIndex
from mapping.record_transforms import parse_condition
from mapping.value_transforms import VALUE_TRANSFORM_KEYS, transform_values
from source_files.validation import (
    Help,
    InvalidValueError,
    Value,
    YamlValue,
    expect_choice,
    expect_keys,
    expect_list,
    expect_mapping,
    expect_text,
    expect_text_mapping,
    expect_texts,
)

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
SLUG_PREFIX = "slug:"
#: Items that the message about several values lists.
LISTED_ITEMS = 5

Options: TypeAlias = Mapping[str, YamlValue]


@dataclass(frozen=True)
class Scope:
    """The names that an expression may use, and its location in the mapping."""

    location: str
    sources: Collection[str]
    #: Columns of the same table that are made before this one.
    previous_columns: Collection[str] = ()
    #: The expressions below `cells` in the mapping.
    named_expressions: Mapping[str, YamlValue] = field(default_factory=dict)

    def below(self, key: str) -> "Scope":
        """The scope of a value inside this one."""
        return replace(self, location=f"{self.location}, {key}")


def parse_expression(value: YamlValue, scope: Scope) -> ColumnExpression:
    """The expression for a column: the name of a source column, or a mapping with a keyword.

    :raises UnreadableFile: if the value is neither, or has an unknown or invalid option.
    """
    if isinstance(value, str):
        return expressions.column(value)
    all_keys = [*EXPRESSIONS, *VALUE_TRANSFORM_KEYS, *_OPTION_NAMES]
    options = expect_keys(value, scope.location, all_keys)
    keyword = _keyword_of(options, scope)
    kind = EXPRESSIONS[keyword]
    own_keys = [keyword, *kind.options]
    transforms = {}
    for key in VALUE_TRANSFORM_KEYS:
        if key in options and key not in own_keys:
            transforms[key] = options[key]
    expect_keys(options, scope.location, [*own_keys, *transforms])
    return transform_values(kind.parse(options, scope), transforms, scope.location)


def _keyword_of(options: Options, scope: Scope) -> str:
    """The key that says which expression it is.

    :raises UnreadableFile: if there is none.
    """
    for keyword in EXPRESSIONS:
        if keyword in options:
            return keyword
    raise UnreadableFile(scope.location, f"expected one of {', '.join(EXPRESSIONS)}")


def _parse_column(options: Options, scope: Scope) -> ColumnExpression:
    return expressions.column(expect_text(options["column"], scope.location))


def _parse_slug(options: Options, scope: Scope) -> ColumnExpression:
    value = options["slug"]
    parts = value if isinstance(value, list) else [value]
    return expressions.slug_of([parse_expression(part, scope.below("slug")) for part in parts])


def _parse_text(options: Options, scope: Scope) -> ColumnExpression:
    """A template such as ``{Name} ({slug:Family})``."""
    texts_and_names = PLACEHOLDER.split(expect_text(options["text"], scope.location))
    # The pattern has one group, so texts and names alternate.
    fixed_texts, names = texts_and_names[::2], texts_and_names[1::2]
    return expressions.template(fixed_texts, [_resolve_name(name, scope) for name in names])


def _resolve_name(name: str, scope: Scope) -> ColumnExpression:
    """The expression for a placeholder of a template.

    A name means a named expression, or else a previous column, or else a source column.
    """
    if name.startswith(SLUG_PREFIX):
        source_column = name.removeprefix(SLUG_PREFIX).strip()
        return expressions.slug_of([expressions.column(source_column)])
    if name in scope.named_expressions:
        return _parse_cell({"cell": name}, scope)
    if name in scope.previous_columns:
        return expressions.previous_column(name)
    return expressions.column(name)


def _parse_cell(options: Options, scope: Scope) -> ColumnExpression:
    name = expect_choice(options["cell"], scope.location, scope.named_expressions, "cell")
    # A named expression cannot use others, so none can contain itself.
    inner_scope = replace(scope.below(name), named_expressions={})
    return parse_expression(scope.named_expressions[name], inner_scope)


def _parse_value(options: Options, scope: Scope) -> ColumnExpression:
    return expressions.constant(expect_text(options["value"], scope.location))


def _parse_first(options: Options, scope: Scope) -> ColumnExpression:
    inner_scope = scope.below("first")
    parts = expect_list(options["first"], inner_scope.location)
    return expressions.first_filled([parse_expression(part, inner_scope) for part in parts])


def _parse_rank(options: Options, scope: Scope) -> ColumnExpression:
    """
    :raises UnreadableFile: if there is no list of phrases, or no text to find them in.
    """
    location = f"{scope.location}, rank"
    value = options["rank"]
    groups = [value] if isinstance(value, str) else value
    if not isinstance(groups, list) or "of" not in options:
        raise UnreadableFile(location, "expected a list, and the key “of” next to it")
    phrases = [expect_texts(group, location) for group in groups]
    text = parse_expression(options["of"], scope.below("of"))
    return expressions.rank(expressions.rank_phrases(phrases), text)


def _parse_html(options: Options, scope: Scope) -> ColumnExpression:
    source = parse_expression(options["html"], scope.below("html"))
    base_url = expect_text(options.get("base", ""), f"{scope.location}, base")
    return expressions.html(source, base_url, scope.location)


def _parse_plain(options: Options, scope: Scope) -> ColumnExpression:
    return expressions.plain(parse_expression(options["plain"], scope.below("plain")))


def _parse_gather(options: Options, scope: Scope) -> ColumnExpression:
    location = scope.location
    expect_keys(dict(options), location, options, ["from", "by"])
    join_columns = _parse_join_columns(options["by"], f"{location}, by")
    conditions = expect_mapping(options.get("where", {}), f"{location}, where")
    index = SourceIndex(
        expect_choice(options["from"], location, scope.sources, "source"),
        list(join_columns),
        parse_condition(conditions, f"{location}, where"),
        expect_text(options.get("split", ""), f"{location}, split"),
        frozenset([*join_columns, *conditions]),
    )
    form = expect_choice(options.get("as", "list"), location, GATHER_FORMS, "form")
    # Previous columns of the row are not those of the other record.
    inner_scope = replace(scope.below("gather"), previous_columns=())
    return expressions.gather(
        index,
        list(join_columns.values()),
        parse_expression(options["gather"], inner_scope),
        GATHER_FORMS[form].format,
    )


def _parse_join_columns(value: YamlValue, location: str) -> dict[str, str]:
    """The columns of this source by those of the other source with the same values."""
    if isinstance(value, dict):
        return expect_text_mapping(value, location)
    return {name: name for name in expect_texts(value, location)}


def _only_item(items: Sequence[str]) -> str:
    """
    :raises InvalidValueError: if there are different items.
    """
    if len(set(items)) > 1:
        listed = ", ".join(f"“{item}”" for item in items[:LISTED_ITEMS])
        raise InvalidValueError(f"expected one of {listed}")
    return items[0] if items else ""


def _bullets(items: Sequence[str]) -> str:
    return "\n".join(f"- {item}" for item in items)


class GatherForm(NamedTuple):
    """A value of `as`: how the gathered values become the value of a column."""

    format: Callable[[list[str]], Value]
    help: Help


GATHER_FORMS = {
    "list": GatherForm(list, Help("A list, for a column with several references or lines.")),
    "lines": GatherForm("\n".join, Help("A text with one line for each value.")),
    "bullets": GatherForm(_bullets, Help("A text with one Markdown bullet for each value.")),
    "one": GatherForm(_only_item, Help("The value itself; several different values are refused.")),
}


class ExpressionKind(NamedTuple):
    """One keyword for expressions."""

    parse: Callable[[Options, Scope], ColumnExpression]
    help: Help
    #: Other keys of the same mapping, with their meaning.
    options: Mapping[str, str] = {}

    def full_help(self) -> Help:
        """The help with a sentence for each option."""
        sentences = [self.help.meaning]
        for option, meaning in self.options.items():
            sentences.append(f"`{option}`: {meaning}.")
        return Help(" ".join(sentences), self.help.example)


#: If a mapping contains several of these keys, the first one here is its keyword.
EXPRESSIONS = {
    "column": ExpressionKind(
        _parse_column,
        Help("The cell of a source column. A name alone means the same.", "{column: Name}"),
    ),
    "text": ExpressionKind(
        _parse_text,
        Help(
            "A text with placeholders: `{Name}` is a name below `cells`, or else a previous "
            "column of the same table, or else a source column; `{slug:Name}` is the slug of a "
            "source column. The text is empty if all placeholders are empty.",
            '{text: "{Name} ({slug:Family})"}',
        ),
    ),
    "cell": ExpressionKind(
        _parse_cell,
        Help(
            "The expression with this name below [`cells`](#names-for-expressions).",
            "{cell: family id}",
        ),
    ),
    "value": ExpressionKind(_parse_value, Help("The same text in each row.", "{value: draft}")),
    "first": ExpressionKind(
        _parse_first,
        Help(
            "The first expression of a list that is not empty.",
            "{first: [Nickname, Name, {value: none}]}",
        ),
    ),
    "rank": ExpressionKind(
        _parse_rank,
        Help(
            "The number of a phrase in a list, from 1: the longest phrase that occurs in the text "
            'as whole words. Phrases in an inner list share a number; the phrase `""` matches '
            "everything.",
            '{rank: [Junior, "", [Lead, Head]], of: Name}',
        ),
        {"of": "the expression with the text"},
    ),
    "html": ExpressionKind(
        _parse_html,
        Help(
            "HTML converted to Markdown. The report counts tags that Markdown has no equivalent "
            "for.",
            "{html: Page}",
        ),
        {"base": "the address that relative links refer to"},
    ),
    "plain": ExpressionKind(
        _parse_plain,
        Help("Markdown as plain text on one line, for titles.", "{plain: Text}"),
    ),
    "gather": ExpressionKind(
        _parse_gather,
        Help(
            "Values from the records of another source that belong to this record. See "
            "[Joining sources](#joining-sources).",
            "{gather: Alias, from: names, by: Code}",
        ),
        {
            "from": "the other source",
            "by": (
                "the columns that both sources share, or a mapping from columns of the other "
                "source to columns of this one"
            ),
            "where": "[conditions](#conditions) on the records of the other source",
            "split": "the text between several keys in one cell of the other source",
            "as": "`list` (the default), `lines`, `bullets` or `one`",
        },
    ),
    "slug": ExpressionKind(
        _parse_slug,
        Help(
            "The [slug](#slugs) of an expression, or of several with a space between them.",
            "{slug: [Family, Name]}",
        ),
    ),
}
_OPTION_NAMES = frozenset().union(*(kind.options for kind in EXPRESSIONS.values()))
