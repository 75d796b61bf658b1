"""Sessions: which cookies are sessions, how long a sign-in lasts, and how they are stored.

A sign-in ends after eight idle hours and after seven days.
"""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from content.availability import is_unavailable

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


class SessionStore(DatabaseStore):
    """Django's own store reports every failed update as a session that was deleted meanwhile.

    That is answered 400.
    """

    def save(self, must_create: bool = False) -> None:
        """Write the session.

        :raises UpdateError: if it was deleted meanwhile.
        :raises DatabaseError: if the database cannot write now.
        """
        try:
            super().save(must_create)
        except UpdateError as error:
            cause = error.__context__
            if cause is not None and is_unavailable(cause):
                raise cause from cause.__cause__
            raise
