"""Content types of requests: their charset makes no difference."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.signals import request_started
from django.db import close_old_connections
from django.test import RequestFactory
from django.utils.module_loading import import_string

from tpm_portal.operations.middleware import with_boundary_only

pytestmark = pytest.mark.one_database

#: Names that Python knows but that decode no text, names with their own charset, and one that
#: no one knows.
CHARSETS = [
    "charset=hex",
    "charset=rot13",
    "charset=idna",
    "charset=undefined",
    "charset=utf-16",
    "charset*=utf-8''%00",
    "charset*=unknown''x",
    "charset=unknown",
    'CHARSET="hex"',
]
FORM = (
    b'--x\r\nContent-Disposition: form-data; name="other"\r\n\r\nR\xc3\xa9sum\xc3\xa9\r\n--x--\r\n'
)
#: What the page says that finds no scorecard in a form that it could read.
READ = "Select the scorecards first."


@pytest.fixture
def served() -> Iterator[Any]:
    """The application as servers call it: status and text of its answer to a request."""
    # As in the client of Django's tests: the connection of the tests stays open.
    request_started.disconnect(close_old_connections)
    application = import_string(settings.WSGI_APPLICATION)

    def answer(content_type: str, **request: Any) -> tuple[str, str]:
        path = request.pop("path", "/interviews/calibration/")
        environ = RequestFactory().generic(path=path, **request).environ
        environ["CONTENT_TYPE"] = content_type
        status: list[str] = []
        body = application(environ, lambda line, headers: status.append(line))
        return status[0], b"".join(body).decode()

    yield answer
    request_started.connect(close_old_connections)


@pytest.mark.parametrize("charset", CHARSETS)
def test_the_charset_of_an_address_is_ignored(served: Any, charset: str) -> None:
    path = "/healthz?q=r%C3%A9sum%C3%A9"
    assert served(f"text/plain; {charset}", method="GET", path=path) == ("200 OK", "ok\n")


@pytest.mark.parametrize("charset", CHARSETS)
def test_the_charset_of_a_form_with_files_is_ignored(served: Any, charset: str) -> None:
    content_type = f"multipart/form-data; {charset}; boundary=x"
    status, page = served(content_type, method="POST", data=FORM)
    assert status == "200 OK"
    assert READ in page


def test_the_boundary_of_a_form_stays() -> None:
    assert with_boundary_only("multipart/form-data; boundary=a; charset=hex") == (
        "multipart/form-data; boundary=a"
    )
    assert with_boundary_only("multipart/form-data; x=y;Boundary=a") == (
        "multipart/form-data;Boundary=a"
    )
    assert with_boundary_only("multipart/form-data; boundary*=unknown''a") == "multipart/form-data"
    assert with_boundary_only("application/json") == "application/json"
