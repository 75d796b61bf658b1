"""A portal served with the starter content, and browsers that open its pages."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Playwright, expect

from tests.prepared import copied_portal

HERE = Path(__file__).parent
expect.set_options(timeout=60_000)
NOTE_VIOLATIONS = """
addEventListener("securitypolicyviolation",
    event => console.error(`policy: ${event.violatedDirective} ${event.blockedURI} \
${event.sourceFile}`))
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests share a served portal, so they go to one process.

    One database is enough for what they show.
    """
    for item in items:
        if HERE in item.path.parents:
            for mark in (
                pytest.mark.browser,
                pytest.mark.one_database,
                pytest.mark.xdist_group("browser"),
            ):
                item.add_marker(mark)


@pytest.fixture(scope="session")
def playwright(playwright: Playwright) -> Iterator[Playwright]:
    """Closes Django's connections at the end: with an event loop, Django uses separate ones."""
    yield playwright
    connections.close_all()


@dataclass
class Served:
    """Where the portal is, how its editor gets in, and the cookies that prove it."""

    url: str
    password: str
    cookies: list[Any] = field(default_factory=list)


@contextmanager
def serve_copy(folder: Path, name: str) -> Iterator[Served]:
    """A copy of the prepared portal, served."""
    with copied_portal(folder, name) as (portal, password):
        portal.wait_for(portal.start())
        yield Served(f"http://localhost:{portal.port}", password)


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """For all tests that change nothing."""
    with serve_copy(tmp_path_factory.mktemp("served"), "served") as served:
        yield served


@pytest.fixture(scope="session")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """For the tests that change content, each of them other rows."""
    with serve_copy(tmp_path_factory.mktemp("changed"), "changed") as served:
        yield served


@pytest.fixture(scope="session")
def base_url(served: Served) -> str:
    """Addresses in tests are relative to it."""
    return served.url


def listen(context: BrowserContext) -> list[str]:
    """The list to which all is added that the browser complains about.

    Violations of the content policy are among it.
    """
    heard: list[str] = []
    context.add_init_script(NOTE_VIOLATIONS)
    context.on(
        "console", lambda message: heard.append(message.text) if message.type == "error" else None
    )
    context.on("weberror", lambda error: heard.append(str(error.error)))
    return heard


@pytest.fixture
def complaints(context: BrowserContext) -> list[str]:
    """What the browser complains about during this test."""
    return listen(context)


@pytest.fixture
def editor(served: Served, browser: Browser, context: BrowserContext) -> Page:
    """The browser of an editor who changes nothing."""
    context.add_cookies(cookies_of(served, browser))
    return context.new_page()


@pytest.fixture
def changing_editor(changed: Served, browser: Browser) -> Iterator[Page]:
    """The browser of an editor who changes content, in the portal that is there for it."""
    context = browser.new_context(base_url=changed.url)
    context.add_cookies(cookies_of(changed, browser))
    yield context.new_page()
    context.close()


@pytest.fixture
def visitor(browser: Browser, changed: Served) -> Iterator[Page]:
    """Someone else, in another browser, who visits the portal whose content changes."""
    context = browser.new_context(base_url=changed.url)
    yield context.new_page()
    context.close()


def cookies_of(served: Served, browser: Browser) -> list[Any]:
    """The cookies of an editor who has logged in; the password is typed once a portal."""
    if not served.cookies:
        context = browser.new_context(base_url=served.url)
        log_in(context.new_page(), served.password)
        served.cookies = list(context.cookies())
        context.close()
    return served.cookies


def log_in(page: Page, password: str, name: str = "editor") -> None:
    """Through the admin's own form."""
    page.goto("/admin/")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Edit the portal")


def follow(link: Locator) -> None:
    """Click, and wait until the next page has loaded completely, so that a test can read it."""
    with link.page.expect_navigation(wait_until="domcontentloaded"):
        link.click()
