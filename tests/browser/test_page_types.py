"""Every type of page of the site and of the admin: no violation of the content policy, nothing that sticks out."""

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import Page

from tests.browser.page_types import SITE, admin_pages
from tests.project.addresses import PAGES


def view_name(path: str) -> str:
    """The name of the view that answers here, if one does."""
    try:
        return resolve(path.partition("?")[0]).view_name
    except Resolver404:
        return ""


def test_no_type_of_page_is_left_out() -> None:
    assert {view_name(path) for path in SITE} == {*PAGES, ""}


def unexpected(complaints: list[str]) -> list[str]:
    """Without the browser's own line about a page that is meant to be missing."""
    return [line for line in complaints if "status of 404" not in line]


def test_no_page_of_the_site_breaks_the_content_policy(page: Page, complaints: list[str]) -> None:
    for path in SITE:
        page.goto(path)
    page.get_by_role("button", name="Dark").click()
    assert unexpected(complaints) == []


def test_no_page_of_the_admin_breaks_the_content_policy(editor: Page, complaints: list[str]) -> None:
    paths = admin_pages(editor)
    for path in paths:
        answer = editor.goto(path)
        assert answer is not None
        assert answer.ok, path
    assert len(paths) > 15
    assert unexpected(complaints) == []


def test_a_page_that_breaks_the_content_policy_is_heard(page: Page, complaints: list[str]) -> None:
    page.goto("/")
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), {text: 'window.bad = 1'}))")
    page.evaluate("document.body.setAttribute('style', 'color: red')")
    page.goto("/roles/")
    assert {line.split()[1].partition("-")[0] for line in complaints if line.startswith("policy:")} == {
        "script",
        "style",
    }


@pytest.mark.parametrize("width", [390, 820])
def test_nothing_sticks_out_of_a_narrow_screen(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    wide = []
    for path in SITE:
        page.goto(path)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(path)
    assert wide == []
    page.evaluate("document.querySelector('h1').append('x'.repeat(999))")
    page.evaluate("document.documentElement.style.setProperty('overflow-wrap', 'normal')")
    assert page.evaluate("document.documentElement.scrollWidth > innerWidth")
