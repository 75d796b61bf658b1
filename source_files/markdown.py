"""Reads Markdown files: a record for each heading, list item, paragraph, quote, code and table row.

Only Markdown is interpreted. Liquid, MDX and placeholders stay as they are in the file; blocks of
HTML do unless the mapping asks to convert them.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from content.fields import LINE_LENGTH
from file_formats.errors import UnreadableFile
from source_files.json_yaml import records_at_path, split_front_matter
from source_files.markup import markdown_to_line
from source_files.options import Record, SourceOptions
from source_files.text import (
    mark_bullets_and_headings,
    read_source_text,
    replace_html_blocks,
)

#: Pages of frameworks have some ten thousand characters; the parser needs seconds for the worst
#: text of a million.
MAX_LENGTH = 256 * 1024
#: The parser searches for the end of a link from each opening bracket.
MAX_BRACKETS = 20_000
LIST_TYPES = {"bullet_list", "ordered_list"}
BLOCK_KINDS = {
    "heading": "heading",
    "paragraph": "paragraph",
    "blockquote": "quote",
    "fence": "code",
    "code_block": "code",
    "html_block": "html",
}
#: Blocks that usually belong to the item or paragraph before or after them.
ATTACHED_KINDS = {"code", "html", "row"}
#: The columns for the neighbors of a block: the distance, and the kinds that count.
NEIGHBORS: dict[str, tuple[int, Collection[str]]] = {
    "before": (-1, ATTACHED_KINDS),
    "after": (1, ATTACHED_KINDS),
    "next": (1, {"paragraph"}),
}
HEADING_LEVELS = range(1, 7)
#: The columns of every block, with their meaning for docs/mapping.md. Other columns (`cell.…`,
#: `front.…`) have names from the file.
BLOCK_COLUMNS = {
    "kind": "`heading`, `item`, `paragraph`, `quote`, `code`, `html` or `row`",
    "text": "the block as Markdown; of a list item without its marker and without inner lists",
    "title": "the same as plain text on one line, cut to the length of a title",
    "label": "a word of `labels` that the text began with; `text` is what follows its colon",
    "number": "the number of the block in the file",
    "level": "the level of a heading",
    "h1": "the heading of level 1 that the block is below",
    "h2": "the same for level 2",
    "h3": "the same for level 3",
    "h4": "the same for level 4",
    "h5": "the same for level 5",
    "h6": "the same for level 6",
    "heading": "the nearest of these headings",
    "heading.level": "its level",
    "depth": "how many list items a list item is inside of",
    "parent": "the title of the list item around a list item",
    "top": "the title of the outermost list item",
    "before": "the block of code, HTML or table row directly before the block",
    "after": "the block of code, HTML or table row directly after the block",
    "next": "the paragraph directly after the block",
    "script": "of a heading: the text up to the next heading or list item",
    "body": "of a heading: the text up to the next heading",
    "section": "of a heading: the text up to the next heading of the same or a higher level",
}
_colon = re.compile("[:：]")
_item_marker = re.compile(r"\s*(?:[-*+]|\d+[.)])(?:[ \t]+|$)")


@dataclass
class Block:
    """A part of the text, from line `start` to the line before `end`."""

    kind: str
    start: int
    end: int
    text: str
    level: int = 0
    #: Of a table row: texts by column name.
    cells: dict[str, str] = field(default_factory=dict)
    #: Of a list item: the items around it, the outermost first.
    ancestors: tuple["Block", ...] = ()


def _ends_script(heading: Block, other: Block) -> bool:
    return other.kind in ("heading", "item")


def _ends_body(heading: Block, other: Block) -> bool:
    return other.kind == "heading"


def _ends_section(heading: Block, other: Block) -> bool:
    return other.kind == "heading" and other.level <= heading.level


#: The columns for the text below a heading, and at which block each ends.
TEXT_BELOW: dict[str, Callable[[Block, Block], bool]] = {
    "script": _ends_script,
    "body": _ends_body,
    "section": _ends_section,
}


def read_blocks(path: Path, options: SourceOptions) -> Iterator[Record]:
    """The records of a Markdown file. Its front matter is in columns of all: `front.title`.

    :raises UnreadableFile: if the file is too long, has too many brackets, or its front matter is
        invalid.
    """
    text = read_source_text(path, options)
    front_matter, body, first_line = split_front_matter(text, options.relative_path)
    front_columns = {}
    for record in records_at_path(front_matter, "", ""):
        for name, value in record.values.items():
            front_columns[f"front.{name}"] = value
    if len(body) > MAX_LENGTH:
        reason = f"more than {MAX_LENGTH // 1024} kB of Markdown"
        raise UnreadableFile(options.relative_path, reason)
    if body.count("[") > MAX_BRACKETS:
        raise UnreadableFile(options.relative_path, f"more than {MAX_BRACKETS:,} opening brackets")
    lines = mark_bullets_and_headings(body.split("\n"), options.bullets, options.headings)
    numbers: Sequence[int] = range(len(lines))
    if options.is_html:
        numbered_lines = list(replace_html_blocks(lines, options.note_in_file))
        numbers = [number for number, _ in numbered_lines]
        lines = [line for _, line in numbered_lines]
    for index, columns in block_columns(lines, options.labels):
        location = f"{options.relative_path} line {numbers[index] + first_line}"
        yield Record(location, {**front_columns, **columns})


def block_columns(
    lines: Sequence[str], labels: Sequence[str] = ()
) -> Iterator[tuple[int, dict[str, str]]]:
    """The columns of each block, with the index of its first line.

    :param labels: words that go to the column `label` if a text begins with one and a colon, as in
        “If yes: how did you solve it?”
    """
    blocks = list(_parse_blocks(lines))
    headings: dict[int, str] = {}
    for index, block in enumerate(blocks):
        if block.kind == "heading":
            headings = {level: text for level, text in headings.items() if level < block.level}
            headings[block.level] = _title(block, ())
        yield (
            block.start,
            {
                **_heading_columns(headings),
                **_own_columns(block, labels),
                **_neighbor_columns(blocks, index, lines),
                "number": str(index + 1),
            },
        )


def _heading_columns(headings: dict[int, str]) -> dict[str, str]:
    """The columns for the headings that a block is below.

    :param headings: texts by level.
    """
    columns = {f"h{level}": headings.get(level, "") for level in HEADING_LEVELS}
    nearest_level = max(headings, default=0)
    columns["heading"] = headings.get(nearest_level, "")
    columns["heading.level"] = str(nearest_level)
    return columns


def _own_columns(block: Block, labels: Sequence[str]) -> dict[str, str]:
    """The columns that depend on the block and on the list items around it."""
    label, text = split_label(block.text, labels)
    columns = {
        "kind": block.kind,
        "level": str(block.level),
        "depth": str(len(block.ancestors)),
        "label": label,
        "text": text,
        "title": _title(block, labels),
        "parent": "",
        "top": _title(block, labels),
    }
    if block.ancestors:
        columns["parent"] = _title(block.ancestors[-1], labels)
        columns["top"] = _title(block.ancestors[0], labels)
    for name, cell in block.cells.items():
        columns[f"cell.{name}"] = cell
    return columns


def _title(block: Block, labels: Sequence[str]) -> str:
    """The text of a block on one line that fits a title."""
    _, text = split_label(block.text, labels)
    return markdown_to_line(text, LINE_LENGTH)


def split_label(text: str, labels: Iterable[str]) -> tuple[str, str]:
    """The label at the beginning of a text, empty if there is none, and the text without it."""
    start, colon, rest = _partition_at_colon(text)
    labels_by_key = {label.casefold(): label for label in labels}
    label = labels_by_key.get(start.strip("*_ ").casefold(), "")
    if not colon or not label:
        return "", text
    return label, _without_open_emphasis(start, rest.strip())


def _partition_at_colon(text: str) -> tuple[str, str, str]:
    """As `str.partition` does, at an ASCII or a full-width colon."""
    match = _colon.search(text)
    if not match:
        return text, "", ""
    return text[: match.start()], match[0], text[match.end() :]


def _without_open_emphasis(label: str, text: str) -> str:
    """The text without the end of an emphasis that began before the label: `**Junior:** Text`."""
    marks = label[: len(label) - len(label.lstrip("*_"))]
    if not marks or label.endswith(marks):
        return text
    if text.startswith(marks):
        return text.removeprefix(marks).strip()
    return text.removesuffix(marks).strip()


def _neighbor_columns(blocks: Sequence[Block], index: int, lines: Sequence[str]) -> dict[str, str]:
    """The texts next to a block or, if it is a heading, below it."""
    columns = dict.fromkeys([*NEIGHBORS, *TEXT_BELOW], "")
    block = blocks[index]
    if block.kind == "heading":
        for name, is_end in TEXT_BELOW.items():
            end = _find_end(blocks, index, is_end) or len(lines)
            columns[name] = "\n".join(lines[block.end : end]).strip()
        return columns
    for name, (distance, kinds) in NEIGHBORS.items():
        neighbor_index = index + distance
        if 0 <= neighbor_index < len(blocks) and blocks[neighbor_index].kind in kinds:
            columns[name] = blocks[neighbor_index].text
    return columns


def _find_end(
    blocks: Sequence[Block], index: int, is_end: Callable[[Block, Block], bool]
) -> int | None:
    """The line at which the text below a heading ends; None at the end of the file."""
    for other_index in range(index + 1, len(blocks)):
        if is_end(blocks[index], blocks[other_index]):
            return blocks[other_index].start
    return None


def _parse_blocks(lines: Sequence[str]) -> Iterator[Block]:
    """The blocks of a text in their order; the items of a list before their inner lists."""
    parser = MarkdownIt("commonmark", {"html": True}).enable("table")
    root = SyntaxTreeNode(parser.parse("\n".join(lines)))
    for node in root.children:
        if node.type in LIST_TYPES:
            yield from _list_items(node, lines, ())
        elif node.type == "table":
            yield from _table_rows(node)
        elif node.type == "heading":
            yield _heading(node)
        elif node.type in BLOCK_KINDS:
            start, end = _line_range(node)
            yield Block(BLOCK_KINDS[node.type], start, end, "\n".join(lines[start:end]).strip())


def _heading(node: SyntaxTreeNode) -> Block:
    start, end = _line_range(node)
    level = int(node.tag.removeprefix("h"))
    return Block("heading", start, end, _inline_text(node), level)


def _list_items(
    node: SyntaxTreeNode, lines: Sequence[str], ancestors: tuple[Block, ...]
) -> Iterator[Block]:
    """The items of a list and of the lists inside it."""
    for item in node.children:
        start, end = _line_range(item)
        inner_lists = [child for child in item.children if child.type in LIST_TYPES]
        text = _item_text(item, inner_lists, lines)
        block = Block("item", start, end, text, ancestors=ancestors)
        yield block
        for inner_list in inner_lists:
            yield from _list_items(inner_list, lines, (*ancestors, block))


def _item_text(
    item: SyntaxTreeNode, inner_lists: Sequence[SyntaxTreeNode], lines: Sequence[str]
) -> str:
    """The lines of an item without its marker, its indentation and the lists inside it."""
    start, end = _line_range(item)
    marker = _item_marker.match(lines[start])
    indent = marker.end() if marker else 0
    item_lines = [lines[start][indent:]]
    for line in lines[start + 1 : end]:
        item_lines.append(_dedent(line, indent))
    # From the end, so that the indexes of the lists before stay valid.
    for inner_list in reversed(inner_lists):
        inner_start, inner_end = _line_range(inner_list)
        item_lines[inner_start - start : inner_end - start] = [""]
    return "\n".join(item_lines).strip()


def _dedent(line: str, indent: int) -> str:
    """The line without its indentation, of which at most `indent` characters are removed."""
    line_indent = len(line) - len(line.lstrip())
    return line[min(indent, line_indent) :]


def _table_rows(table: SyntaxTreeNode) -> Iterator[Block]:
    """The rows below the header of a table."""
    header, *bodies = table.children
    names = [_inline_text(cell) for cell in header.children[0].children]
    for body in bodies:
        for row in body.children:
            start, end = _line_range(row)
            texts = [_inline_text(cell) for cell in row.children]
            cells = dict(zip(names, texts, strict=False))
            yield Block("row", start, end, " | ".join(texts), cells=cells)


def _inline_text(node: SyntaxTreeNode) -> str:
    """The Markdown inside a heading or a cell."""
    return node.children[0].content if node.children else ""


def _line_range(node: SyntaxTreeNode) -> tuple[int, int]:
    assert node.map is not None, "block nodes have line numbers"
    return node.map
