"""An editor logs in, edits in the admin, and visitors see it at once; a draft only the editor sees."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import Served, log_in

LEVEL = "/ladders/tpm/senior/"
QUESTION = "/interviews/questions/first-hour-of-an-outage/"


@pytest.fixture
def visitor(browser: Browser, base_url: str) -> Iterator[Page]:
    """Somebody else, in another browser."""
    context = browser.new_context(base_url=base_url)
    yield context.new_page()
    context.close()


def change_form(page: Page, model: str, words: str) -> None:
    """The form of the first row that a change list finds."""
    page.goto(f"/admin/{model}/?q={words}")
    page.locator("#result_list tbody th a").first.click()
    expect(page.get_by_role("button", name="Save", exact=True).first).to_be_visible()


def save(page: Page) -> None:
    page.get_by_role("button", name="Save", exact=True).last.click()
    expect(page.locator(".messagelist .success")).to_be_visible()


def replaced(page: Page, name: str, text: str) -> str:
    """Fill a field of the form; what stood there before."""
    field = page.locator(f"[name={name}]")
    before = field.input_value()
    field.fill(text)
    return before


def test_an_editor_logs_in_and_out(page: Page, served: Served) -> None:
    log_in(page, served.password)
    page.get_by_role("button", name="Log out").click()
    page.goto("/admin/")
    expect(page.get_by_label("Username")).to_be_visible()


def test_a_changed_level_shows_at_once(editor: BrowserContext, visitor: Page) -> None:
    page = editor.new_page()
    visitor.goto(LEVEL)
    change_form(page, "ladders/level", "Senior TPM R4")
    before = replaced(page, "scope", "Everything that has a date")
    save(page)
    visitor.goto(LEVEL)
    expect(visitor.get_by_text("Everything that has a date")).to_be_visible()
    change_form(page, "ladders/level", "Senior TPM R4")
    replaced(page, "scope", before)
    save(page)
    visitor.goto(LEVEL)
    expect(visitor.get_by_text("Everything that has a date")).to_have_count(0)


def test_a_changed_question_shows_with_its_probes(editor: BrowserContext, visitor: Page) -> None:
    page = editor.new_page()
    visitor.goto(QUESTION)
    change_form(page, "interviews/question", "first hour")
    prompt = replaced(page, "prompt", "What do you do in the **first minute**?")
    probe = replaced(page, "probes-0-text", "Who is told first?")
    save(page)
    visitor.goto(QUESTION)
    expect(visitor.locator(".prompt strong")).to_have_text("first minute")
    expect(visitor.locator(".probes > li").first).to_contain_text("Who is told first?")
    change_form(page, "interviews/question", "first hour")
    replaced(page, "prompt", prompt)
    replaced(page, "probes-0-text", probe)
    save(page)


def test_a_draft_is_the_editors_alone(editor: BrowserContext, visitor: Page) -> None:
    page = editor.new_page()
    path = "/skills/process-improvement/"
    change_form(page, "skills/skill", "process improvement")
    page.get_by_label("Status").select_option("draft")
    save(page)
    try:
        page.goto(path)
        expect(page.locator(".state")).to_contain_text("Draft")
        answer = visitor.goto(path)
        assert answer is not None
        assert answer.status == 404
        visitor.goto("/skills/")
        expect(visitor.get_by_role("link", name="Process improvement")).to_have_count(0)
    finally:
        change_form(page, "skills/skill", "process improvement")
        page.get_by_label("Status").select_option("published")
        save(page)
    answer = visitor.goto(path)
    assert answer is not None
    assert answer.status == 200


def test_markdown_is_shown_while_it_is_written(editor: BrowserContext) -> None:
    page = editor.new_page()
    change_form(page, "guides/guide", "reading a ladder")
    page.locator("[name=body]").fill("One *quite* plain <script>alert(1)</script> sentence")
    preview = page.locator(".field-body [data-markdown-preview], .field-body .markdown-preview").first
    expect(preview.locator("em")).to_have_text(["quite"])
    expect(preview).to_contain_text("<script>alert(1)</script>")


def test_a_refused_form_keeps_what_was_typed(editor: BrowserContext) -> None:
    page = editor.new_page()
    change_form(page, "skills/skill", "communication")
    replaced(page, "summary", "A summary that must not be lost")
    replaced(page, "title", "")
    page.evaluate("document.querySelectorAll('form').forEach(form => form.noValidate = true)")
    page.get_by_role("button", name="Save", exact=True).last.click()
    expect(page.locator(".errorlist").first).to_be_visible()
    expect(page.locator("[name=summary]")).to_have_value(re.compile("must not be lost"))
