"""Markdown to HTML: the only place where text becomes HTML that templates do not escape.

Raw HTML is shown as text. Links lead to http, https, mailto or this site. An image becomes a link
to it. The output of the renderer is cleaned once more by a list of allowed tags and attributes. The
result depends on the arguments alone.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

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

    :param top: the level that the highest headings of the source get, whichever level the editor
        used for them, below the heading of the part of the page they are in. None goes below h6.
    """
    tokens = _parse(source)
    headings = [token for token in tokens if token.type in {"heading_open", "heading_close"}]
    highest = min((int(heading.tag[1]) for heading in headings), default=top)
    for heading in headings:
        heading.tag = f"h{min(int(heading.tag[1]) - highest + top, 6)}"
    clean_html = nh3.clean(
        _parser.renderer.render(tokens, _parser.options, {}),
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


@lru_cache(maxsize=CACHE_SIZE)
def text_in_one_line(source: str) -> str:
    """The words of Markdown `source` without its markup and line ends, for links and lists."""
    return " ".join(plain_text(source).split())


def _parse(source: str) -> list[Token]:
    """The tokens of the source.

    All of the source is shown as code if it has too many brackets, or is nested too deep, in which
    case the parser omits a part of it.
    """
    if source.count("[") > MAX_BRACKETS:
        return [_as_code(source)]
    tokens = _parser.parse(source)
    if any(token.level >= MAX_NESTING - 1 for token in tokens):
        return [_as_code(source)]
    return tokens


def _as_code(source: str) -> Token:
    return Token("code_block", "code", 0, content=source)


def _inline_text(tokens: Iterable[Token]) -> str:
    """The words of inline tokens; an image without a description counts as its address."""
    text = ""
    for token in tokens:
        if token.type == "image":
            text += _inline_text(token.children or []) or str(token.attrs["src"])
        else:
            text += " " if token.type.endswith("break") else token.content
    return text


def _render_link(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    """Add `rel` to a link to another site, because the portal is not responsible for it."""
    link = tokens[index]
    env["is_inside_link"] = link.nesting == 1
    if is_external(str(link.attrs.get("href", ""))):
        link.attrs["rel"] = "noopener nofollow"
    return renderer.renderToken(tokens, index, options, env)


def _render_image(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    """Render a link instead of an image, or its text alone inside another link."""
    image = tokens[index]
    text = escapeHtml(_inline_text([image]))
    if env.get("is_inside_link"):
        return text
    attributes = {"href": image.attrs["src"]}
    if "title" in image.attrs:
        attributes["title"] = image.attrs["title"]
    link = [Token("link_open", "a", 1, attrs=attributes), Token("link_close", "a", -1)]
    opening = _render_link(renderer, link, 0, options, env)
    return opening + text + _render_link(renderer, link, 1, options, env)


def _render_cell(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    """Turn the style of a table cell into an attribute: the site's policy allows no styles."""
    style = tokens[index].attrs.pop("style", "")
    if style:
        tokens[index].attrs["align"] = str(style).removeprefix("text-align:")
    return renderer.renderToken(tokens, index, options, env)


_parser.add_render_rule("link_open", _render_link)
_parser.add_render_rule("link_close", _render_link)
_parser.add_render_rule("image", _render_image)
_parser.add_render_rule("th_open", _render_cell)
_parser.add_render_rule("td_open", _render_cell)
