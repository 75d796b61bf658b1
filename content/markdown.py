"""Markdown to HTML: the only place where text becomes HTML that templates do not escape.

Raw HTML is shown as text. Links lead to http, https, mailto or this site. An image becomes a link
to it. The output of the renderer is cleaned once more by a list of allowed tags and attributes. The
result depends on the arguments alone.
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
#: A table may be wider than the screen; with this attribute it can be scrolled by keyboard.
SCROLLABLE_BY_KEYBOARD = {"table": {"tabindex": "0"}}
SCHEMES = {"http", "https", "mailto"}
CACHE_SIZE = 4096
#: How deep lists and quotes may be nested, each list counting twice. The parser calls itself for
#: every one of them.
MAX_NESTING = 40
#: More than a text of the greatest length needs for its links. The parser takes long for each
#: bracket, because it searches for the end of a link.
MAX_BRACKETS = 5000

_options = {"html": False, "linkify": False, "maxNesting": MAX_NESTING}
_parser = MarkdownIt("commonmark", _options).enable("table")
is_external = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE).match


@lru_cache(maxsize=CACHE_SIZE)
def render_markdown(source: str, top: int = 3) -> SafeString:
    """Safe HTML of Markdown `source` (CommonMark and tables).

    :param top: the level that the highest headings of the source get, below the heading of the
        part of the page they are in.
    """
    tokens = _parse(source)
    _shift_headings(tokens, top)
    _align_cells(tokens)
    _mark_external_links(tokens)
    html = _parser.renderer.render(tokens, _parser.options, {})
    clean_html = nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        set_tag_attribute_values=SCROLLABLE_BY_KEYBOARD,
        url_schemes=SCHEMES,
        link_rel=None,
    )
    return mark_safe(clean_html)


def plain_text(source: str) -> str:
    """The words of Markdown `source` without its markup, for search and descriptions."""
    texts = []
    for token in _parse(source):
        if token.type == "inline":
            texts.append(_inline_text(token.children or []))
        elif token.type in {"fence", "code_block"}:
            texts.append(token.content)
    return "\n".join(texts).strip()


def _parse(source: str) -> list[Token]:
    """The tokens of the source, with links instead of images.

    All of the source is shown as code if it has too many brackets, or is nested too deep, in which
    case the parser omits a part of it.
    """
    if source.count("[") > MAX_BRACKETS:
        return [_as_code(source)]
    tokens = _parser.parse(source)
    if any(token.level >= MAX_NESTING - 1 for token in tokens):
        return [_as_code(source)]
    for token in tokens:
        if token.children:
            token.children = list(_without_images(token.children))
    return tokens


def _as_code(source: str) -> Token:
    return Token("code_block", "code", 0, content=source)


def _without_images(tokens: Iterable[Token]) -> Iterator[Token]:
    """The tokens with a link instead of each image, or its text alone inside another link."""
    link_depth = 0
    for token in tokens:
        if token.type.startswith("link_"):
            link_depth += token.nesting
        if token.type != "image":
            yield token
        elif link_depth:
            yield _image_text(token)
        else:
            yield from _image_link(token)


def _image_link(image: Token) -> list[Token]:
    attributes = {"href": image.attrs["src"]}
    if "title" in image.attrs:
        attributes["title"] = image.attrs["title"]
    return [
        Token("link_open", "a", 1, attrs=attributes),
        _image_text(image),
        Token("link_close", "a", -1),
    ]


def _image_text(image: Token) -> Token:
    alternative_text = _inline_text(_without_images(image.children or []))
    return Token("text", "", 0, content=alternative_text or str(image.attrs["src"]))


def _inline_text(tokens: Iterable[Token]) -> str:
    return "".join(" " if token.type.endswith("break") else token.content for token in tokens)


def _mark_external_links(tokens: list[Token]) -> None:
    """Add `rel` to links to other sites, because the portal is not responsible for them."""
    for token in tokens:
        for child in token.children or ():
            if child.type == "link_open" and is_external(str(child.attrs["href"])):
                child.attrs["rel"] = "noopener nofollow"


def _shift_headings(tokens: list[Token], top: int) -> None:
    """Give the highest headings the level `top`, whichever level the editor used for them.

    No heading goes below h6.
    """
    headings = [token for token in tokens if token.type in {"heading_open", "heading_close"}]
    if not headings:
        return
    shift = top - min(int(heading.tag[1]) for heading in headings)
    for heading in headings:
        heading.tag = f"h{min(int(heading.tag[1]) + shift, 6)}"


def _align_cells(tokens: list[Token]) -> None:
    """Turn the style of a table cell into an attribute: the site's policy allows no styles."""
    for token in tokens:
        style = token.attrs.pop("style", None)
        if style:
            token.attrs["align"] = str(style).removeprefix("text-align:")
