"""Converts markup: HTML to Markdown, and Markdown to one line of plain text."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html.parser import HTMLParser
from urllib.parse import urljoin

from markdown_it import MarkdownIt
from markdown_it.token import Token

INLINE_MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*", "code": "`"}
#: The number of the first item of a list; 0 for bullets.
FIRST_NUMBERS = {"ul": 0, "ol": 1}
HEADING_MARKS = {f"h{level}": f"{'#' * level} " for level in range(1, 7)}
#: The Markdown at the start of tags, besides what depends on the text before them.
STARTS = {"br": "\n", "table": "\n\n", **INLINE_MARKS, **HEADING_MARKS}
BLOCK_TAGS = {
    "p",
    "div",
    "section",
    "article",
    "blockquote",
    "pre",
    *FIRST_NUMBERS,
    *HEADING_MARKS,
}
#: Their content is not text.
IGNORED_TAGS = {"script", "style"}
CELL_TAGS = {"td", "th"}
TABLE_TAGS = {"table", "thead", "tbody", "tfoot", "tr", *CELL_TAGS}
CONVERTED_TAGS = {
    *TABLE_TAGS,
    *INLINE_MARKS,
    *BLOCK_TAGS,
    "span",
    "html",
    "body",
    "a",
    "li",
    "br",
}
#: Lists in deeper ones are indented like these, or a small file would become a very large text.
MAX_LIST_DEPTH = 20
WHITESPACE = re.compile(r"\s+")
BLANK_LINES = re.compile(r"\n{3,}")

#: Tags to remove from a line. Others, such as <insert question>, are placeholders of the author.
_formatting_tag = re.compile(
    r"</?(?:a|b|br|code|em|i|kbd|p|small|span|strong|sub|sup|u)\b[^>]*>", re.IGNORECASE
)
_markdown_parser = MarkdownIt("commonmark", {"html": True})
#: The parser is slow with some texts, so it reads at most this many times the length of the line.
PARSED_LENGTH_FACTOR = 20
#: A line in quotation marks or apostrophes that has no more quotation marks inside it.
_quoted_line = re.compile(r"""["“”„«»']([^"“”„«»]*)["“”„«»']""")
#: Fragments of links to the top of the page, which headings often begin with.
TOP_LINKS = ("toc", "top")


def html_to_markdown(html: str, base_url: str = "") -> tuple[str, list[str]]:
    """The text as Markdown, and the names of tags that have no equivalent in it.

    :param base_url: the address that relative links refer to.
    """
    parser = _MarkdownWriter(base_url)
    parser.feed(_with_complete_tags(html))
    parser.close()
    lines = [line.rstrip() for line in "".join(parser.pieces).split("\n")]
    text = BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()
    return text, sorted(parser.omitted_tags)


def _with_complete_tags(html: str) -> str:
    """The HTML with `&lt;` in place of each `<` that begins a tag or a comment without an end.

    The parser would search for that end through the whole rest of the text, from each of them.
    """
    text, end, rest = html.rpartition("-->")
    text += end + rest.replace("<!--", "&lt;!--")
    text, end, rest = text.rpartition(">")
    return text + end + rest.replace("<", "&lt;")


