"""Reads text files and YAML, with limits and with errors that name the location."""

import os
from collections.abc import Hashable, Iterable
from pathlib import Path
from typing import Any

import yaml
from django.core.exceptions import ValidationError

from content.fields import validate_storable
from file_formats.errors import UnreadableFile
from file_formats.yaml_problems import ANCHORS_AND_TAGS, yaml_problem

FENCE = "---\n"
#: Levels of nesting in YAML, more than any row of a pack has. The C parser of PyYAML recurses, and
#: very deep nesting would crash the process.
MAX_YAML_DEPTH = 20
#: Keys, values, lists and mappings of one YAML text. A zip of a few kilobytes can contain millions.
MAX_YAML_VALUES = 200_000
#: The notations of YAML for null, if they are not quoted.
YAML_NULLS = {"~", "null", "Null", "NULL"}


def display_name(path: Path) -> str:
    """The name of a file or folder, even if the path is ``.``. Undecodable bytes are replaced."""
    return os.fsencode(os.path.basename(os.path.abspath(path))).decode(errors="replace")


class _RefusedYAML(Exception):
    """YAML that PyYAML could read and packs do not use.

    :ivar line: where it is, from 0.
    """

    def __init__(self, reason: str, line: int) -> None:
        self.reason = reason
        self.line = line
        super().__init__(reason)


class TextLoader(yaml.CBaseLoader):
    """Loads every scalar of YAML as a text, null as an empty one, and refuses duplicate keys."""

    def construct_scalar(self, node: yaml.ScalarNode) -> str:
        if not node.style and node.value in YAML_NULLS:
            return ""
        return str(super().construct_scalar(node))

    def construct_mapping(
        self, node: yaml.MappingNode, deep: bool = False
    ) -> dict[Hashable, object]:
        """The mapping of a node.

        :raises _RefusedYAML: with the line of a key that appears a second time.
        """
        names = set()
        for key, _ in node.value:
            name = str(key.value)
            if name in names:
                raise _RefusedYAML(f"the key “{name[:80]}” appears twice", key.start_mark.line)
            names.add(name)
        return super().construct_mapping(node, deep)


def read_yaml(text: str, location: str, *, first_line: int = 1) -> dict[str, Any]:
    """The mapping in a YAML text.

    :param first_line: the line of the file in which the text begins.
    :raises UnreadableFile: with the line, if the text is not a mapping or is not accepted.
    """
    try:
        _validate_yaml_events(yaml.parse(text, TextLoader))
        value = yaml.load(text, TextLoader)  # noqa: S506 - the loader constructs only texts
    except _RefusedYAML as error:
        raise UnreadableFile(f"{location} line {error.line + first_line}", error.reason) from error
    except yaml.YAMLError as error:
        reason, line = yaml_problem(error, text)
        raise UnreadableFile(f"{location} line {line + first_line}", reason) from error
    if not isinstance(value, dict):
        raise UnreadableFile(location, "expected a mapping")
    validate_texts(value, location)
    return value


def _validate_yaml_events(events: Iterable[yaml.Event]) -> None:
    """Refuse what makes a small file large or deep before it is loaded.

    :raises _RefusedYAML: with the line.
    """
    depth = 0
    for number, event in enumerate(events):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        problem = _yaml_problem(event, number, depth)
        if problem:
            raise _RefusedYAML(problem, event.start_mark.line)  # type: ignore[union-attr]


def _yaml_problem(event: yaml.Event, number: int, depth: int) -> str:
    """Why an event is refused; empty if it is not.

    :param number: how many events came before it.
    :param depth: how many lists and mappings are open.
    """
    if getattr(event, "anchor", None) or getattr(event, "tag", None):
        return ANCHORS_AND_TAGS
    if number > MAX_YAML_VALUES:
        return f"more than {MAX_YAML_VALUES:,} values"
    if depth > MAX_YAML_DEPTH:
        return "nested too deeply"
    return ""


def validate_texts(written: object, location: str) -> None:
    """
    :param written: a text, or nested lists and mappings of texts.
    :raises UnreadableFile: if any text has characters that no database stores.
    """
    if isinstance(written, str):
        try:
            validate_storable(written)
        except ValidationError as error:
            raise UnreadableFile(location, error.messages[0]) from error
    elif isinstance(written, dict):
        validate_texts([*written, *written.values()], location)
    elif isinstance(written, list):
        for item in written:
            validate_texts(item, location)


def read_text(path: Path, location: str, encoding: str = "UTF-8") -> str:
    """The content of a text file with any line ends, without its byte order mark.

    :raises UnreadableFile: with the line, if the file is not in this encoding.
    """
    try:
        return path.read_text("utf-8-sig" if encoding == "UTF-8" else encoding)
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise UnreadableFile(f"{location} line {line}", f"not {encoding}") from error
    except UnicodeError as error:
        raise UnreadableFile(location, f"not {encoding}") from error
    except OSError as error:
        raise UnreadableFile(location, "cannot be read") from error
