"""Which cookies are sessions, and how long a sign-in lasts: 8 idle hours, 7 days at most."""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest
from django.http.response import HttpResponseBase

GetResponse = Callable[[HttpRequest], HttpResponseBase]
#: A session in use is written no more often than every so many seconds.
TOUCH_EVERY = 300


def session_keys(get_response: GetResponse) -> GetResponse:
    """Middleware above Django's own.

    A cookie with what no key holds is none, for PostgreSQL could not look it up.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
        if key and not (key.isascii() and key.isalnum()):
            del request.COOKIES[settings.SESSION_COOKIE_NAME]
        return get_response(request)

    return middleware


def session_limits(get_response: GetResponse) -> GetResponse:
    """Middleware; whoever carries no session cookie costs nothing here."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and SESSION_KEY in request.session:
            _limit(request, time.time())
        return get_response(request)

    return middleware


def _limit(request: HttpRequest, now: float) -> None:
    """End what is too old; note that the rest is in use, which also renews its cookie."""
    session = request.session
    if now - session.setdefault("began", now) > settings.SESSION_MAX_AGE:
        session.flush()
    elif now - session.get("touched", 0) > TOUCH_EVERY:
        session["touched"] = now
