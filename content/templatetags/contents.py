"""Links to the parts of a long page, and the addresses of those parts."""

import re
from collections import Counter
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
    """``{% contents %} … {% endcontents %}``: the text in between, after links to its headings.

    Only headings of the second level are linked.
    """
    inside = parser.parse(("endcontents",))
    parser.delete_first_token()
    return ContentsNode(inside)


class ContentsNode(template.Node):
    """Headings without an id get one, so that every part has an address."""

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: Context) -> str:
        parts = ContentStackedInline()
        html = headings.sub(parts.addressed, self.nodelist.render(context))
        if len(parts.titles) < FEWEST:
            return html
        return render_to_string("includes/contents.html", {"parts": parts.titles}) + html


class ContentStackedInline:
    """The parts of one page, in order."""

    def __init__(self) -> None:
        #: The words of each heading, by its id.
        self.titles: dict[str, str] = {}
        self._made: Counter[str] = Counter()

    def addressed(self, heading: re.Match[str]) -> str:
        """The heading with its id, added to the parts."""
        known, inside = heading.groups()
        words = unescape(strip_tags(inside)).strip()
        if known:
            self.titles[known.split('"')[1]] = words
            return heading[0]
        name = self._address(words)
        self.titles[name] = words
        return f'<h2 id="{name}"><span id="{self._former_address(words)}"></span>{inside}</h2>'

    def _former_address(self, words: str) -> str:
        """The id of version 0.1, which held the position.

        `former-anchors.js` finds the part when that has changed.
        """
        return f"{slugify(words) or 'part'}-{len(self.titles)}"

    def _address(self, words: str) -> str:
        """An id that depends on the words alone, so it stays when parts are added before this one.

        No template uses the prefix, so that a heading of an editor never takes the id of something
        else on the page. No slug has two hyphens in a row, so that the second "Risks" is not a
        first "Risks 2".
        """
        slug = slugify(words, allow_unicode=True)
        name = f"section-{slug}" if slug else "section"
        self._made[name] += 1
        return name if self._made[name] == 1 else f"{name}--{self._made[name]}"
