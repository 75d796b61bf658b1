"""Reads JSON, YAML and the front matter of Markdown files: a record for each element of a path.

The path `topics[].content[]` selects the items of lists, `tracks{}` the values of a mapping. A
record contains the other values next to its element and next to all elements around it:
`topics.name`, `topics.content.level`; `topics.number` counts the items, `tracks.key` is the key. A
list of texts becomes Markdown bullets, other nested values become JSON.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from content.json_format import InvalidJSONError, JSONValue, parse_strict_json
from file_formats.errors import UnreadableFile
from file_formats.text_files import FENCE, read_yaml
from source_files.options import Record, SourceOptions
from source_files.text import read_source_text, replace_html_blocks

#: This module calls itself for each level.
MAX_DEPTH = 50
BODY = "body"
#: The last part of the names of columns that count items or contain keys.
COUNTER_COLUMNS = frozenset(["number", "key"])
LIST, MAPPING = "[]", "{}"
#: A part of a path between two dots, and the steps in it.
_path_part = re.compile(r"[^.\[\]{}]*(?:\[\]|\{\})*")
_path_step = re.compile(r"\[\]|\{\}|[^.\[\]{}]+")
#: A missing value; an empty list or mapping is one.
EMPTY_VALUES = (None, "")


@dataclass(frozen=True)
class Element:
    """A value in the tree with the columns that it and the elements around it have."""

    value: JSONValue
    location: str
    #: Its keys, with dots between them: the prefix of its columns.
    path: str
    columns: dict[str, str]


def parse_path(path: str) -> list[str]:
    """The steps of a path: keys, `LIST` and `MAPPING`.

    :raises ValueError: if the path is not valid.
    """
    if not path:
        return []
    steps: list[str] = []
    for part in path.split("."):
        if not part or not _path_part.fullmatch(part):
            raise ValueError(f"“{part}” in the path “{path}” is not a key followed by [] or {{}}")
        steps += _path_step.findall(part)
    return steps


def read_tree(path: Path, options: SourceOptions) -> Iterator[Record]:
    """The records of a JSON file, or of a YAML file if the file name does not end in json."""
    text = read_source_text(path, options)
    tree: JSONValue
    if path.suffix.lower() == ".json":
        tree = parse_json(text, options.relative_path)
    else:
        tree = read_yaml(text, options.relative_path)
    return records_at_path(tree, options.rows, options.relative_path)


def read_front_matter(path: Path, options: SourceOptions) -> Iterator[Record]:
    """The records of the front matter of a Markdown file.

    The text below it is the column `body`.
    """
    text = read_source_text(path, options)
    front_matter, body, _ = split_front_matter(text, options.relative_path)
    if options.is_html:
        numbered_lines = replace_html_blocks(body.split("\n"), options.note_in_file)
        body = "\n".join(line for _, line in numbered_lines)
    tree: JSONValue = {BODY: body, **front_matter}
    return records_at_path(tree, options.rows, options.relative_path)


def split_front_matter(text: str, file_name: str) -> tuple[dict[str, JSONValue], str, int]:
    """The front matter of a Markdown text, the text below it, and the line where that begins.

    :raises UnreadableFile: if the front matter is not valid YAML or has no end.
    """
    if not text.startswith(FENCE):
        return {}, text, 1
    front_matter, fence, body = f"{text[len(FENCE) - 1 :]}\n".partition(f"\n{FENCE}")
    if not fence:
        raise UnreadableFile(file_name, "the front matter has no end: expected a second --- line")
    values: dict[str, JSONValue] = {}
    if front_matter.strip():
        values = read_yaml(front_matter, file_name)
    return values, body, front_matter.count("\n") + 3


def parse_json(text: str, file_name: str) -> JSONValue:
    """The value of a JSON text, in which numbers stay texts, as they are written.

    :raises UnreadableFile: if the text is not JSON, is nested too deeply, or has a key twice.
    """
    try:
        return parse_strict_json(text, max_depth=MAX_DEPTH, parse_int=str, parse_float=str)
    except InvalidJSONError as error:
        raise UnreadableFile(error.locate(file_name), str(error)) from error


def records_at_path(tree: JSONValue, path: str, file_name: str) -> Iterator[Record]:
    """The records of a tree.

    :param path: the path to the elements that become records; empty for one record of the whole
        tree.
    :raises UnreadableFile: if the path is not valid, or the tree does not have its lists and
        mappings.
    """
    if not path and isinstance(tree, list):
        path = LIST
    try:
        steps = parse_path(path)
    except ValueError as error:
        raise UnreadableFile(file_name, str(error)) from error
    root = _with_columns(Element(tree, file_name, "", {}), steps)
    for element in _elements_at(root, steps):
        yield Record(element.location, dict(element.columns))


def _elements_at(element: Element, steps: Sequence[str]) -> Iterator[Element]:
    """The elements that the steps of a path select below an element."""
    if not steps:
        yield element
        return
    step, *following_steps = steps
    for child in _children(element, step):
        yield from _elements_at(_with_columns(child, following_steps), following_steps)


def _children(element: Element, step: str) -> Iterator[Element]:
    """The elements that one step of a path selects below an element.

    There is none if the element or the value of the key is empty; empty items of a list are
    skipped.

    :raises UnreadableFile: if the step needs a mapping, and the element is something else.
    """
    if element.value in EMPTY_VALUES:
        return
    if step == LIST:
        yield from _list_items(element)
    elif step == MAPPING:
        yield from _mapping_values(element)
    elif not isinstance(element.value, dict):
        raise UnreadableFile(element.location, f"expected a mapping with “{step}”")
    elif element.value.get(step) not in EMPTY_VALUES:
        # Such as ``ladder.json topics[2].content``.
        location = f"{element.location}{'.' if element.path else ' '}{step}"
        path = _column_name(element.path, step)
        yield Element(element.value[step], location, path, element.columns)


def _list_items(element: Element) -> Iterator[Element]:
    """The items of a list that are not empty. YAML files often have one item without a list."""
    number_column = _column_name(element.path, "number")
    items = element.value if isinstance(element.value, list) else [element.value]
    for number, item in enumerate(items, start=1):
        if item not in EMPTY_VALUES:
            columns = {**element.columns, number_column: str(number)}
            yield Element(item, f"{element.location}[{number}]", element.path, columns)


def _mapping_values(element: Element) -> Iterator[Element]:
    """
    :raises UnreadableFile: if the value of the element is not a mapping.
    """
    if not isinstance(element.value, dict):
        raise UnreadableFile(element.location, "expected a mapping")
    key_column = _column_name(element.path, "key")
    for key, item in element.value.items():
        columns = {**element.columns, key_column: key}
        yield Element(item, f"{element.location}[{key}]", element.path, columns)


def _column_name(path: str, name: str) -> str:
    """The name of a column; at the top of the file there is no path before it."""
    if not path:
        return name
    return f"{path}.{name}"


def _with_columns(element: Element, steps: Sequence[str]) -> Element:
    """The element with columns for its own values.

    The value that the path goes on into is left out: it has records of its own.
    """
    next_step = next(iter(steps), None)
    if next_step in (LIST, MAPPING):
        return element
    columns = dict(element.columns)
    if isinstance(element.value, dict):
        for key, value in element.value.items():
            if key != next_step:
                columns[_column_name(element.path, key)] = _as_text(value)
    elif not steps:
        columns[element.path or "value"] = _as_text(element.value)
    return replace(element, columns=columns)


def _as_text(value: JSONValue) -> str:
    """A value as the text of a column: lists of texts become bullets, other nested values JSON."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    is_nested = isinstance(value, list) and any(isinstance(item, list | dict) for item in value)
    if not isinstance(value, list) or is_nested:
        # Also true and false.
        return json.dumps(value, ensure_ascii=False)
    bullets = []
    for text in filter(None, map(_as_text, value)):
        indented = text.replace("\n", "\n  ")
        bullets.append(f"- {indented}")
    return "\n".join(bullets)
