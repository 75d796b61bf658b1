"""A portal really served, with the starter content, and browsers that look at it."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect

from tests.serving import PASSWORD, Portal, empty_database

expect.set_options(timeout=15_000)
NOTE_VIOLATIONS = """
addEventListener("securitypolicyviolation",
    event => console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`))
"""


@pytest.fixture(scope="session")
def playwright(playwright: Playwright) -> Iterator[Playwright]:
    """While it runs there is an event loop, and Django keeps other connections than before and after it."""
    yield playwright
    connections.close_all()


@dataclass
class Served:
    """Where the portal is, how its editor gets in, and the cookies that prove it."""

    url: str
    password: str
    cookies: list[Any] = field(default_factory=list)


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Started once; what a test changes there it changes back."""
    with empty_database(f"browsed_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}") as database:
        portal = Portal(tmp_path_factory.mktemp("portal"), database)
        process = portal.start()
        portal.wait_for(process)
        said = ""
        assert process.stdout is not None
        while not (found := PASSWORD.search(said)):
            said += process.stdout.readline()
        yield Served(f"http://localhost:{portal.port}", found[1])
        portal.end()


@pytest.fixture(scope="session")
def base_url(served: Served) -> str:
    """Addresses in tests are relative to it."""
    return served.url


@pytest.fixture
def complaints(context: BrowserContext) -> list[str]:
    """What the browser complains about, violations of the content policy among it."""
    heard: list[str] = []
    context.add_init_script(NOTE_VIOLATIONS)
    context.on("console", lambda message: heard.append(message.text) if message.type == "error" else None)
    context.on("weberror", lambda error: heard.append(str(error.error)))
    return heard


@pytest.fixture
def editor(served: Served, browser: Browser, context: BrowserContext) -> Page:
    """The browser of somebody who has logged in; the password is typed once for all tests."""
    if not served.cookies:
        door = browser.new_context(base_url=served.url)
        log_in(door.new_page(), served.password)
        served.cookies = list(door.cookies())
        door.close()
    context.add_cookies(served.cookies)
    return context.new_page()


@pytest.fixture
def visitor(browser: Browser, base_url: str) -> Iterator[Page]:
    """Somebody else, in another browser."""
    context = browser.new_context(base_url=base_url)
    yield context.new_page()
    context.close()


def log_in(page: Page, password: str) -> None:
    """Through the admin's own form."""
    page.goto("/admin/")
    page.get_by_label("Username").fill("editor")
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Edit the portal")
