"""Sessions: valid session cookies, how long a login lasts, and how sessions are stored.

A login ends after eight idle hours and after seven days.
"""

import time

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from content.availability import is_unavailable
from tpm_portal.operations.middleware import GetResponse

#: Seconds between two writes of a session in use.
TOUCH_INTERVAL = 300


def discard_invalid_session_keys(get_response: GetResponse) -> GetResponse:
    """Middleware before Django's own: removes cookies that PostgreSQL could not look up."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
        if key and not (key.isascii() and key.isalnum()):
            del request.COOKIES[settings.SESSION_COOKIE_NAME]
        return get_response(request)

    return middleware


def limit_session_age(get_response: GetResponse) -> GetResponse:
    """Middleware that ends old logins. It reads nothing for requests without a session cookie."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and SESSION_KEY in request.session:
            _limit_age(request, time.time())
        return get_response(request)

    return middleware


def _limit_age(request: HttpRequest, now: float) -> None:
    """End a session that is too old. Otherwise store that it is in use, which renews its cookie."""
    session = request.session
    if now - session.setdefault("began", now) > settings.SESSION_MAX_AGE:
        session.flush()
    elif now - session.get("touched", 0) > TOUCH_INTERVAL:
        session["touched"] = now


class SessionStore(DatabaseStore):
    """Distinguishes an unavailable database from a session that was deleted in the meantime.

    Django's own store reports both as deleted, which is answered with 400.
    """

    def save(self, must_create: bool = False) -> None:
        """Write the session.

        :raises UpdateError: if it was deleted in the meantime.
        :raises DatabaseError: if the database cannot write now.
        """
        try:
            super().save(must_create)
        except UpdateError as error:
            cause = error.__context__
            if cause is not None and is_unavailable(cause):
                raise cause from cause.__cause__
            raise
