"""Middleware for all requests: headers of responses, content types, and one chunk of the stack.

CPython since 3.11 stores the frames of a thread in chunks of 16 kB (`push_chunk` in
`Python/pystate.c`). A call that no longer fits maps a new chunk, and its return unmaps it. A loop
whose calls are just at the end of a chunk does so each time: such a call takes 200 times as long.
Pages of the admin, whose calls are nested deeply, spent up to a third of their time on it.
"""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import ParamSpec, TypeVar

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
    that are no encodings of text, such as `hex`.
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


P = ParamSpec("P")
R = TypeVar("R")

#: Words of 8 bytes that the frame asks for. CPython rounds its chunk up to 1 MB, which leaves
#: 250 kB for the frames of further calls, about a thousand. Memory is allocated as frames use it.
LARGE_FRAME = 100_000


def with_large_stack(function: Callable[P, R]) -> Callable[P, R]:
    """The function, all calls of which are in one chunk.

    Its frame is larger than a chunk, so it gets one of its own.
    """

    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        return function(*args, **kwargs)

    call.__code__ = call.__code__.replace(co_stacksize=LARGE_FRAME)
    return wraps(function)(call)