class _MarkdownWriter(HTMLParser):
    """Appends the pieces of the Markdown text while it parses the HTML."""

    def __init__(self, base_url: str) -> None:
        super().__init__()
        self.base_url = base_url
        #: They begin with a line break, after which text begins without spaces.
        self.pieces = ["\n"]
        self.omitted_tags: set[str] = set()
        #: For each open list, the number of the next item; 0 for bullets.
        self.next_numbers: list[int] = []
        #: For each open link, the Markdown that ends it.
        self.link_ends: list[str] = []
        self.ignored_depth = 0
        #: The number of finished rows of the current table, the cells of its current row, and the
        #: index in `pieces` at which the current cell begins.
        self.row_count = 0
        self.cells: list[str] = []
        self.cell_start = len(self.pieces)
        self.is_in_cell = False
        #: The number of open tables inside the current cell, whose text is all that is kept.
        self.nested_tables = 0

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """Skip ``<![…>`` as browsers do; the parser fails if it does not know the section."""
        return self.parse_bogus_comment(i, report)

    def handle_starttag(self, tag: str, attrs: Iterable[tuple[str, str | None]]) -> None:
        if tag not in CONVERTED_TAGS:
            self.omitted_tags.add(tag)
            self.ignored_depth += tag in IGNORED_TAGS
        if tag in BLOCK_TAGS and not self.next_numbers:
            # Inside a list item, blocks have no blank line.
            self._append("\n\n")
        self._append(STARTS.get(tag, ""))
        if tag in FIRST_NUMBERS:
            self.next_numbers.append(FIRST_NUMBERS[tag])
        elif tag == "li":
            self._start_item()
        elif tag == "a":
            self._start_link(dict(attrs))
        elif tag in TABLE_TAGS:
            self._start_table_part(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in IGNORED_TAGS and self.ignored_depth:
            self.ignored_depth -= 1
        if tag in TABLE_TAGS:
            self._end_table_part(tag)
        elif tag in BLOCK_TAGS:
            self._end_block(tag)
        elif tag == "a" and self.link_ends:
            self._append(self.link_ends.pop())
        else:
            self._append(INLINE_MARKS.get(tag, ""))

    def handle_data(self, data: str) -> None:
        if self.ignored_depth:
            return
        text = WHITESPACE.sub(" ", data)
        if self.pieces[-1].endswith(("\n", " ")):
            text = text.lstrip()
        self._append(text)

    def _append(self, text: str) -> None:
        """Append a piece; an empty one would hide whether the text ends with a space."""
        if text:
            self.pieces.append(text)

    def _end_block(self, tag: str) -> None:
        if tag in FIRST_NUMBERS and self.next_numbers:
            self.next_numbers.pop()
        if not self.next_numbers:
            self._append("\n\n")
        elif tag not in FIRST_NUMBERS:
            self._append("\n")

    def _start_item(self) -> None:
        """Start a list item on its own line, indented by the lists around its list."""
        marker = "-"
        if self.next_numbers and self.next_numbers[-1]:
            marker = f"{self.next_numbers[-1]}."
            self.next_numbers[-1] += 1
        indent = "  " * (min(len(self.next_numbers), MAX_LIST_DEPTH) - 1)
        self._append(f"\n{indent}{marker} ")

    def _start_link(self, attributes: Mapping[str, str | None]) -> None:
        target = _join_url(self.base_url, attributes.get("href") or "")
        if target:
            self._append("[")
            self.link_ends.append(f"]({target})")
        else:
            self.link_ends.append("")

    def _start_table_part(self, tag: str) -> None:
        if tag == "table" and self.is_in_cell:
            self.nested_tables += 1
        elif self.nested_tables:
            self._append(" ")
        elif tag == "table":
            self.row_count = 0
        elif tag == "tr":
            self.cells = []
        elif tag in CELL_TAGS:
            self.cell_start = len(self.pieces)
            self.is_in_cell = True

    def _end_table_part(self, tag: str) -> None:
        """In Markdown, the cells of a row are on one line, and the first row is the header."""
        if self.nested_tables:
            self._append(" ")
            self.nested_tables -= tag == "table"
            return
        if tag in CELL_TAGS:
            text = " ".join("".join(self.pieces[self.cell_start :]).split())
            del self.pieces[self.cell_start :]
            self.cells.append(text.replace("|", "\\|"))
            self.is_in_cell = False
        elif tag == "tr":
            self._append(f"| {' | '.join(self.cells)} |\n")
            if not self.row_count:
                self._append(f"|{' --- |' * len(self.cells)}\n")
            self.row_count += 1
            self.cells = []
            self.cell_start = len(self.pieces)
        elif tag == "table":
            self._append("\n")
            self.is_in_cell = False


def _join_url(base_url: str, href: str) -> str:
    """The absolute address of a link; an address that is not valid stays as it is."""
    if not href:
        return ""
    try:
        return urljoin(base_url, href)
    except ValueError:
        return href


def markdown_to_line(text: str, max_length: int) -> str:
    """A Markdown text as plain text on one line, without quotation marks around it.

    A longer line is cut between words.
    """
    parsed = _markdown_parser.parseInline(text[: PARSED_LENGTH_FACTOR * max_length])
    tokens = _without_top_links(parsed[0].children or [])
    line = " ".join("".join(_plain_pieces(tokens)).split())
    return _shorten_line(_without_quotes(line), max_length)


def _shorten_line(line: str, max_length: int) -> str:
    if len(line) <= max_length:
        return line
    words = line[: max_length - 1].rsplit(" ", 1)[0]
    return f"{words.rstrip()}…"


def _without_quotes(line: str) -> str:
    """The line without quotation marks around it, unless there are more inside it."""
    quoted = _quoted_line.fullmatch(line)
    return quoted[1].strip() if quoted else line


def _without_top_links(tokens: Sequence[Token]) -> Iterator[Token]:
    """The tokens without links to the top of the page, and without the text of these links."""
    is_inside_link = False
    for token in tokens:
        if token.type == "link_open" and str(token.attrs.get("href", "")).lstrip("#") in TOP_LINKS:
            is_inside_link = True
        if not is_inside_link:
            yield token
        if token.type == "link_close":
            is_inside_link = False


def _plain_pieces(tokens: Iterable[Token]) -> Iterator[str]:
    """The text of the tokens without markup; of an image its alternative text."""
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            yield " "
        elif token.type == "image":
            yield from _plain_pieces(token.children or [])
        elif token.type == "html_inline":
            replacement = " " if token.content.startswith("<br") else ""
            yield _formatting_tag.sub(replacement, token.content)
        else:
            yield token.content
