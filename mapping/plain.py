"""Markdown as one line of plain letters: titles are made of it."""

import re
from collections.abc import Iterable, Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

#: Markup of other tags is no tag of a page but something to fill in: <insert question>.
_tag = re.compile(
    r"</?(?:a|b|br|code|em|i|kbd|p|small|span|strong|sub|sup|u)\b[^>]*>", re.IGNORECASE
)
_parser = MarkdownIt("commonmark", {"html": True})
#: The parser is slow with the worst of texts; this is more than any title needs, markup and all.
READ = 20
QUOTES = "\"“”„«»'"


def plain_line(text: str, length: int) -> str:
    """The text in plain letters on one line, without quotation marks around it.

    Cut between words if it is longer.
    """
    tokens = _parser.parseInline(text[: READ * length])[0].children or []
    line = " ".join("".join(_letters(_without_jumps(tokens))).split())
    return shortened(_unquoted(line), length)


def shortened(line: str, length: int) -> str:
    """The line, cut between words and marked with … if it is longer."""
    if len(line) <= length:
        return line
    cut = line[: length - 1]
    return f"{cut.rsplit(' ', 1)[0].rstrip()}…"


def _unquoted(line: str) -> str:
    if (
        len(line) > 1
        and line[0] in QUOTES
        and line[-1] in QUOTES
        and not set(line[1:-1]) & set(QUOTES[:-1])
    ):
        return line[1:-1].strip()
    return line


def _without_jumps(tokens: list[Token]) -> Iterator[Token]:
    """Without links that lead back to the top of the page: headings often begin with one."""
    jumping = False
    for token in tokens:
        if token.type == "link_open" and str(token.attrs.get("href", "")).lstrip("#") in (
            "toc",
            "top",
        ):
            jumping = True
        if not jumping:
            yield token
        jumping = jumping and token.type != "link_close"


def _letters(tokens: Iterable[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            yield " "
        elif token.type == "image":
            yield from _letters(token.children or [])
        elif token.type == "html_inline":
            yield _tag.sub(" " if token.content.startswith("<br") else "", token.content)
        else:
            yield token.content
