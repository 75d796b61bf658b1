"""Template tags and filters of all content: Markdown, lists, tables, languages, contents."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import unescape

from django import template
from django.conf import settings
from django.template import Context, NodeList
from django.template.base import FilterExpression, Parser, Token
from django.template.defaultfilters import stringfilter
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils.html import format_html, format_html_join, strip_tags
from django.utils.safestring import SafeString
from django.utils.text import slugify

from content.base_models import ContentModel
from content.markdown import render_markdown, text_in_one_line
from content.models import Collection, CollectionItem
from content.text import title_in_sentence

register = template.Library()
register.filter("markdown", stringfilter(render_markdown))
register.filter("strip_markdown", stringfilter(text_in_one_line))
register.filter("in_sentence", stringfilter(title_in_sentence))

#: Characters of a column's name that take at most seven lines of the narrowest column.
MAX_STICKY_LENGTH = 48
#: Pages with fewer parts have no table of contents.
MIN_PARTS = 4
headings = re.compile(r'<h2(?: id="(?P<id>[^"]*)")?>(?P<content>.*?)</h2>', re.DOTALL)


@register.filter
@stringfilter
def lines(text: str) -> list[str]:
    """The lines of a text column that has a list, without blank ones."""
    stripped = map(str.strip, text.splitlines())
    return [line for line in stripped if line]


@register.filter
def is_shown_with(row: ContentModel, page: CollectionItem) -> bool:
    """Whether the page of a row may show another row: a public one, or for editors a draft."""
    return row.is_shown_on(page)


@register.filter
def matrix_class(columns: Iterable[object]) -> str:
    """The CSS class of a table with these columns.

    The names of the columns stay visible while the table is scrolled, unless they are too long.
    """
    is_sticky = all(len(str(column)) <= MAX_STICKY_LENGTH for column in columns)
    return "matrix" if is_sticky else "matrix matrix--whole"


@register.filter
def times(count: int | None) -> range:
    """The numbers from 1 to count, for a loop that repeats something."""
    return range(1, (count or 0) + 1)


@register.simple_tag
def language_attributes(collection: Collection) -> SafeString:
    """Attributes of an element: the language of a collection, and how it is written.

    Some publishers write ``ar_SA`` for ``ar-SA``, which no browser understands.
    """
    language = collection.language.replace("_", "-")
    is_rtl = language.lower().partition("-")[0] in settings.LANGUAGES_BIDI
    return format_html('lang="{}" dir="{}"', language, "rtl" if is_rtl else "ltr")


@register.simple_tag(takes_context=True)
def repeat_block(context: Context, name: str) -> SafeString:
    """Renders a block again, for text that the page and its metadata have in common."""
    block = context.render_context[BLOCK_CONTEXT_KEY].get_block(name)
    return block.nodelist.render(context)


@register.tag
def comma_list(parser: Parser, token: Token) -> "CommaListNode":
    """Renders its content for each row, separated by commas.

    ``{% comma_list skill in skills %}<a href="…">{{ skill.title }}</a>{% endcomma_list %}``

    :raises template.TemplateSyntaxError: if it does not name a variable and what to iterate over.
    """
    arguments = token.split_contents()
    if len(arguments) != 4 or arguments[2] != "in":
        raise template.TemplateSyntaxError("write {% comma_list row in rows %}")
    nodelist = parser.parse(("endcomma_list",))
    parser.delete_first_token()
    return CommaListNode(arguments[1], parser.compile_filter(arguments[3]), nodelist)


class CommaListNode(template.Node):
    """The content of a `comma_list` tag."""

    def __init__(self, variable: str, rows: FilterExpression, nodelist: NodeList) -> None:
        self.variable = variable
        self.rows = rows
        self.nodelist = nodelist

    def render(self, context: Context) -> str:
        parts = []
        for row in self.rows.resolve(context) or ():
            with context.push(**{self.variable: row}):
                parts.append(self.nodelist.render(context).strip())
        return ", ".join(parts)


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
        links = format_html_join("", '<li><a href="#{}">{}</a></li>', contents.titles.items())
        contents_list = format_html(
            '<nav class="contents" aria-label="On this page">'
            '<p class="contents__title">On this page</p>'
            "<ul>{}</ul>"
            "</nav>",
            links,
        )
        return contents_list + html


@dataclass
class TableOfContents:
    """The headings of one page, in order."""

    #: The text of each heading by its id.
    titles: dict[str, str] = field(default_factory=dict)
    _slug_counts: Counter[str] = field(default_factory=Counter)

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
