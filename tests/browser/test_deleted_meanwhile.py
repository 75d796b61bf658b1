"""Text typed into the form of a row that someone else has deleted since."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Served
from tests.browser.page_types import form_of
from tests.browser.test_unsaved import BACK, expect_kept, log_in_here, press_save

#: Each opens several pages of the admin, which takes seconds.
pytestmark = pytest.mark.drawn(4, of="unsaved text")


@pytest.fixture
def typed(request: pytest.FixtureRequest) -> str:
    """A text that only this test uses: all tests save the same row.

    A text that is stored already would not count as unsaved.
    """
    return f"Typed in {request.node.name}."


def test_it_is_put_back_once_the_row_is_recovered(changing_editor: Page, typed: str) -> None:
    page, other = changing_editor, changing_editor.context.new_page()
    form = form_of(page, "guides/guide", "first ninety days")
    page.goto(form)
    page.locator("[name=body]").fill(typed)
    other.goto(form.replace("/change/", "/delete/"))
    other.get_by_role("button", name="Yes").click()
    expect(other.locator(".messagelist .success")).to_be_visible()
    press_save(page)
    expect(page.get_by_text("What you typed is stored in this browser")).to_be_visible()
    press_save(page)
    expect(page.locator(".messagelist .success").first).to_be_visible()
    page.goto(form)
    expect(page.get_by_text(BACK)).to_be_visible()
    expect(page.locator("[name=body]")).to_have_value(typed)
    press_save(page)
    expect(page.locator(".messagelist .success")).to_be_visible()
    expect_kept(page, 0)


def test_after_an_ended_session_the_page_that_recovers_a_row_has_all_that_was_typed(
    changing_editor: Page, served: Served, typed: str
) -> None:
    page = changing_editor
    form = form_of(page, "guides/guide", "first ninety days")
    page.goto(form.replace("/change/", "/delete/"))
    page.get_by_role("button", name="Yes").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    page.goto(form.partition("/guide/")[0] + "/guide/recover/")
    page.locator("#content table a").first.click()
    recovery = page.url
    page.locator("[name=body]").fill(typed)
    page.context.clear_cookies(name="sessionid")
    press_save(page)
    expect(page.get_by_text("Nothing was saved, because you are logged out.")).to_be_visible()
    log_in_here(page, served)
    expect(page.get_by_text(BACK)).to_be_visible()
    assert page.url == recovery
    expect(page.locator("[name=body]")).to_have_value(typed)
    press_save(page)
    expect(page.locator(".messagelist .success").first).to_be_visible()
    expect_kept(page, 0)
    page.goto(form)
    expect(page.locator("[name=body]")).to_have_value(typed)
