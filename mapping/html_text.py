"""HTML in a cell as Markdown. What Markdown cannot say is left out and named."""

import re
from collections.abc import Iterable
from html.parser import HTMLParser
from urllib.parse import urljoin

INLINE = {"b": "**", "strong": "**", "i": "*", "em": "*", "code": "`"}
LISTS = {"ul", "ol"}
BLOCKS = {"p", "div", "section", "article", "blockquote", "pre", *LISTS} | {
    f"h{n}" for n in range(1, 7)
}
#: They hold nothing that a reader is to see.
UNSEEN = {"script", "style"}
CELLS = {"td", "th"}
TABLES = {"table", "thead", "tbody", "tfoot", "tr", *CELLS}
PLAIN = {*TABLES, "span", "html", "body", "a", "li", "br", *INLINE, *BLOCKS}

blanks = re.compile(r"\s+")
gaps = re.compile(r"\n{3,}")


def markdown(html: str, base: str = "") -> tuple[str, list[str]]:
    """The text, and the tags that were left out of it, each once.

    :param base: the address against which its links are written.
    """
    parser = _Parser(base)
    parser.feed(html)
    parser.close()
    lines = (line.rstrip() for line in "".join(parser.pieces).split("\n"))
    return gaps.sub("\n\n", "\n".join(lines)).strip(), sorted(parser.lost)


class _Parser(HTMLParser):
    """Puts the pieces of the text together as they come."""

    def __init__(self, base: str) -> None:
        super().__init__()
        self.base = base
        self.pieces: list[str] = []
        self.lost: set[str] = set()
        self.lists: list[int] = []
        self.targets: list[str] = []
        self.unseen = 0
        #: The rows of the table at hand, the cells of its row, and where in `pieces` its cell
        #: begins.
        self.rows = 0
        self.cells: list[str] = []
        self.cell_at = 0

    def handle_starttag(self, tag: str, attrs: Iterable[tuple[str, str | None]]) -> None:
        if tag not in PLAIN:
            self.lost.add(tag)
        self.unseen += tag in UNSEEN
        if tag in TABLES:
            self._begin_table(tag)
        elif tag in BLOCKS:
            self._begin_block(tag)
        elif tag == "li":
            self._add(f"\n{'  ' * (len(self.lists) - 1)}{self._mark()} ")
        elif tag == "a":
            self.targets.append(_joined(self.base, dict(attrs).get("href") or ""))
            self._add("[" if self.targets[-1] else "")
        else:
            self._add("\n" if tag == "br" else INLINE.get(tag, ""))

    def handle_endtag(self, tag: str) -> None:
        self.unseen -= tag in UNSEEN and self.unseen > 0
        if tag in LISTS and self.lists:
            self.lists.pop()
        if tag in TABLES:
            self._end_table(tag)
        elif tag in BLOCKS:
            self._add(("" if tag in LISTS else "\n") if self.lists else "\n\n")
        elif tag == "a" and self.targets:
            target = self.targets.pop()
            self._add(f"]({target})" if target else "")
        else:
            self._add(INLINE.get(tag, ""))

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            text = blanks.sub(" ", data)
            at_start = not self.pieces or self.pieces[-1].endswith(("\n", " "))
            self._add(text.lstrip() if at_start else text)

    def _add(self, text: str) -> None:
        if text:
            self.pieces.append(text)

    def _begin_block(self, tag: str) -> None:
        self._add("" if self.lists else "\n\n")
        if tag in LISTS:
            self.lists.append(int(tag == "ol"))
        if tag[0] == "h" and tag[1:].isdigit():
            self._add("#" * int(tag[1:]) + " ")

    def _begin_table(self, tag: str) -> None:
        if tag == "table":
            self.rows = 0
            self._add("\n\n")
        elif tag == "tr":
            self.cells = []
        elif tag in CELLS:
            self.cell_at = len(self.pieces)

    def _end_table(self, tag: str) -> None:
        """Rows of Markdown have their cells on one line; its first is the head."""
        if tag in CELLS:
            text = " ".join("".join(self.pieces[self.cell_at :]).split())
            del self.pieces[self.cell_at :]
            self.cells.append(text.replace("|", "\\|"))
        elif tag == "tr":
            self.rows += 1
            ruler = f"|{' --- |' * len(self.cells)}\n" if self.rows == 1 else ""
            self._add(f"| {' | '.join(self.cells)} |\n{ruler}")
        elif tag == "table":
            self._add("\n")

    def _mark(self) -> str:
        if not self.lists or not self.lists[-1]:
            return "-"
        self.lists[-1] += 1
        return f"{self.lists[-1] - 1}."


def _joined(base: str, target: str) -> str:
    try:
        return urljoin(base, target) if target else ""
    except ValueError:
        return target
