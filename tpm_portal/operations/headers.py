"""Headers that every answer carries and Django has no setting for.

What does not say otherwise is private.
"""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

ALWAYS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"
    ),
    "Cache-Control": "private, no-store",
}
#: Not `no-referrer`: browsers then send "Origin: null" with a form, and the check against forgery
#: refuses it.
ADMIN_REFERRER = "same-origin"


def headers(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware; a view that sets one of these headers itself keeps its own."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        for name, value in ALWAYS.items():
            response.headers.setdefault(name, value)
        if _is_admin(request):
            response.headers["Referrer-Policy"] = ADMIN_REFERRER
        return response

    return middleware


def _is_admin(request: HttpRequest) -> bool:
    return request.resolver_match is not None and "admin" in request.resolver_match.app_names
