"""Markdown to HTML: the only place where text becomes HTML that templates do not escape.

Raw HTML stays text, links lead to http, https, mailto or this site, and what the renderer makes passes an
allow-list once more. Headings start below the page's own. The result depends on the source alone.
"""

from functools import lru_cache

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

TAGS = set(
    "p br hr h3 h4 h5 h6 ul ol li blockquote pre code em strong s a table thead tbody tr th td".split()
)
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}, "th": {"align"}, "td": {"align"}, "code": {"class"}}
SCHEMES = {"http", "https", "mailto"}
HEADING_SHIFT = 2
MEMO_SIZE = 4096

_parser = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table").disable("image")


def _shift_headings(tokens: list[Token]) -> list[Token]:
    """The page owns h1 and the section h2: Markdown's first level becomes h3, nothing goes below h6."""
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(int(token.tag[1]) + HEADING_SHIFT, 6)}"
    return tokens


@lru_cache(maxsize=MEMO_SIZE)
def render_markdown(source: str) -> SafeString:
    """Safe HTML of Markdown `source` (CommonMark and tables)."""
    tokens = _shift_headings(_parser.parse(source))
    html = _parser.renderer.render(tokens, _parser.options, {})
    clean = nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="noopener nofollow")
    return mark_safe(clean)


def plain_text(source: str) -> str:
    """The words of Markdown `source` without its markup, for search and descriptions."""
    inline = [token for token in _parser.parse(source) if token.type in {"inline", "fence", "code_block"}]
    return "\n".join(_words(token) for token in inline).strip()


def _words(token: Token) -> str:
    if token.type != "inline":
        return token.content
    return "".join(" " if child.type.endswith("break") else child.content for child in token.children or [])
