"""Downloads: responses that browsers save as a file, and pages as Markdown.

A page as Markdown has all that its main part says, without navigation and decoration.
"""

import re
from collections.abc import Callable, Iterator
from functools import wraps
from itertools import chain, islice
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from markdownify import MarkdownConverter

#: Parts of a page that are of no use outside a browser.
REMOVED_PARTS = (
    "nav, form, script, svg, .state, .more, .acts, .picture, .legend, .taking, [data-tools], "
    "[aria-hidden=true]"
)
blank_lines = re.compile(r"\n{3,}")
#: Characters that are followed by a word without a space.
OPENING = frozenset("([{“‘«/–—-")

_converter = MarkdownConverter(heading_style="ATX", bullets="-", escape_misc=True)


def attachment_headers(file_name: str) -> dict[str, str]:
    """The headers of a response that browsers save under this name.

    :param file_name: ASCII letters, digits, points and hyphens.
    """
    return {"Content-Disposition": f'attachment; filename="{file_name}"'}


def attachment(content: str | bytes, content_type: str, file_name: str) -> HttpResponse:
    """A response that browsers save under this name; see `attachment_headers`."""
    return HttpResponse(content, content_type, headers=attachment_headers(file_name))


def streamed_attachment(
    chunks: Iterator[str | bytes], content_type: str, file_name: str
) -> StreamingHttpResponse:
    """A response that is sent while it is generated; see `attachment_headers`.

    The first chunk is generated immediately, because an error page cannot replace a response that
    has begun.
    """
    first_chunk = list(islice(chunks, 1))
    return StreamingHttpResponse(
        chain(first_chunk, chunks), content_type=content_type, headers=attachment_headers(file_name)
    )


def page_as_markdown(html: str, address: str) -> str:
    """The main part of a page as Markdown.

    :param html: the whole page.
    :param address: the address of the page; relative links become absolute.
    """
    main = BeautifulSoup(html, "html.parser").find("main")
    assert isinstance(main, Tag)
    for part in main.select(REMOVED_PARTS):
        part.decompose()
    for link in main.select("a[href]"):
        link["href"] = urljoin(address, str(link["href"]))
    _separate_words(main)
    markdown = _converter.convert_soup(main)
    lines = "\n".join(line.rstrip() for line in markdown.splitlines())
    return blank_lines.sub("\n\n", lines).strip() + "\n"


def _separate_words(main: Tag) -> None:
    """Insert spaces between words that only the layout of the page separates.

    A title and the kind of its row are an example.
    """
    for element in main.select("small, span"):
        previous = element.previous_sibling
        last_character = previous.text[-1:] if previous else ""
        is_after_word = last_character.strip() and last_character not in OPENING
        if is_after_word and element.text[:1].isalnum():
            element.insert_before(" ")


def with_markdown(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view, which returns its page as a Markdown file."""

    @wraps(view)
    def markdown_view(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        page = view(request, *args, **kwargs)
        return markdown_file(request, page) if page.status_code == 200 else page

    return markdown_view


def markdown_file(request: HttpRequest, page: HttpResponse) -> HttpResponse:
    """The page that was rendered for this request, as a Markdown file."""
    markdown = page_as_markdown(page.text, request.build_absolute_uri(request.get_full_path()))
    name = request.path.strip("/").replace("/", "-").replace(":", "-")
    return attachment(markdown, "text/markdown; charset=utf-8", f"{name}.md")
