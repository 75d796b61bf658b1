"""Reads the files of a pack into raw rows, each with its place. It knows no model and writes nothing."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from content.packs.tables import Table

FENCE = "---\n"


class Unreadable(Exception):
    """A file of the pack that cannot be read; the message names the place and the reason."""

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(f"{place}: {reason}")
        self.place = place
        self.reason = reason


@dataclass(frozen=True)
class RawRow:
    """One row as it is written: texts, lists and mappings, nothing converted."""

    table: Table
    place: str
    values: dict[str, Any]


class PlainLoader(yaml.CBaseLoader):
    """YAML without surprises: every scalar is text, no aliases, no key twice."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("aliases are not used in packs")
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [key.value for key, _ in node.value]
        twice = [key for key in keys if keys.count(key) > 1]
        if twice:
            raise yaml.constructor.ConstructorError(None, None, f"the key “{twice[0]}” stands twice", node.start_mark)
        return super().construct_mapping(node, deep)


def read_yaml(text: str, place: str) -> dict[str, Any]:
    """The mapping that a YAML text holds."""
    try:
        loaded = yaml.load(text, PlainLoader)  # noqa: S506 - a loader that makes nothing but text
    except yaml.YAMLError as error:
        raise Unreadable(place, str(error)) from error
    if not isinstance(loaded, dict):
        raise Unreadable(place, "expected a mapping")
    return loaded


def read_text(path: Path, place: str) -> str:
    """A text file: UTF-8, with or without a byte order mark."""
    try:
        return path.read_text("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise Unreadable(place, f"not UTF-8 (byte {error.start})") from error


def read_rows(folder: Path, table: Table) -> Iterator[RawRow]:
    """All rows of one table: those of its CSV file, then those of its Markdown files by name."""
    sheet = folder / f"{table.name}.csv"
    if sheet.is_file():
        yield from _read_csv(sheet, table)
    for path in sorted((folder / table.name).rglob("*.md")):
        yield _read_markdown(path, folder, table)


def _read_csv(path: Path, table: Table) -> Iterator[RawRow]:
    lines = csv.reader(read_text(path, path.name).splitlines(keepends=True), strict=True)
    try:
        header = next(lines, [])
        for cells in lines:
            place = f"{path.name} line {lines.line_num}"
            if len(cells) != len(header):
                raise Unreadable(place, f"{len(cells)} cells under {len(header)} columns")
            yield RawRow(table, place, dict(zip(header, cells, strict=True)))
    except csv.Error as error:
        raise Unreadable(f"{path.name} line {lines.line_num}", str(error)) from error


def _read_markdown(path: Path, folder: Path, table: Table) -> RawRow:
    place = path.relative_to(folder).as_posix()
    text = read_text(path, place)
    opening, _, rest = text.partition(FENCE)
    front, fence, body = rest.partition(f"\n{FENCE}")
    if opening or not fence:
        raise Unreadable(place, "expected front matter between two lines of ---")
    values = read_yaml(front, place)
    values.setdefault("id", path.stem)
    if table.parent:
        values.setdefault(table.parent, path.parent.name)
    if body.strip():
        values[table.body] = body.strip()
    return RawRow(table, place, values)
