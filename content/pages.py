"""The public page.

It makes one decision about methods, parameters, cookies and caching for every address of visitors.
"""

from collections.abc import Callable
from functools import wraps
from hashlib import blake2b
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods

from content.markdown_export import taken_away
from content.models import Collection, SlugRedirect
from content.page_cache import has_session, known_query, site_version, storable_query
from content.querysets import CollectionItemQuerySet

View = Callable[..., Any]
MARKDOWN = "markdown"

FOR_ALL = {"Cache-Control": "public, max-age=0, must-revalidate"}
FOR_ONE = {
    "Cache-Control": "private, no-store",
    "X-Robots-Tag": "noindex",
    "Referrer-Policy": "no-referrer",
}


class Moved(Exception):
    """The page has another address now: the parts of it that differ."""

    def __init__(self, **parts: str) -> None:
        self.parts = parts


def public_page(
    *, params: tuple[str, ...] = (), accepts_post: bool = False, has_markdown: bool = False
) -> Callable[[View], View]:
    """Make a function a page for visitors.

    The page is read only, the same for all of them, and checked before it is shown again.

    :param params: the query parameters it understands; it sees no others.
    :param accepts_post: whether it also replies to what a visitor sends (POST); that is kept
        nowhere.
    :param has_markdown: whether it can be had as Markdown too, with ``?as=markdown``.
    """
    known = (*params, "as") if has_markdown else params
    methods = ["GET", "HEAD", "POST"] if accepts_post else ["GET", "HEAD"]

    def decorate(view: View) -> View:
        followed, taken = _followed(view), _followed(taken_away(view))

        # Nothing is written here, so a POST is no forgery (403): it is a wrong method (405), or is
        # just answered.
        @csrf_exempt
        @require_http_methods(methods)
        @sensitive_post_parameters()
        @wraps(view)
        def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            request.sent_query = request.META.get("QUERY_STRING", "")  # type: ignore[attr-defined]
            wanted = taken if has_markdown and request.GET.get("as") == MARKDOWN else followed
            request.GET = known_query(request.GET, params)  # type: ignore[assignment]
            request.META["QUERY_STRING"] = request.GET.urlencode()
            if request.method == "POST":
                request.POST = storable_query(request.POST)  # type: ignore[assignment]
            answer = (
                _for_one
                if has_session(request)
                else _for_sender
                if request.method == "POST"
                else _for_all
            )
            return answer(wanted, request, *args, **kwargs)

        page.params = known  # type: ignore[attr-defined]
        return page

    return decorate


def get_visible(rows: CollectionItemQuerySet, request: HttpRequest, key: str) -> Any:
    """The row with this key that the one who asks may see.

    What is hidden and what is not there are one and the same.

    :raises Moved: if a published row had this key before; `public_page` leads on to it.
    """
    if row := rows.visible_to(request.user).with_key(key).first():
        return row
    if target := SlugRedirect.objects.target(rows.model, key):
        raise Moved(key=target.key)
    raise Http404


def get_collection(request: HttpRequest, slug: str) -> Collection:
    """The same for the page of a collection itself."""
    if collection := Collection.objects.visible_to(request.user).filter(slug=slug).first():
        return collection
    former = SlugRedirect.objects.keys(Collection, slug)
    if moved := Collection.objects.published().filter(pk__in=former).first():
        raise Moved(slug=moved.slug)
    raise Http404


def with_sent_query(request: HttpRequest, url: str) -> str:
    """The address of another public page with the whole query of this request.

    It keeps also what this page does not know.
    """
    query: str = request.sent_query  # type: ignore[attr-defined]
    return f"{url}?{query}" if query else url


def _followed(view: View) -> View:
    """The view, with redirects to the present address of a row.

    A renamed row is found at its former slug, and every slug is written in lower case.

    An address in another case costs as much as its page, for only the view knows whether there is
    such a page.
    """

    def follow(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        parts = {name: part.lower() for name, part in kwargs.items()}
        try:
            response: HttpResponse = view(request, *args, **parts)
        except Moved as moved:
            parts |= moved.parts
        else:
            if parts == kwargs:
                return response
        name = request.resolver_match.view_name  # type: ignore[union-attr]
        url = with_sent_query(request, reverse(name, kwargs=parts))
        return HttpResponsePermanentRedirect(url, preserve_request=request.method == "POST")

    return follow


def _for_one(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """For somebody with a session, who may see drafts: nobody keeps a copy."""
    return _with_headers(view(request, *args, **kwargs), FOR_ONE)


def _for_sender(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """For a visitor who sent something: the answer is theirs alone, and depends on nothing else."""
    _forget_who_asks(request)
    return _with_headers(view(request, *args, **kwargs), FOR_ONE)


def _for_all(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """For visitors, who are all the same: the page cannot depend on a cookie, for it sees none."""
    _forget_who_asks(request)
    site_version(request)
    response = _with_headers(view(request, *args, **kwargs), FOR_ALL)
    response.is_public_page = True  # type: ignore[attr-defined]
    return response if response.streaming else _compressed(request, _marked(response))


def _forget_who_asks(request: HttpRequest) -> None:
    request.user = AnonymousUser()
    request.COOKIES = {}


def _with_headers(response: HttpResponse, headers: dict[str, str]) -> HttpResponse:
    for name, value in headers.items():
        response.headers[name] = value
    return response


def _marked(response: HttpResponse) -> HttpResponse:
    """With a mark of its body, by which a visitor asks whether it has changed."""
    response.headers["ETag"] = f'"{blake2b(response.content, digest_size=12).hexdigest()}"'
    return response


@gzip_page  # safe against BREACH: a public page holds no secret and sets no token
def _compressed(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    return response
