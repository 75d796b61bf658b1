"""Markdown to HTML: the only place where text becomes HTML that templates do not escape.

Raw HTML stays text, links lead to http, https, mailto or this site, and what the renderer makes passes an
allow-list once more. Its headings are moved to where the page needs them. The result depends on its arguments alone.
"""

from functools import lru_cache

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

TAGS = set("p br hr h2 h3 h4 h5 h6 ul ol li blockquote pre code em strong s a table thead tbody tr th td".split())
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}, "th": {"align"}, "td": {"align"}, "code": {"class"}}
#: What may be wider than the screen can be scrolled by keyboard.
REACHABLE = {"table": {"tabindex": "0"}}
SCHEMES = {"http", "https", "mailto"}
MEMO_SIZE = 4096

_parser = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table").disable("image")


@lru_cache(maxsize=MEMO_SIZE)
def render_markdown(source: str, top: int = 3) -> SafeString:
    """Safe HTML of Markdown `source` (CommonMark and tables).

    :param top: the level that the highest headings of the source get, below the heading they stand under.
    """
    tokens = _align_cells(_move_headings(_parser.parse(source), top))
    html = _parser.renderer.render(tokens, _parser.options, {})
    clean = nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        set_tag_attribute_values=REACHABLE,
        url_schemes=SCHEMES,
        link_rel="noopener nofollow",
    )
    return mark_safe(clean)


def _move_headings(tokens: list[Token], top: int) -> list[Token]:
    """An editor's first level may be # or ###: the highest one used becomes `top`, none goes below h6."""
    headings = [token for token in tokens if token.type in {"heading_open", "heading_close"}]
    highest = min((int(token.tag[1]) for token in headings), default=1)
    for token in headings:
        token.tag = f"h{min(int(token.tag[1]) - highest + top, 6)}"
    return tokens


def _align_cells(tokens: list[Token]) -> list[Token]:
    """The alignment of a column as an attribute: the site's policy lets no style through."""
    for token in tokens:
        if style := token.attrs.pop("style", None):
            token.attrs["align"] = str(style).removeprefix("text-align:")
    return tokens


def plain_text(source: str) -> str:
    """The words of Markdown `source` without its markup, for search and descriptions."""
    inline = [token for token in _parser.parse(source) if token.type in {"inline", "fence", "code_block"}]
    return "\n".join(_words(token) for token in inline).strip()


def _words(token: Token) -> str:
    if token.type != "inline":
        return token.content
    return "".join(" " if child.type.endswith("break") else child.content for child in token.children or [])
