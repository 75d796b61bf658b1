"""Middleware for all requests: headers of every response, content types and unread bodies."""

from collections.abc import Callable, Iterable
from contextlib import suppress

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from content import Untyped

GetResponse = Callable[[HttpRequest], HttpResponseBase]
WSGIApplication = Callable[[dict[str, Untyped], Callable[..., Untyped]], Iterable[bytes]]

#: Headers that Django has no setting for. A response without a Cache-Control header is private.
DEFAULT_HEADERS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"
    ),
    "Cache-Control": "private, no-store",
}
#: Not `no-referrer`: with that, browsers send "Origin: null" with a form, and the protection
#: against cross-site request forgery refuses it.
ADMIN_REFERRER_POLICY = "same-origin"
#: Unread bytes of a request that are read. Whoever sends more gets an error of the connection.
MAX_UNREAD = 100_000_000
CHUNK_SIZE = 65_536


def read_whole_requests(get_response: GetResponse) -> GetResponse:
    """Reads what a refused upload still sends.

    Gunicorn closes a connection with unread bytes, although its answer says “keep-alive”. The
    client then gets an error instead of the answer, or at its next request.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        with suppress(OSError):
            for _ in range(0, MAX_UNREAD, CHUNK_SIZE):
                if not request.read(CHUNK_SIZE):
                    break
        return response

    return middleware


def default_headers(get_response: GetResponse) -> GetResponse:
    """Adds the default headers that the view has not set itself."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        for name, value in DEFAULT_HEADERS.items():
            response.headers.setdefault(name, value)
        if request.resolver_match and "admin" in request.resolver_match.app_names:
            response.headers["Referrer-Policy"] = ADMIN_REFERRER_POLICY
        return response

    return middleware


def without_charset(application: WSGIApplication) -> WSGIApplication:
    """WSGI middleware that has every request read as UTF-8, whatever charset it names.

    No content type of a form has such a parameter in its standard. Django reads it before its own
    middleware runs, even for requests without a body, and raises for names that Python knows and
    that are not encodings of text, such as `hex`.
    """

    def application_without_charset(
        environ: dict[str, Untyped], start_response: Callable[..., Untyped]
    ) -> Iterable[bytes]:
        if "CONTENT_TYPE" in environ:
            environ["CONTENT_TYPE"] = with_boundary_only(environ["CONTENT_TYPE"])
        return application(environ, start_response)

    return application_without_charset


def with_boundary_only(content_type: str) -> str:
    """The content type without parameters other than the boundary of a multipart body."""
    media_type, *parameters = content_type.split(";")
    for parameter in parameters:
        if parameter.strip().lower().startswith("boundary="):
            media_type += f";{parameter}"
    return media_type
