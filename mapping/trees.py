"""Reads trees as records: one for each element of a path.

Trees are JSON, YAML, or the front matter of Markdown files.

The path `topics[].content[]` walks lists, `tracks{}` walks the values of a mapping. A record holds
what stands beside its element and beside all elements above it: `topics.name`,
`topics.content.level`; `topics.number` counts, and `tracks.key` is the key. A list of texts reads
as Markdown bullets, what is nested further as JSON.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mapping.records import Record, SourceOptions
from mapping.text_layers import without_html
from mapping.texts import source_text
from packs.errors import UnreadableFile
from packs.reading import FENCE, read_yaml

#: Deeper trees are none of a framework's; the parser of JSON calls itself for every step down.
DEPTH = 50
TOO_DEEP = "nested too deeply"
BODY = "body"
_step = re.compile(r"([^.\[\]{}]*)((?:\[\]|\{\})*)")


@dataclass(frozen=True)
class Step:
    """One part of a path.

    It has the key it goes to, and whether it walks the list or the mapping that it finds there.
    """

    key: str
    walks: str = ""


@dataclass(frozen=True)
class Element:
    """Something in the tree, where it stands, and the columns that it and those above it give."""

    value: Any
    place: str
    path: str
    columns: dict[str, str]


def parse_path(path: str) -> list[Step]:
    """The steps of a path.

    :raises ValueError: if it is none.
    """
    steps = []
    for part in path.split(".") if path else []:
        found = _step.fullmatch(part)
        if not found or not part:
            raise ValueError(
                f"“{part}” in the path “{path}” is not a key with [] or {{}} behind it"
            )
        key, walks = found.groups()
        pairs = [walks[at : at + 2] for at in range(0, len(walks), 2)]
        steps += (
            [Step(key)]
            if not pairs
            else [Step(key, pairs[0]), *(Step("", pair) for pair in pairs[1:])]
        )
    return steps


def read_tree(path: Path, options: SourceOptions) -> Iterator[Record]:
    """The records of a file of JSON or YAML, whichever its name ends in."""
    text = source_text(path, options)
    tree = (
        parse_json(text, options.place)
        if path.suffix.lower() == ".json"
        else read_yaml(text, options.place)
    )
    return walk(tree, options.rows, options.place)


def read_front_matter(path: Path, options: SourceOptions) -> Iterator[Record]:
    """The records of a Markdown file's front matter.

    The text below it is the `body` of the whole.
    """
    front, body, _ = split_front_matter(source_text(path, options), options.place)
    if options.is_html:
        body = "\n".join(line for _, line in without_html(body.split("\n"), options.note_here))
    return walk({BODY: body} | front, options.rows, options.place)


def split_front_matter(text: str, place: str) -> tuple[dict[str, Any], str, int]:
    """The front matter of a Markdown text, which may have none.

    With it come the text below it, and the line where that begins.

    :raises Unreadable: if the front matter is not YAML or does not end.
    """
    if not text.startswith(FENCE):
        return {}, text, 1
    front, fence, body = f"{text[len(FENCE) - 1 :]}\n".partition(f"\n{FENCE}")
    if not fence:
        raise UnreadableFile(place, "the front matter has no end: expected a second line of ---")
    values = read_yaml(front, place) if front.strip() else {}
    return values, body, front.count("\n") + 3


def parse_json(text: str, place: str) -> Any:
    """What a JSON text holds, every number as it is written.

    :raises Unreadable: if it is not JSON, nested too deeply, or says a key twice.
    """
    try:
        tree = json.loads(
            text,
            object_pairs_hook=_without_repeats,
            parse_int=str,
            parse_float=str,
            parse_constant=_refuse_constant,
        )
        _refuse_depth(tree, DEPTH)
    except json.JSONDecodeError as error:
        raise UnreadableFile(f"{place} line {error.lineno}", f"not JSON ({error.msg})") from error
    except ValueError as error:
        raise UnreadableFile(place, str(error)) from error
    except RecursionError as error:
        raise UnreadableFile(place, TOO_DEEP) from error
    return tree


def walk(tree: Any, rows: str, place: str) -> Iterator[Record]:
    """The records of a tree, each with its place.

    :param rows: the path to the elements that are one record each; empty for one record of the
        whole tree.
    :raises Unreadable: if the tree is not as the path says.
    """
    steps = parse_path(rows or ("[]" if isinstance(tree, list) else ""))
    root = Element(tree, place, "", {})
    for element in _walk(_described(root, steps), steps):
        yield Record(element.place, dict(element.columns))


def _walk(element: Element, steps: list[Step]) -> Iterator[Element]:
    if not steps:
        yield element
        return
    for below in _below(element, steps[0]):
        yield from _walk(_described(below, steps[1:]), steps[1:])


def _below(element: Element, step: Step) -> Iterator[Element]:
    """The elements that one step leads to.

    None where the key is missing or holds nothing, or for a gap in a list.
    """
    path = ".".join(filter(None, [element.path, step.key]))
    place = (
        f"{element.place}{'.' if element.path and step.key else ' ' if step.key else ''}{step.key}"
    )
    value = _held(element, step.key)
    if _is_nothing(value):
        return
    if not step.walks:
        yield Element(value, place, path, element.columns)
    elif step.walks == "[]":
        # A list of one is often written without its brackets.
        for number, item in enumerate(value if isinstance(value, list) else [value], start=1):
            columns = element.columns | {_named(path, "number"): str(number)}
            if not _is_nothing(item):
                yield Element(item, f"{place}[{number}]", path, columns)
    elif not isinstance(value, dict):
        raise UnreadableFile(place, "expected a mapping")
    else:
        for key, item in value.items():
            yield Element(
                item, f"{place}[{key}]", path, element.columns | {_named(path, "key"): key}
            )


def _is_nothing(value: Any) -> bool:
    return value is None or value == ""


def _held(element: Element, key: str) -> Any:
    if not key:
        return element.value
    if _is_nothing(element.value):
        return None
    if not isinstance(element.value, dict):
        raise UnreadableFile(element.place, f"expected a mapping with “{key}”")
    return element.value.get(key)


def _described(element: Element, steps: list[Step]) -> Element:
    """The element with the columns that it gives itself.

    What the path goes on into stands in records of its own.
    """
    ahead = steps[0].key if steps else None
    columns = dict(element.columns)
    if isinstance(element.value, dict) and ahead != "":
        columns |= {
            _named(element.path, key): _text(held)
            for key, held in element.value.items()
            if key != ahead
        }
    elif not steps:
        columns[element.path or "value"] = _text(element.value)
    return Element(element.value, element.place, element.path, columns)


def _text(value: Any) -> str:
    """A value as a cell.

    Texts stay, lists of texts become bullets, and what is nested further stays JSON.
    """
    if isinstance(value, list) and not any(isinstance(item, list | dict) for item in value):
        return "\n".join(f"- {_text(item)}".replace("\n", "\n  ") for item in value if _text(item))
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _named(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the key “{twice}” stands twice")
    return found


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is not a number")


def _refuse_depth(value: Any, left: int) -> None:
    if not left:
        raise ValueError(TOO_DEEP)
    for below in (
        value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    ):
        _refuse_depth(below, left - 1)
