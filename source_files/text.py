"""Reads text files in their encoding, and marks up plain text and HTML as Markdown."""

import codecs
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from markdown_it import MarkdownIt

from file_formats.text_files import read_text
from source_files.markup import html_to_markdown
from source_files.options import SourceOptions

UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

_markdown_parser = MarkdownIt("commonmark", {"html": True})


def read_source_text(path: Path, options: SourceOptions) -> str:
    """The text of a file of a source.

    :raises UnreadableFile: if it is not in the encoding of the options.
    """
    return read_text(path, options.relative_path, options.encoding or _detect_encoding(path))


def _detect_encoding(path: Path) -> str:
    with path.open("rb") as file:
        has_utf16_mark = file.read(2) in UTF16_MARKS
    return "UTF-16" if has_utf16_mark else "UTF-8"


def mark_bullets_and_headings(
    lines: Sequence[str], bullets: str, headings: Mapping[str, int]
) -> list[str]:
    """The same number of lines, with Markdown for list items and headings.

    :param bullets: characters that begin a list item. A bullet alone on a line belongs to the line
        below it, or else to the line above it, as the text of a PDF has it.
    :param headings: lines that are headings, with their levels.
    """
    if not bullets:
        return [_mark_heading(line, headings) for line in lines]
    markers = tuple(bullets)
    stripped = [line.strip() for line in lines]
    padded = ["", *stripped, ""]
    marked = list(stripped)
    for index, line in enumerate(stripped):
        if not line.startswith(markers):
            if line in headings:
                marked[index] = _mark_heading(line, headings)
        elif len(line) > 1:
            marked[index] = f"- {line[1:].strip()}"
        else:
            marked[index] = ""
            item_index = _item_of_bullet(index, padded, markers)
            if item_index is not None:
                marked[item_index] = f"- {stripped[item_index]}"
    return marked


def _mark_heading(line: str, headings: Mapping[str, int]) -> str:
    if line not in headings:
        return line
    return f"{'#' * headings[line]} {line}"


def _item_of_bullet(index: int, padded: Sequence[str], markers: tuple[str, ...]) -> int | None:
    """The index of the line that a bullet alone on its line belongs to.

    :param padded: all lines, with an empty one before and after them.
    """
    for neighbor, text in ((index + 1, padded[index + 2]), (index - 1, padded[index])):
        if text and not text.startswith(markers):
            return neighbor
    return None


def replace_html_blocks(
    lines: Sequence[str], add_note: Callable[[str], None]
) -> Iterator[tuple[int, str]]:
    """The lines with Markdown in place of blocks of HTML, each with its original line index.

    :param add_note: called for each tag that Markdown has no equivalent for.
    """
    block_ends = _html_block_ends(lines)
    index = 0
    while index < len(lines):
        if index not in block_ends:
            yield index, lines[index]
            index += 1
            continue
        end = block_ends[index]
        text, omitted_tags = html_to_markdown("\n".join(lines[index:end]))
        for tag in omitted_tags:
            add_note(f"<{tag}> was removed from the HTML")
        # Blank lines separate the block from the text around it.
        for line in ["", *text.split("\n"), ""]:
            yield index, line
        index = end


def _html_block_ends(lines: Sequence[str]) -> dict[int, int]:
    """For the first line of each block of HTML, the line after the last."""
    block_ends = {}
    for token in _markdown_parser.parse("\n".join(lines)):
        if token.type == "html_block" and token.level == 0 and token.map:
            start, end = token.map
            block_ends[start] = end
    return block_ends
