"""Markdown to HTML: the only place where text becomes HTML that templates do not escape.

Raw HTML stays text, links lead to http, https, mailto or this site, an image is a link to it, and
what the renderer makes passes an allow-list once more. Its headings are moved to where the page
needs them. The result depends on its arguments alone.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

TAGS = set(
    "p br hr h2 h3 h4 h5 h6 ul ol li blockquote pre code em strong s a table thead tbody tr th "
    "td".split()
)
ATTRIBUTES = {
    "a": {"href", "title", "rel"},
    "ol": {"start"},
    "th": {"align"},
    "td": {"align"},
    "code": {"class"},
}
#: What may be wider than the screen can be scrolled by keyboard.
REACHABLE = {"table": {"tabindex": "0"}}
SCHEMES = {"http", "https", "mailto"}
MEMO_SIZE = 4096
#: Lists and quotes inside each other, each list counting twice. The parser calls itself for every
#: one of them.
DEEPEST = 40

_parser = MarkdownIt("commonmark", {"html": False, "linkify": False, "maxNesting": DEEPEST}).enable(
    "table"
)
leads_away = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE).match


@lru_cache(maxsize=MEMO_SIZE)
def render_markdown(source: str, top: int = 3) -> SafeString:
    """Safe HTML of Markdown `source` (CommonMark and tables).

    :param top: the level that the highest headings of the source get, below the heading they stand
        under.
    """
    tokens = _mark_links(_align_cells(_move_headings(_parse(source), top)))
    html = _parser.renderer.render(tokens, _parser.options, {})
    clean = nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        set_tag_attribute_values=REACHABLE,
        url_schemes=SCHEMES,
        link_rel=None,
    )
    return mark_safe(clean)


def _parse(source: str) -> list[Token]:
    """The parser leaves out what is nested too deep: then all is shown as it was written."""
    tokens = _parser.parse(source)
    if any(token.level >= DEEPEST - 1 for token in tokens):
        return [Token("code_block", "code", 0, content=source)]
    for token in tokens:
        token.children = token.children and list(_without_images(token.children))
    return tokens


def _without_images(tokens: Iterable[Token]) -> Iterator[Token]:
    """With a link in place of each image, or its words alone where it is in a link already."""
    links = 0
    for token in tokens:
        links += token.nesting if token.type.startswith("link_") else 0
        if token.type != "image":
            yield token
        elif links:
            yield _image_words(token)
        else:
            yield from _image_link(token)


def _image_link(image: Token) -> list[Token]:
    target = {"href": image.attrs["src"]} | {
        name: image.attrs[name] for name in ("title",) if name in image.attrs
    }
    return [
        Token("link_open", "a", 1, attrs=target),
        _image_words(image),
        Token("link_close", "a", -1),
    ]


def _image_words(image: Token) -> Token:
    words = "".join(map(_word, _without_images(image.children or [])))
    return Token("text", "", 0, content=words or str(image.attrs["src"]))


def _mark_links(tokens: list[Token]) -> list[Token]:
    """The portal vouches for its own pages only."""
    links = (
        child for token in tokens for child in token.children or () if child.type == "link_open"
    )
    for link in links:
        if leads_away(str(link.attrs["href"])):
            link.attrs["rel"] = "noopener nofollow"
    return tokens


def _move_headings(tokens: list[Token], top: int) -> list[Token]:
    """An editor's first level may be # or ###.

    The highest one used becomes `top`, none goes below h6.
    """
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
    inline = [token for token in _parse(source) if token.type in {"inline", "fence", "code_block"}]
    return "\n".join(_words(token) for token in inline).strip()


def _words(token: Token) -> str:
    if token.type != "inline":
        return token.content
    return "".join(map(_word, token.children or []))


def _word(child: Token) -> str:
    return " " if child.type.endswith("break") else child.content
