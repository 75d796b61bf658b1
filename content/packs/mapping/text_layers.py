"""Puts the marks of Markdown into lines of plain text, such as the text layer of a PDF file."""

from collections.abc import Mapping, Sequence


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
