"""Public pages: methods, query parameters, cookies and caching of every address for visitors.

Also the converters of their addresses, and the rows that addresses name.
"""

from collections.abc import Callable
from functools import wraps
from hashlib import blake2b

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.middleware.gzip import GZipMiddleware
from django.urls import reverse
from django.urls.converters import StringConverter
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from content import Row, Untyped
from content.downloads import with_markdown
from content.models import Collection, SlugRedirect
from content.page_cache import allowed_query, has_session, site_version, storable_query
from content.querysets import CollectionItemQuerySet

View = Callable[..., Untyped]
MARKDOWN = "markdown"

PUBLIC_HEADERS = {"Cache-Control": "public, max-age=0, must-revalidate"}
PRIVATE_HEADERS = {
    "Cache-Control": "private, no-store",
    "X-Robots-Tag": "noindex",
    "Referrer-Policy": "no-referrer",
}

#: Compresses public pages alone: they have no secret and no token that BREACH could find.
_gzip = GZipMiddleware(lambda request: HttpResponse())


class Moved(Exception):
    """Raised by a view if the page has another address now.

    :param arguments: the arguments of the address that differ.
    """

    def __init__(self, **arguments: str) -> None:
        self.arguments = arguments


class KeyConverter(StringConverter):
    """A row's key: ``slug``, or ``collection:slug`` outside the portal's own collection.

    Capital letters match too, so that `public_page` can redirect to the address without them.
    """

    regex = r"(?:[A-Za-z0-9-]{1,80}:)?[A-Za-z0-9-]{1,80}"


class FileFormConverter(StringConverter):
    """The format of a table as a file, which is its file extension (`file_formats.table_files`)."""

    regex = "csv|xlsx|json|md"


def public_page(
    *,
    params: tuple[str, ...] = (),
    allow_post: bool = False,
    markdown: bool = False,
    in_sitemap: bool = True,
) -> Callable[[View], View]:
    """Decorates the view of a page for visitors.

    The page only reads the database and is the same for all visitors. Browsers ask whether it has
    changed before they show it again.

    :param params: the query parameters it understands; it does not see others.
    :param allow_post: whether it also answers what a visitor sends (POST), which is not stored.
    :param markdown: whether it can be downloaded as Markdown, with ``?as=markdown``.
    :param in_sitemap: whether the sitemap lists it, if its address has no arguments.
    """
    known_params = (*params, "as") if markdown else params
    methods = ["GET", "HEAD", "POST"] if allow_post else ["GET", "HEAD"]

    def decorate(view: View) -> View:
        markdown_view = with_markdown(view)

        # Nothing is stored here, so a POST needs no token: it is answered, or refused with 405 as a
        # wrong method.
        @csrf_exempt
        @require_http_methods(methods)
        @sensitive_post_parameters()
        @wraps(view)
        def page(request: HttpRequest, *args: object, **kwargs: str) -> HttpResponse:
            request.sent_query = request.META.get("QUERY_STRING", "")  # type: ignore[attr-defined]
            is_markdown = markdown and request.GET.get("as") == MARKDOWN
            request.GET = allowed_query(request.GET, params)  # type: ignore[assignment]
            request.META["QUERY_STRING"] = request.GET.urlencode()
            if request.method == "POST":
                request.POST = storable_query(request.POST)  # type: ignore[assignment]
            return _response(markdown_view if is_markdown else view, request, *args, **kwargs)

        page.params = known_params  # type: ignore[attr-defined]
        page.in_sitemap = in_sitemap  # type: ignore[attr-defined]
        return page

    return decorate


def get_visible(rows: CollectionItemQuerySet, request: HttpRequest, key: str) -> Row:
    """The row with this key that the user may see.

    :raises Moved: if a published row had this key before; `public_page` redirects to it.
    :raises Http404: if there is no such row, or the user may not see it.
    """
    row = rows.visible_to(request.user).with_key(key).first()
    if row:
        return row
    target = SlugRedirect.objects.target(rows.model, key)
    if target:
        raise Moved(key=target.key)
    raise Http404


def get_collection(request: HttpRequest, slug: str) -> Collection:
    """The collection with this slug that the user may see.

    :raises Moved: if a published collection had this slug before.
    :raises Http404: if there is no such collection, or the user may not see it.
    """
    collection = Collection.objects.visible_to(request.user).filter(slug=slug).first()
    if collection:
        return collection
    former = SlugRedirect.objects.keys(Collection, slug)
    moved = Collection.objects.published().filter(pk__in=former).first()
    if moved:
        raise Moved(slug=moved.slug)
    raise Http404


def with_sent_query(request: HttpRequest, url: str) -> str:
    """The address with the whole query string of this request, including unknown parameters."""
    query: str = request.sent_query  # type: ignore[attr-defined]
    return f"{url}?{query}" if query else url


def _response(view: View, request: HttpRequest, *args: object, **kwargs: str) -> HttpResponse:
    """What the view answers, with the headers that say who may store it."""
    is_public = request.method != "POST" and not has_session(request)
    if not has_session(request):
        # The page of a visitor cannot depend on a cookie, because the view does not see any.
        request.user = AnonymousUser()
        request.COOKIES = {}
    if is_public:
        # Read before the view runs, so that a page that is built during a save counts as older.
        site_version(request)
    response = _response_or_redirect(view, request, *args, **kwargs)
    for name, value in (PUBLIC_HEADERS if is_public else PRIVATE_HEADERS).items():
        response.headers[name] = value
    if not is_public:
        return response
    response.is_public_page = True  # type: ignore[attr-defined]
    if response.streaming:
        return response
    response.headers["ETag"] = f'"{blake2b(response.content, digest_size=12).hexdigest()}"'
    _gzip.process_response(request, response)
    return response


def _response_or_redirect(
    view: View, request: HttpRequest, *args: object, **kwargs: str
) -> HttpResponse:
    """What the view answers, or a redirect to the current address of a row.

    A renamed row is found by its former slug, and all slugs are lower case. An address in another
    case costs as much as its page, because only the view knows whether there is such a page.
    """
    arguments = {name: value.lower() for name, value in kwargs.items()}
    try:
        response: HttpResponse = view(request, *args, **arguments)
    except Moved as moved:
        arguments |= moved.arguments
    else:
        if arguments == kwargs:
            return response
    assert request.resolver_match is not None
    path = reverse(request.resolver_match.view_name, kwargs=arguments)
    url = with_sent_query(request, path)
    return HttpResponsePermanentRedirect(url, preserve_request=request.method == "POST")
