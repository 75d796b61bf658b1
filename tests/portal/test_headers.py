"""The headers of every type of response, and the score of a public scanner."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.factories import EditorFactory, SkillFactory

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "object-src": "'none'",
}
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
NOWHERE = {"/no/such/page/": 404, "/skills/none/": 404, "/no-slash": 404}
PLACES = {
    "/": 200,
    "/skills/": 200,
    "/robots.txt": 200,
    "/sitemap.xml": 200,
    "/healthz": 200,
    "/admin/": 302,
    "/admin/login/": 200,
    "/skills": 301,
    **NOWHERE,
}


def policy(response: HttpResponse) -> dict[str, str]:
    """The content security policy, by directive."""
    directives = (
        part.strip().partition(" ") for part in response["Content-Security-Policy"].split(";")
    )
    return {name: sources for name, _, sources in directives}


@pytest.mark.parametrize("path", PLACES)
def test_every_answer_carries_them(client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == PLACES[path]
    assert policy(response) == POLICY
    assert ALWAYS.items() <= dict(response.headers).items()
    assert {"camera=()", "microphone=()", "geolocation=()"} <= set(
        response["Permissions-Policy"].split(", ")
    )
    assert "Access-Control-Allow-Origin" not in response


def bad_host(client: Client) -> HttpResponse:
    return client.get("/", headers={"host": "evil.test"})


def wrong_method(client: Client) -> HttpResponse:
    return client.post("/")


def forged_form(client: Client) -> HttpResponse:
    return Client(enforce_csrf_checks=True).post("/admin/login/")


def fault(client: Client) -> HttpResponse:
    client.raise_request_exception = False
    return client.get("/")


@pytest.mark.parametrize(
    ("ask", "status"), [(bad_host, 400), (wrong_method, 405), (forged_form, 403), (fault, 500)]
)
def test_so_does_every_refusal(
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
    ask: Callable[[Client], HttpResponse],
    status: int,
) -> None:
    if ask is fault:
        monkeypatch.setattr("content.pages.allowed_query", lambda *args: 1 / 0)
    response = ask(client)
    assert response.status_code == status
    assert policy(response) == POLICY
    assert ALWAYS.items() <= dict(response.headers).items()
    assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))


@pytest.mark.parametrize("path", NOWHERE)
def test_an_error_page_is_our_own_and_says_nothing_about_the_inside(
    client: Client, path: str
) -> None:
    text = client.get(path).text
    assert "Page not found" in text
    assert not re.search(r"Traceback|Exception|urlconf|/site-packages/|SELECT", text, re.IGNORECASE)


@pytest.mark.parametrize("path", ["/", "/skills/", "/skills/risk/", "/robots.txt", "/sitemap.xml"])
def test_public_pages_may_be_kept_and_set_no_cookie(client: Client, path: str) -> None:
    SkillFactory(slug="risk")
    response = client.get(path)
    assert response["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert response.get("Vary", "Accept-Encoding") == "Accept-Encoding"
    assert not response.cookies


@pytest.mark.parametrize("path", ["/admin/login/", "/admin/", "/admin/skills/skill/", "/skills/"])
def test_what_an_editor_sees_is_kept_by_nobody_and_names_no_page_to_others(
    client: Client, path: str
) -> None:
    client.force_login(EditorFactory())
    response = client.get(path)
    assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))
    assert response["Referrer-Policy"] == ("same-origin" if "admin" in path else "no-referrer")


def test_forms_of_the_admin_pass_the_check_against_forgery(client: Client) -> None:
    """A stricter referrer policy would make browsers send "Origin: null", refused by the check."""
    assert client.get("/admin/login/")["Referrer-Policy"] == "same-origin"


@pytest.fixture
def https(settings: Any) -> Client:
    """A visitor of a portal behind HTTPS, as on a public server."""
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    return Client()


def test_the_way_to_https_carries_them_too(https: Client) -> None:
    response = https.get("/skills/")
    assert (response.status_code, response["Location"]) == (301, "https://testserver/skills/")
    assert policy(response) == POLICY


def score(response: HttpResponse) -> int:
    """By the published table of the MDN HTTP Observatory; its extras count from 90 on."""
    source, cookies = policy(response), list(response.cookies.values())
    body = response.text if "html" in response["Content-Type"] else ""
    losses = [
        25 * ("default-src" not in source),
        20 * ("unsafe" in source.get("script-src", source["default-src"])),
        20 * ("max-age=31536000" not in response.get("Strict-Transport-Security", "")),
        5 * (response.get("X-Content-Type-Options") != "nosniff"),
        20 * ("frame-ancestors" not in source and "X-Frame-Options" not in response),
        40 * any(not cookie["secure"] for cookie in cookies),
        30 * any(not cookie["httponly"] for cookie in cookies),
        50 * ("Access-Control-Allow-Origin" in response),
        50 * bool(re.search(r'<script[^>]+src="(?:https?:)?//', body)),
    ]
    safe_source = source["default-src"] == "'none'" and not re.search(
        r"unsafe|https?:", " ".join(source.values())
    )
    scripts = re.findall(r"<script\b[^>]*\bsrc=[^>]*>", body)
    extras = [
        10 if safe_source and source.get("form-action") in {"'none'", "'self'"} else 0,
        10 * (response.get("Cross-Origin-Resource-Policy") in {"same-origin", "same-site"}),
        5 * (bool(cookies) and all(cookie["samesite"] for cookie in cookies)),
        5
        * (
            response.get("Referrer-Policy")
            in {"no-referrer", "same-origin", "strict-origin-when-cross-origin"}
        ),
        5 * (bool(scripts) and all("integrity=" in script for script in scripts)),
        5 * (source.get("frame-ancestors") == "'none'"),
    ]
    base = 100 - sum(losses)
    return base + sum(extras) if base >= 90 else base


@pytest.mark.parametrize("path", ["/", "/skills/risk/", "/admin/login/"])
def test_a_public_scanner_gives_them_at_least_130_points(https: Client, path: str) -> None:
    SkillFactory(slug="risk")
    response = https.get(path, secure=True)
    assert response.status_code == 200
    assert score(response) >= 130


def test_the_score_falls_where_a_header_is_missing(https: Client) -> None:
    for name, loss in {
        "Strict-Transport-Security": 20,
        "Cross-Origin-Resource-Policy": 10,
        "Referrer-Policy": 5,
    }.items():
        response = https.get("/", secure=True)
        before = score(response)
        del response[name]
        assert score(response) <= before - loss


def test_static_files_carry_them_as_well(client: Client, settings: Any) -> None:
    (settings.STATIC_ROOT / "probe.css").write_text("body { color: black }")
    response = Client().get("/static/probe.css")
    assert response.getvalue() == b"body { color: black }"
    response.close()
    assert policy(response) == POLICY
    assert ALWAYS.items() <= dict(response.headers).items()
