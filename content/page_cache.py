"""Answers a public page that has not changed since it was last built, without building it.

An answer holds as long as the site version it was built under, which every request reads from the
database: so a change shows on the very next request in every worker, and no worker has to be told.
"""

import re
from collections.abc import Callable
from hashlib import blake2b

from django.conf import settings
from django.core.cache import caches
from django.core.exceptions import MiddlewareNotUsed, SuspiciousOperation
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils.cache import get_conditional_response

#: Longer bodies are built anew each time; with the number of entries this bounds the memory of a
#: worker.
MAX_BODY = 128 * 1024
ABOUT_THE_BODY = {"content-type", "content-length", "content-encoding", "content-language"}
NOTHING = (0, None)
VERSION_SQL = "SELECT version FROM content_siteversion WHERE id = 1"
#: Unicode's sign for a character that cannot be shown.
REPLACEMENT = "\ufffd"
accepts_gzip = re.compile(r"\bgzip\b").search


class PageCacheMiddleware:
    """Middleware above all others: what it answers costs one small query and nothing else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if settings.DEBUG:
            raise MiddlewareNotUsed("Templates change while they are being worked on.")
        self.get_response = get_response
        self.pages = caches["pages"]

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method not in {"GET", "HEAD"} or has_session(request):
            return self.get_response(request)
        response = self._answer(request)
        if isinstance(response, HttpResponse):
            response = not_modified(request, response)
        return without_body(response) if request.method == "HEAD" else response

    def _answer(self, request: HttpRequest) -> HttpResponseBase:
        key = page_key(request)
        version, response = self.pages.get(key, NOTHING)
        if response and self._is_current(version, request):
            return response
        response = self.get_response(request)
        if key and is_storable(response):
            self.pages.set(key, (site_version(request), response), timeout=None)
        return response

    def _is_current(self, version: int, request: HttpRequest) -> bool:
        try:
            return version == site_version(request)
        except Error:
            return False  # the same happens again below, where the answer gets its headers


def has_session(request: HttpRequest) -> bool:
    """Whether the answer may depend on who asks; then it is never stored."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def site_version(request: HttpRequest) -> int:
    """The version of the content, read once a request, before anything else on the page."""
    if not hasattr(request, "site_version"):
        with connection.cursor() as cursor:
            cursor.execute(VERSION_SQL)
            row = cursor.fetchone()
        request.site_version = row[0] if row else 0  # type: ignore[attr-defined]
    return request.site_version  # type: ignore[attr-defined]


def known_query(query: QueryDict, params: tuple[str, ...]) -> QueryDict:
    """The parameters that a page understands, in its own order.

    An empty or unstorable value is no value.
    """
    known = QueryDict(mutable=True)
    for name in params:
        if values := [value for value in query.getlist(name) if value and "\0" not in value]:
            known.setlist(name, values)
    return QueryDict(known.urlencode())


def storable_query(query: QueryDict) -> QueryDict:
    """The same with U+FFFD in place of NUL, which PostgreSQL refuses even in a search."""
    storable = QueryDict(mutable=True)
    for name, values in query.lists():
        storable.setlist(
            name.replace("\0", REPLACEMENT), [value.replace("\0", REPLACEMENT) for value in values]
        )
    return storable


def page_key(request: HttpRequest) -> str:
    """All that an answer depends on beside the content; empty where no page can be."""
    try:
        query = (
            known_query(request.GET, _params(request)).urlencode()
            if request.META.get("QUERY_STRING")
            else ""
        )
        encoding = (
            "gzip" if accepts_gzip(request.META.get("HTTP_ACCEPT_ENCODING", "")) else "identity"
        )
        parts = (request.scheme, request.get_host(), request.path, query, encoding)
    except (SuspiciousOperation, Resolver404):
        return ""  # refused below, where the answer gets its headers
    return blake2b(repr(parts).encode(), digest_size=24).hexdigest()


def _params(request: HttpRequest) -> tuple[str, ...]:
    return getattr(resolve(request.path_info).func, "params", ())


def is_storable(response: HttpResponseBase) -> bool:
    """Only whole public pages that are the same for every visitor."""
    return (
        getattr(response, "is_public_page", False)
        and response.status_code == 200
        and not response.streaming
        and not response.cookies
        and response.get("Vary", "Accept-Encoding") == "Accept-Encoding"
        and len(response.content) <= MAX_BODY  # type: ignore[attr-defined]
    )


def not_modified(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """304 with the headers of the page, if the visitor has this very page; else the page."""
    if "HTTP_IF_NONE_MATCH" not in request.META or "ETag" not in response:
        return response
    answer = get_conditional_response(request, etag=response["ETag"], response=response) or response
    for name, value in response.items():
        if name.lower() not in ABOUT_THE_BODY:
            answer.headers.setdefault(name, value)
    return answer


def without_body(response: HttpResponseBase) -> HttpResponseBase:
    """The headers of the page alone; the server would drop the body too, but complain about it."""
    if isinstance(response, HttpResponse):
        response.content = b""
    return response
