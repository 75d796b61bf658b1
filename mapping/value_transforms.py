"""Transforms of the value of a column: split, cut, replaced, looked up, made a slug."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TypeAlias

from content.numbers import whole_number
from file_formats.errors import UnreadableFile
from mapping.expressions import ColumnExpression, Evaluate, RowContext, as_text
from mapping.slugs import slug
from source_files.validation import (
    TRUE,
    Help,
    InvalidValueError,
    Value,
    YamlValue,
    expect_choice,
    expect_text,
    expect_text_mapping,
    expect_texts,
)

#: What `else` may be: what happens to a text that `lookup` does not contain.
REFUSE, KEEP, EMPTY = "refuse", "keep", "empty"
FIRST_PARAGRAPH, REST = "first paragraph", "rest"

#: In the order in which they are applied, after `split`.
VALUE_TRANSFORM_KEYS = {
    "split": Help(
        "Make a list of a cell: the texts between separators. All other transforms then apply to "
        "each item.",
        '{column: Tags, split: ";"}',
    ),
    "part": Help(
        "`first paragraph`: the text up to the first empty line. `rest`: the text after it.",
        "{column: Text, part: rest}",
    ),
    "without": Help(
        "Remove one of these words from the beginning: the longest that matches.",
        "{column: Name, without: [Lead, Senior]}",
    ),
    "before_last": Help(
        "The text before the last occurrence of a separator: the code of the parent.",
        '{column: Code, before_last: "."}',
    ),
    "replace": Help(
        "Replace characters or words wherever they occur, the longest first.",
        '{column: Value, replace: {",": "."}}',
    ),
    "shorten": Help(
        "Cut a longer text between two words, to this number of characters, with … at its end.",
        "{column: Name, shorten: 10}",
    ),
    "lookup": Help(
        "Replace a whole text with another. An empty cell stays empty.",
        "{column: Level, lookup: {Expert: expert, Novice: basic}}",
    ),
    "else": Help(
        "With `lookup`, for a text that is not in it: `refuse` the row (the default), `keep` the "
        "text, or make it `empty`.",
        "{column: Name, lookup: {Head: Director}, else: keep}",
    ),
    "slug": Help(
        "`true` makes a [slug](#slugs) of the text, or of each item.",
        '{column: Tags, split: ";", slug: true}',
    ),
}

TextTransform: TypeAlias = Callable[[str], str]
Options: TypeAlias = Mapping[str, YamlValue]


def transform_values(
    expression: ColumnExpression, options: Options, location: str
) -> ColumnExpression:
    """The expression with the transforms that a mapping contains for it.

    :param options: values by key of `VALUE_TRANSFORM_KEYS`.
    :raises UnreadableFile: if one of them is invalid.
    """
    transforms = []
    for key, parse in _TEXT_TRANSFORMS.items():
        if key in options:
            transforms.append(parse(options, f"{location}, {key}"))
    separator = expect_text(options.get("split", ""), location)
    makes_slug = options.get("slug") == TRUE
    if not transforms and not separator and not makes_slug:
        return expression
    evaluate = partial(_evaluate_transformed, expression.evaluate, separator, transforms)
    if not makes_slug:
        return expression.with_evaluate(evaluate)
    return ColumnExpression(
        lambda row: _apply(slug, evaluate(row)), expression.columns_read, evaluate
    )


def _evaluate_transformed(
    evaluate: Evaluate, separator: str, transforms: Sequence[TextTransform], row: RowContext
) -> Value:
    """
    :param evaluate: the expression without transforms.
    :param separator: splits its value; empty if the value is not split.
    """
    value = evaluate(row)
    if separator:
        pieces = map(str.strip, as_text(value).split(separator))
        value = list(filter(None, pieces))
    for transform in transforms:
        value = _apply(transform, value)
    return value


def _apply(transform: TextTransform, value: Value) -> Value:
    """The transformed text, or the list of all transformed texts."""
    if isinstance(value, str):
        return transform(value.strip())
    return [transform(item.strip()) for item in value]


def _parse_part(options: Options, location: str) -> TextTransform:
    part = expect_choice(options["part"], location, [FIRST_PARAGRAPH, REST], "part")
    position = 2 if part == REST else 0
    return lambda text: text.partition("\n\n")[position].strip()


def _parse_without(options: Options, location: str) -> TextTransform:
    words = expect_texts(options["without"], location)
    return partial(_remove_first_word, sorted(words, key=len, reverse=True))


def _remove_first_word(words: Sequence[str], text: str) -> str:
    """The text without the first of the words that it begins with."""
    for word in words:
        if text.startswith(f"{word} "):
            return text.removeprefix(word).strip()
    return text.strip()


def _parse_before_last(options: Options, location: str) -> TextTransform:
    separator = expect_text(options["before_last"], location)
    if not separator:
        raise UnreadableFile(location, "expected a character")
    return lambda text: text.rpartition(separator)[0]


def _parse_replace(options: Options, location: str) -> TextTransform:
    """
    :raises UnreadableFile: if a text to replace is empty.
    """
    replacements = expect_text_mapping(options["replace"], location)
    if not all(replacements):
        raise UnreadableFile(location, "expected a character or a word to replace")
    if not replacements:
        return lambda text: text
    longest_first = sorted(replacements, key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, longest_first)))
    return lambda text: pattern.sub(lambda match: replacements[match[0]], text).strip()


def _parse_shorten(options: Options, location: str) -> TextTransform:
    limit = whole_number(expect_text(options["shorten"], location)) or 0
    if limit <= 0:
        raise UnreadableFile(location, "expected a number of characters")
    return partial(_shorten, limit)


def _shorten(limit: int, text: str) -> str:
    """The text up to the last word that fits before an ellipsis; a single word is cut itself."""
    if len(text) <= limit:
        return text
    start = text[:limit]
    words = start.rpartition(" ")[0] or start[:-1]
    return f"{words.rstrip(' ,;:')}…"


def _parse_lookup(options: Options, location: str) -> TextTransform:
    results = {"": ""} | expect_text_mapping(options["lookup"], location)
    fallback = expect_choice(
        options.get("else", REFUSE), location, [REFUSE, KEEP, EMPTY], "way out"
    )
    return partial(_look_up, results, fallback)


def _look_up(results: Mapping[str, str], fallback: str, text: str) -> str:
    """
    :param fallback: `REFUSE`, `KEEP` or `EMPTY`.
    :raises InvalidValueError: if the text is unknown and the fallback is to refuse it.
    """
    if text in results:
        return results[text]
    if fallback == REFUSE:
        known = ", ".join(filter(None, results))
        raise InvalidValueError(f"“{text}” is not one of {known}")
    return text if fallback == KEEP else ""


_TEXT_TRANSFORMS: dict[str, Callable[[Options, str], TextTransform]] = {
    "part": _parse_part,
    "without": _parse_without,
    "before_last": _parse_before_last,
    "replace": _parse_replace,
    "shorten": _parse_shorten,
    "lookup": _parse_lookup,
}
