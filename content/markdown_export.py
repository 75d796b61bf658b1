"""A page as Markdown, to take away.

It has all that the main part says, without what only leads on or decorates.
"""

import re
from functools import wraps
from typing import Any
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag
from django.http import HttpRequest, HttpResponse
from markdownify import MarkdownConverter

#: Parts of a page that have no meaning on paper.
LEFT_OUT = (
    "nav, form, script, svg, .state, .more, .acts, .picture, .legend, .taking, [aria-hidden=true]"
)
blank_lines = re.compile(r"\n{3,}")
#: Between these and a word there is no space.
OPENING = frozenset("([{“‘«/–—-")

_converter = MarkdownConverter(heading_style="ATX", bullets="-", escape_misc=True)


def as_markdown(html: str, address: str) -> str:
    """What the page at this address says.

    :param html: the whole page; its links become absolute.
    """
    main = BeautifulSoup(html, "html.parser").find("main")
    assert isinstance(main, Tag)
    for each in main.select(LEFT_OUT):
        each.decompose()
    for link in main.select("a[href]"):
        link["href"] = urljoin(address, str(link["href"]))
    _set_apart(main)
    text = _converter.convert_soup(main)
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    return blank_lines.sub("\n\n", lines).strip() + "\n"


def _set_apart(main: Tag) -> None:
    """Put a space between words that only the layout of the page sets apart.

    Such are a title and its kind beside it.
    """
    for each in main.select("small, span"):
        before = each.previous_sibling
        last = before.text[-1:] if before else ""
        if last.strip() and last not in OPENING and each.text[:1].isalnum():
            each.insert_before(" ")


def taken_away(view: Any) -> Any:
    """The view, answering with its page as a file of Markdown."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        page = view(request, *args, **kwargs)
        return as_file(request, page) if page.status_code == 200 else page

    return answer


def as_file(request: HttpRequest, page: HttpResponse) -> HttpResponse:
    """A page that was made in answer to this request as a download."""
    text = as_markdown(page.text, request.build_absolute_uri(request.get_full_path()))
    name = request.path.strip("/").replace("/", "-").replace(":", "-")
    headers = {"Content-Disposition": f'attachment; filename="{name}.md"'}
    return HttpResponse(text, content_type="text/markdown; charset=utf-8", headers=headers)
