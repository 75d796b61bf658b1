"""Puts the marks of Markdown into texts without them: the text layer of a PDF, a page of HTML."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from mapping.html_text import markdown

_parser = MarkdownIt("commonmark", {"html": True})


def with_marks(lines: Sequence[str], bullets: str, headings: Mapping[str, int]) -> list[str]:
    """As many lines, in which list items and headings are marked as such.

    :param bullets: signs that begin an item. One that stands alone belongs to the line below it, or
        above it.
    :param headings: lines that are headings, with their levels.
    """
    plain = [line.strip() for line in lines] if bullets else list(lines)
    alone = [bool(bullets) and len(line) == 1 and line in bullets for line in plain]
    marked = list(plain)
    for number, line in enumerate(plain):
        if alone[number]:
            below = plain[number + 1 : number + 2]
            owner = number + 1 if below and below[0] and below[0][0] not in bullets else number - 1
            marked[number] = ""
            if owner >= 0 and plain[owner] and plain[owner][0] not in bullets:
                marked[owner] = f"- {plain[owner]}"
        elif bullets and line[:1] and line[0] in bullets:
            marked[number] = f"- {line[1:].strip()}"
        elif level := headings.get(line, 0):
            marked[number] = f"{'#' * level} {line}"
    return marked


def without_html(lines: Sequence[str], note: Callable[[str], None]) -> Iterator[tuple[int, str]]:
    """The lines with Markdown in place of their blocks of HTML.

    Each has the number of the line where it stood.

    :param note: is given the tags that Markdown cannot say, a sentence for each.
    """
    blocks = {
        token.map[0]: token.map[1]
        for token in _parser.parse("\n".join(lines))
        if _is_html(token) and token.map
    }
    at = 0
    while at < len(lines):
        end = blocks.get(at, at + 1)
        text, lost = markdown("\n".join(lines[at:end])) if at in blocks else (lines[at], [])
        for tag in lost:
            note(f"<{tag}> is left out of the HTML")
        for line in ["", *text.split("\n"), ""] if at in blocks else [text]:
            yield at, line
        at = end


def _is_html(token: Token) -> bool:
    return token.type == "html_block" and token.level == 0
