"""The page cache: answers a public page that has not changed since it was built.

A stored page is valid as long as the site version it was built under, which every request reads
from the database. So a change is visible on the very next request in every process, without any
message between processes.
"""

import re
from collections.abc import Callable
from hashlib import blake2b
from typing import TypeAlias

from django.conf import settings
from django.core.cache import caches
from django.core.exceptions import MiddlewareNotUsed, SuspiciousOperation
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils.cache import get_conditional_response

#: Bytes; longer pages are not stored. With the number of entries this limits the memory of a
#: process.
MAX_BODY = 128 * 1024
#: Headers that a 304 response leaves out.
BODY_HEADERS = {"content-type", "content-length", "content-encoding", "content-language"}
VERSION_SQL = "SELECT version FROM content_siteversion WHERE id = 1"
#: Unicode's sign for a character that cannot be shown.
REPLACEMENT = "\ufffd"
gzip_pattern = re.compile(r"\bgzip\b")

#: A site version and the page that was built under it.
StoredPage: TypeAlias = tuple[int, HttpResponse]


class PageCacheMiddleware:
    """The first middleware: a stored page costs one small query and no other middleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if settings.DEBUG:
            raise MiddlewareNotUsed("Templates change while they are being worked on.")
        self.get_response = get_response
        self.pages = caches["pages"]

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method not in {"GET", "HEAD"} or has_session(request):
            return self.get_response(request)
        response = self._response(request)
        if isinstance(response, HttpResponse):
            if "HTTP_IF_NONE_MATCH" in request.META and "ETag" in response:
                response = _not_modified_or_page(request, response)
            if request.method == "HEAD":
                # The server would drop the body too, but log a warning.
                response.content = b""
        return response

    def _response(self, request: HttpRequest) -> HttpResponseBase:
        key = cache_key(request)
        stored: StoredPage | None = self.pages.get(key)
        if stored and _is_current(stored, request):
            return stored[1]
        response = self.get_response(request)
        if key and _is_storable(response):
            self.pages.set(key, (site_version(request), response), timeout=None)
        return response


def has_session(request: HttpRequest) -> bool:
    """Whether the answer may depend on the user; then it is not stored."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def site_version(request: HttpRequest) -> int:
    """The version of the content, read once per request, before anything else on the page."""
    if not hasattr(request, "site_version"):
        with connection.cursor() as cursor:
            cursor.execute(VERSION_SQL)
            row = cursor.fetchone()
        request.site_version = row[0] if row else 0  # type: ignore[attr-defined]
    return request.site_version  # type: ignore[attr-defined]


def allowed_query(query: QueryDict, params: tuple[str, ...]) -> QueryDict:
    """The parameters that a page understands, in its own order, without empty values and NUL."""
    allowed = QueryDict(mutable=True)
    for name in params:
        values = [value for value in query.getlist(name) if value and "\0" not in value]
        if values:
            allowed.setlist(name, values)
    return QueryDict(allowed.urlencode())


def storable_query(query: QueryDict) -> QueryDict:
    """The same parameters with U+FFFD instead of NUL, which PostgreSQL refuses even in a search."""
    storable = QueryDict(mutable=True)
    for name, values in query.lists():
        storable_values = [value.replace("\0", REPLACEMENT) for value in values]
        storable.setlist(name.replace("\0", REPLACEMENT), storable_values)
    return storable


def cache_key(request: HttpRequest) -> str:
    """A digest of all that a page depends on besides the content; empty if there is no page."""
    accepts_gzip = gzip_pattern.search(request.META.get("HTTP_ACCEPT_ENCODING", ""))
    query = ""
    try:
        if request.META.get("QUERY_STRING"):
            params = getattr(resolve(request.path_info).func, "params", ())
            query = allowed_query(request.GET, params).urlencode()
        parts = (request.scheme, request.get_host(), request.path, query, bool(accepts_gzip))
    except (SuspiciousOperation, Resolver404):
        return ""  # later middleware refuses the request, so that the answer gets its headers
    return blake2b(repr(parts).encode(), digest_size=24).hexdigest()


def _is_current(stored: StoredPage, request: HttpRequest) -> bool:
    try:
        return stored[0] == site_version(request)
    except Error:
        return False  # the view raises the same error, so that the answer gets its headers


def _is_storable(response: HttpResponseBase) -> bool:
    """Whether this is a complete public page, the same for every visitor, that is not too long."""
    return (
        isinstance(response, HttpResponse)
        and getattr(response, "is_public_page", False)
        and response.status_code == 200
        and not response.cookies
        and response.get("Vary", "Accept-Encoding") == "Accept-Encoding"
        and len(response.content) <= MAX_BODY
    )


def _not_modified_or_page(request: HttpRequest, page: HttpResponse) -> HttpResponse:
    """304 with the headers of the page, if the visitor has this very page; otherwise the page."""
    response = get_conditional_response(request, etag=page["ETag"], response=page)
    if response is None:
        return page
    for name, value in page.items():
        if name.lower() not in BODY_HEADERS:
            response.headers.setdefault(name, value)
    return response
