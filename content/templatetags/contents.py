"""The table of contents of a long page: links to its parts, and the ids of those parts."""

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

#: Pages with fewer parts have no table of contents.
MIN_PARTS = 4
headings = re.compile(r'<h2(?: id="(?P<id>[^"]*)")?>(?P<content>.*?)</h2>', re.DOTALL)


@register.tag
def toc(parser: Parser, token: Token) -> "TableOfContentsNode":
    """``{% toc %} … {% endtoc %}``: links to the headings of the second level, and the content."""
    content = parser.parse(("endtoc",))
    parser.delete_first_token()
    return TableOfContentsNode(content)


class TableOfContentsNode(template.Node):
    """Adds ids to headings without one, and puts links to all headings before the content."""

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: Context) -> str:
        contents = TableOfContents()
        html = headings.sub(contents.add, self.nodelist.render(context))
        if len(contents.titles) < MIN_PARTS:
            return html
        links = render_to_string("includes/table_of_contents.html", {"titles": contents.titles})
        return links + html


class TableOfContents:
    """The headings of one page, in order."""

    def __init__(self) -> None:
        #: The text of each heading by its id.
        self.titles: dict[str, str] = {}
        self._slug_counts: Counter[str] = Counter()

    def add(self, heading: re.Match[str]) -> str:
        """Add the heading; returns it with an id."""
        title = unescape(strip_tags(heading["content"])).strip()
        if heading["id"] is not None:
            self.titles[heading["id"]] = title
            return heading[0]
        heading_id = self._new_id(title)
        self.titles[heading_id] = title
        former_id = f'<span id="{self._former_id(title)}"></span>'
        return f'<h2 id="{heading_id}">{former_id}{heading["content"]}</h2>'

    def _former_id(self, title: str) -> str:
        """The id that version 0.1 gave to the heading, with its position.

        If the position has changed since, `former-anchors.js` finds the heading.
        """
        return f"{slugify(title) or 'part'}-{len(self.titles)}"

    def _new_id(self, title: str) -> str:
        """An id that depends on the title alone, so that it does not change with the position.

        No template uses the prefix, so a heading of an editor never has the id of another element.
        No slug has two hyphens in a row, so the second “Risks” is not mistaken for “Risks 2”.
        """
        slug = slugify(title, allow_unicode=True)
        heading_id = f"section-{slug}" if slug else "section"
        self._slug_counts[heading_id] += 1
        count = self._slug_counts[heading_id]
        return heading_id if count == 1 else f"{heading_id}--{count}"
