"""Unsaved text belongs to the account that typed it; it is not offered to another account."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Served, log_in
from tests.browser.page_types import form_of
from tests.browser.test_unsaved import BACK, TYPED, press_save

#: Each opens several pages of the admin, which takes seconds.
pytestmark = pytest.mark.drawn(4, of="unsaved text")

PROMISE = "you typed is stored in this browser and will be restored"


def add_account(page: Page, name: str, password: str) -> None:
    page.goto("/admin/auth/user/add/")
    page.locator("[name=username]").fill(name)
    for field in ("password1", "password2"):
        page.locator(f"[name={field}]").fill(password)
    page.get_by_role("button", name="Save and continue editing").click()
    for right in ("is_staff", "is_superuser"):
        page.locator(f"[name={right}]").check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist .success")).to_be_visible()


def test_only_who_typed_it_is_told_that_it_comes_back(
    changing_editor: Page, changed: Served
) -> None:
    page, other = changing_editor, changing_editor.context.new_page()
    form = form_of(page, "guides/guide", "certifications")
    add_account(other, "second", changed.password)
    for name, is_promised in (("second", False), ("editor", True)):
        page.goto(form)
        page.locator("#id_body").fill(TYPED)
        page.context.clear_cookies()
        log_in(other, changed.password, name)
        press_save(page)
        expect(page.get_by_role("heading", level=1)).to_have_text("This form has expired")
        expect(page.get_by_text(PROMISE)).to_be_visible(visible=is_promised)
        page.context.clear_cookies()
        log_in(other, changed.password)
    page.get_by_role("link", name="Open the form again").click()
    expect(page.get_by_text(BACK)).to_be_visible()
