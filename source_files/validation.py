"""Checks of the values in a mapping file.

Each function returns the value with the type that its name says, or raises `UnreadableFile` with
the location in the mapping and the reason.
"""

from collections.abc import Collection, Iterable
from difflib import get_close_matches
from typing import NamedTuple, TypeAlias

from file_formats.errors import UnreadableFile

#: What `read_yaml` returns: every scalar is text.
YamlValue: TypeAlias = "str | list[YamlValue] | dict[str, YamlValue]"
#: The value that a mapping makes for a column: one text or several.
Value: TypeAlias = "str | list[str]"

TRUE, FALSE = "true", "false"


def as_list(value: Value) -> list[str]:
    """A value as a list; a single text becomes a list of one."""
    return [value] if isinstance(value, str) else value


class InvalidValueError(ValueError):
    """A value of a source that a mapping cannot use; the message is ready to show."""


class Help(NamedTuple):
    """What docs/mapping.md says of one key of the language, in Markdown."""

    meaning: str
    example: str = ""


def expect_mapping(value: YamlValue, location: str) -> dict[str, YamlValue]:
    """A mapping with any keys."""
    if not isinstance(value, dict):
        raise UnreadableFile(location, "expected a mapping")
    return value


def expect_keys(
    value: YamlValue, location: str, known: Collection[str], required: Iterable[str] = ()
) -> dict[str, YamlValue]:
    """A mapping with known keys only, and with the required ones."""
    mapping = expect_mapping(value, location)
    for key in mapping:
        expect_choice(key, location, known, "key")
    for key in required:
        if key not in mapping:
            raise UnreadableFile(location, f"“{key}” is missing")
    return mapping


def expect_list(value: YamlValue, location: str) -> list[YamlValue]:
    """A list of any values."""
    if not isinstance(value, list):
        raise UnreadableFile(location, "expected a list")
    return value


def expect_text(value: YamlValue, location: str) -> str:
    """A text, which may be empty."""
    if not isinstance(value, str):
        raise UnreadableFile(location, "expected a text")
    return value


def expect_texts(value: YamlValue, location: str) -> list[str]:
    """A list of texts; a single text counts as a list of one."""
    if isinstance(value, str):
        return [value]
    if not isinstance(value, list):
        raise UnreadableFile(location, "expected a text or a list of texts")
    return [expect_text(item, location) for item in value]


def expect_text_mapping(value: YamlValue, location: str) -> dict[str, str]:
    """A mapping from texts to texts."""
    texts = {}
    for key, item in expect_mapping(value, location).items():
        texts[key] = expect_text(item, f"{location}, {key}")
    return texts


def expect_choice(value: YamlValue, location: str, choices: Collection[str], kind: str) -> str:
    """One of the choices. The message suggests the most similar one.

    :param kind: what the choices are, for the message, such as “column”.
    """
    name = expect_text(value, location)
    if name in choices:
        return name
    similar = get_close_matches(name, choices, 1)
    if similar:
        hint = f"did you mean “{similar[0]}”?"
    else:
        hint = f"there are {', '.join(sorted(choices)) or 'none'}"
    raise UnreadableFile(location, f"there is no {kind} “{name}”; {hint}")


def expect_flag(value: YamlValue, location: str) -> bool:
    """Whether the value is ``true``; the other choice is ``false``."""
    return expect_choice(value, location, [TRUE, FALSE], "answer") == TRUE
