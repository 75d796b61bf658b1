"""Reads Markdown as records.

There is one for each heading, list item, paragraph, quote, code block and table row.

A record knows the headings above it (`h1` … `h6`) and, in a list, the items above it (`parent`,
`top`). Its `text` is the Markdown as it stands there; `title` the same in plain letters. Nothing is
interpreted but Markdown: Liquid, MDX, placeholders and HTML stay as they are written.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from content.fields import LINE_LENGTH
from mapping.plain import plain_line
from mapping.records import Record, SourceOptions
from mapping.text_layers import with_marks, without_html
from mapping.texts import source_text
from mapping.trees import split_front_matter, walk
from packs.errors import UnreadableFile

#: In letters: pages of frameworks have a few ten thousand, and the parser takes seconds for the
#: worst million.
LARGEST = 256 * 1024
LISTS = {"bullet_list", "ordered_list"}
KINDS = {
    "heading": "heading",
    "paragraph": "paragraph",
    "blockquote": "quote",
    "fence": "code",
    "code_block": "code",
    "html_block": "html",
}
#: Blocks that belong to the item or paragraph before or behind them rather than standing for
#: themselves.
ATTACHED = {"code", "html", "row"}
#: What a record knows of the blocks next to it: how far away, and of which kinds.
BESIDE = {"before": (-1, ATTACHED), "after": (1, ATTACHED), "next": (1, {"paragraph"})}
#: Columns that say where a text stands, or the same text in another measure; all others hold more.
STRUCTURE = frozenset(
    [
        *(f"h{level}" for level in range(1, 7)),
        "kind",
        "level",
        "depth",
        "label",
        "text",
        "title",
        "parent",
        "top",
    ]
    + ["heading", "heading.level", "before", "after", "next", "script", "body", "section", "number"]
)
_colon = re.compile("[:：]")
_marker = re.compile(r"\s*(?:[-*+]|\d+[.)])(?:[ \t]+|$)")


@dataclass
class Block:
    """A piece of the text, from line `start` to the line before `end`."""

    kind: str
    start: int
    end: int
    text: str
    level: int = 0
    cells: dict[str, str] = field(default_factory=dict)
    above: tuple["Block", ...] = ()


#: Where the text ends that stands below a heading, in three measures.
BELOW: dict[str, Callable[[Block, Block], bool]] = {
    "script": lambda heading, other: other.kind in ("heading", "item"),
    "body": lambda heading, other: other.kind == "heading",
    "section": lambda heading, other: other.kind == "heading" and other.level <= heading.level,
}


def read_outline(path: Path, options: SourceOptions) -> Iterator[Record]:
    """The records of a Markdown file.

    What its front matter says is a column of all: `front.title`.
    """
    front, body, first = split_front_matter(source_text(path, options), options.place)
    same = {
        f"front.{name}": value
        for record in walk(front, "", "")
        for name, value in record.values.items()
    }
    if len(body) > LARGEST:
        raise UnreadableFile(options.place, f"more than {LARGEST // 1024} kB of Markdown")
    marked = with_marks(body.split("\n"), options.bullets, options.headings)
    numbers, lines = zip(
        *(without_html(marked, options.note_here) if options.is_html else enumerate(marked)),
        strict=True,
    )
    for at, columns in outline(lines, options.labels):
        yield Record(f"{options.place} line {numbers[at] + first}", same | columns)


def outline(
    lines: Sequence[str], labels: Sequence[str] = ()
) -> Iterator[tuple[int, dict[str, str]]]:
    """The records of lines of Markdown, each with the number of its first line, from 0.

    :param labels: words that, with a colon behind them, are not part of a text but go before it
        into `label`: “If yes: how did you solve it?”
    """
    blocks = list(_blocks(lines))
    headings: dict[int, str] = {}
    for number, block in enumerate(blocks):
        if block.kind == "heading":
            headings = {level: title for level, title in headings.items() if level < block.level}
            headings[block.level] = _title(block, ())
        columns = {f"h{level}": headings.get(level, "") for level in range(1, 7)}
        nearest = max(headings, default=0)
        columns |= {"heading": headings.get(nearest, ""), "heading.level": str(nearest)}
        columns |= _columns(block, labels) | _around(blocks, number, lines)
        yield block.start, columns | {"number": str(number + 1)}


def _columns(block: Block, labels: Sequence[str]) -> dict[str, str]:
    """What a block says itself."""
    label, text = split_label(block.text, labels)
    return {
        "kind": block.kind,
        "level": str(block.level),
        "depth": str(len(block.above)),
        "label": label,
        "text": text,
        "title": _title(block, labels),
        "parent": _title(block.above[-1], labels) if block.above else "",
        "top": _title(block.above[0] if block.above else block, labels),
        **{f"cell.{name}": cell for name, cell in block.cells.items()},
    }


def _title(block: Block, labels: Sequence[str]) -> str:
    """Its text in plain letters, short enough for a title."""
    return plain_line(split_label(block.text, labels)[1], LINE_LENGTH)


def split_label(text: str, labels: Iterable[str]) -> tuple[str, str]:
    """The label that the text begins with, if it is one of these, and the text without it."""
    begin, *rest = _colon.split(text, maxsplit=1)
    known = {label.casefold(): label for label in labels}
    label = known.get(begin.strip("*_ ").casefold(), "") if rest else ""
    return (label, _without_marks(begin, rest[0].strip())) if label else ("", text)


def _without_marks(begin: str, text: str) -> str:
    """Text without the end of an emphasis that began before its label and did not end with it."""
    marks = begin[: len(begin) - len(begin.lstrip("*_"))]
    if not marks or begin.endswith(marks):
        return text
    return (
        text.removeprefix(marks) if text.startswith(marks) else text.removesuffix(marks)
    ).strip()


def _around(blocks: Sequence[Block], number: int, lines: Sequence[str]) -> dict[str, str]:
    """What stands next to a block, and below it if it is a heading."""
    block = blocks[number]
    if block.kind != "heading":
        found = {
            name: _text_of(blocks, number + step, kinds) for name, (step, kinds) in BESIDE.items()
        }
        return found | dict.fromkeys(BELOW, "")
    ahead = range(number + 1, len(blocks))
    found = dict.fromkeys(BESIDE, "")
    for name, ends in BELOW.items():
        end = next((blocks[at].start for at in ahead if ends(block, blocks[at])), len(lines))
        found[name] = "\n".join(lines[block.end : end]).strip()
    return found


def _text_of(blocks: Sequence[Block], at: int, kinds: Collection[str]) -> str:
    """The block there, if it is one of these kinds."""
    return blocks[at].text if 0 <= at < len(blocks) and blocks[at].kind in kinds else ""


def _blocks(lines: Sequence[str]) -> Iterator[Block]:
    parser = MarkdownIt("commonmark", {"html": True}).enable("table")
    root = SyntaxTreeNode(parser.parse("\n".join(lines)))
    for node in root.children:
        if node.type in LISTS:
            yield from _items(node, lines, ())
        elif node.type == "table":
            yield from _rows(node)
        elif node.type in KINDS:
            yield _block(node, lines)


def _block(node: SyntaxTreeNode, lines: Sequence[str]) -> Block:
    start, end = _lines_of(node)
    kind = KINDS[node.type]
    text = (
        node.children[0].content
        if kind == "heading" and node.children
        else "\n".join(lines[start:end]).strip()
    )
    return Block(kind, start, end, text, int(node.tag[1]) if kind == "heading" else 0)


def _items(node: SyntaxTreeNode, lines: Sequence[str], above: tuple[Block, ...]) -> Iterator[Block]:
    for item in node.children:
        start, end = _lines_of(item)
        lists = [child for child in item.children if child.type in LISTS]
        block = Block("item", start, end, _item_text(item, lists, lines), above=above)
        yield block
        for inner in lists:
            yield from _items(inner, lines, (*above, block))


def _item_text(item: SyntaxTreeNode, lists: Sequence[SyntaxTreeNode], lines: Sequence[str]) -> str:
    """The lines of an item without its marker, its indentation and the lists inside it."""
    start, end = _lines_of(item)
    marker = _marker.match(lines[start])
    indent = marker.end() if marker else 0
    own = [lines[start][indent:], *(_dedented(line, indent) for line in lines[start + 1 : end])]
    for one in reversed(lists):
        first, last = _lines_of(one)
        own[first - start : last - start] = [""]
    return "\n".join(own).strip()


def _dedented(line: str, indent: int) -> str:
    return line[min(indent, len(line) - len(line.lstrip())) :]


def _rows(table: SyntaxTreeNode) -> Iterator[Block]:
    header, *bodies = table.children
    names = [_cell(cell) for cell in header.children[0].children]
    for row in (row for body in bodies for row in body.children):
        start, end = _lines_of(row)
        cells = [_cell(cell) for cell in row.children]
        named = dict(zip(names, cells, strict=False))
        yield Block("row", start, end, " | ".join(cells), cells=named)


def _cell(node: SyntaxTreeNode) -> str:
    return node.children[0].content if node.children else ""


def _lines_of(node: SyntaxTreeNode) -> tuple[int, int]:
    assert node.map is not None, "blocks know their lines"
    return node.map
