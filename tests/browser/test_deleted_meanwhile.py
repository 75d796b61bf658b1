"""What was typed into the form of a row that somebody else deleted meanwhile."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.page_types import form_of
from tests.browser.test_unsaved import BACK, TYPED, expect_kept, press_save

#: Each opens several pages of the admin, which takes seconds.
pytestmark = pytest.mark.drawn(7, of="unsaved text")


def test_it_is_put_back_once_the_row_is_recovered(changing_editor: Page) -> None:
    page, other = changing_editor, changing_editor.context.new_page()
    form = form_of(page, "guides/guide", "first ninety days")
    page.goto(form)
    page.locator("[name=body]").fill(TYPED)
    other.goto(form.replace("/change/", "/delete/"))
    other.get_by_role("button", name="Yes").click()
    expect(other.locator(".messagelist .success")).to_be_visible()
    press_save(page)
    expect(page.get_by_text("What you typed is kept in this browser")).to_be_visible()
    press_save(page)
    expect(page.locator(".messagelist .success").first).to_be_visible()
    page.goto(form)
    expect(page.get_by_text(BACK)).to_be_visible()
    expect(page.locator("[name=body]")).to_have_value(TYPED)
    press_save(page)
    expect(page.locator(".messagelist .success")).to_be_visible()
    expect_kept(page, 0)
