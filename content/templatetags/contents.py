"""What a long page holds: links to its parts, made from the parts themselves."""

import re
from html import unescape

from django import template
from django.template import Context, NodeList
from django.template.base import Parser, Token
from django.template.loader import render_to_string
from django.utils.html import strip_tags
from django.utils.text import slugify

register = template.Library()

#: A page with fewer parts is seen at a glance.
FEWEST = 4
headings = re.compile(r'<h2( id="[^"]*")?>(.*?)</h2>', re.DOTALL)


@register.tag
def contents(parser: Parser, token: Token) -> "ContentsNode":
    """``{% contents %} … {% endcontents %}``: what stands between, after links to its second-level headings."""
    inside = parser.parse(("endcontents",))
    parser.delete_first_token()
    return ContentsNode(inside)


class ContentsNode(template.Node):
    """Headings without an id get one, so that every part has an address."""

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: Context) -> str:
        html = self.nodelist.render(context)
        parts: dict[str, str] = {}
        named = headings.sub(lambda found: _noted(found, parts), html)
        return html if len(parts) < FEWEST else render_to_string("includes/contents.html", {"parts": parts}) + named


def _noted(heading: re.Match[str], parts: dict[str, str]) -> str:
    """The heading with its id, noted among the parts."""
    words = unescape(strip_tags(heading[2])).strip()
    known = heading[1].split('"')[1] if heading[1] else ""
    name = known or f"{slugify(words) or 'part'}-{len(parts) + 1}"
    parts[name] = words
    return f'<h2 id="{name}">{heading[2]}</h2>'
