"""`robots.txt` and the error pages."""

import sys

from django.conf import settings
from django.contrib.sessions.exceptions import SessionInterrupted
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.urls import reverse

from content.availability import is_unavailable
from content.pages import public_page

#: Pages that crawlers leave out with everything below them, and those of which they leave out
#: addresses with a query.
DISALLOWED = ["admin:index", "search_suggestions"]
DISALLOWED_WITH_QUERY = ["search", "hiring:loop_builder"]


@public_page()
def robots(request: HttpRequest) -> HttpResponse:
    """`robots.txt`, which keeps crawlers from pages that are made from a query."""
    lines = [
        "User-agent: *",
        *(f"Disallow: {reverse(name)}" for name in DISALLOWED),
        *(f"Disallow: {reverse(name)}?" for name in DISALLOWED_WITH_QUERY),
        f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


#: Seconds after which a client may try again while the database or the disk is unavailable.
RETRY_SECONDS = 5
MEGABYTE = 1_000_000


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page for a request that cannot be read or is too large, or a logout during a request."""
    context = {
        "is_too_large": isinstance(exception, RequestDataTooBig),
        "max_megabytes": settings.DATA_UPLOAD_MAX_MEMORY_SIZE / MEGABYTE,
        "max_megabytes_with_files": settings.UPLOAD_MAX_SIZE // MEGABYTE,
        "has_too_many_fields": isinstance(exception, TooManyFieldsSent),
        "max_fields": f"{settings.DATA_UPLOAD_MAX_NUMBER_FIELDS:,}",
        "has_too_many_files": isinstance(exception, TooManyFilesSent),
        "max_files": settings.DATA_UPLOAD_MAX_NUMBER_FILES,
        "is_logged_out": isinstance(exception, SessionInterrupted),
    }
    return render(request, "400.html", context, status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The page for a user who has no right to do this."""
    return render(request, "403.html", status=403)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page for a form with a missing or old token, e.g. after a login in another tab."""
    return render(request, "403_stale_form.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page for what is not public and for what does not exist."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """The page for an error in the code, or for an unavailable database or disk.

    It needs neither the database nor the context processors.
    """
    response = HttpResponse(loader.get_template("500.html").render(), status=500)
    if is_unavailable(sys.exc_info()[1]):
        response.status_code = 503
        response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response
