"""Puts the marks of Markdown into texts without them: the text layer of a PDF file, a page of HTML."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from content.packs.mapping.html_text import markdown

FENCE = "```"


def with_marks(lines: Sequence[str], bullets: str, headings: Mapping[str, int]) -> list[str]:
    """As many lines, in which list items and headings are marked as such.

    :param bullets: signs that begin an item. One that stands alone belongs to the line below it, or above it.
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


def without_html(lines: Iterable[str]) -> list[str]:
    """The lines of HTML as Markdown; blocks of code between them stay as they are."""
    found: list[str] = []
    for is_code, block in groupby(_with_fences(lines), key=lambda marked: marked[0]):
        text = "\n".join(line for _, line in block)
        found += ["", *(text if is_code else markdown(text)[0]).split("\n"), ""]
    return found


def _with_fences(lines: Iterable[str]) -> Iterator[tuple[bool, str]]:
    """The lines, each with whether it belongs to a block of code."""
    is_open = False
    for line in lines:
        is_fence = line.startswith(FENCE)
        yield is_open or is_fence, line
        is_open ^= is_fence
