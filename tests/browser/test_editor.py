"""An editor logs in and edits in the admin; visitors see it at once, but not a draft."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Served, log_in
from tests.browser.page_types import form_of

QUESTION = "/interviews/questions/first-hour-of-an-outage/"
SKILL = "/skills/process-improvement/"


def status(page: Page, path: str) -> int:
    """The status of the response at this address."""
    answer = page.goto(path)
    assert answer is not None
    return answer.status


def save(page: Page) -> None:
    """By the keyboard.

    Previews that come into sight on the way move the button from under a pointer.
    """
    page.get_by_role("button", name="Save", exact=True).last.press("Enter")
    expect(page.locator(".messagelist .success")).to_be_visible()


def change(page: Page, form: str, values: dict[str, str]) -> None:
    """Fill fields of a form and save it."""
    page.goto(form)
    for name, text in values.items():
        field = page.locator(f"[name={name}]")
        field.fill(text) if field.evaluate(
            "each => each.tagName"
        ) != "SELECT" else field.select_option(text)
    save(page)


@pytest.mark.drawn(2, of="editors in a browser")
def test_an_editor_logs_in_and_out(page: Page, served: Served) -> None:
    log_in(page, served.password)
    page.get_by_role("button", name="Log out").click()
    page.goto("/admin/")
    expect(page.get_by_label("Username")).to_be_visible()


@pytest.mark.drawn(2, of="editors in a browser")
def test_a_changed_question_shows_with_its_probes(changing_editor: Page, visitor: Page) -> None:
    visitor.goto(QUESTION)
    probes = visitor.locator(".probes > li")
    count = probes.count()
    form = form_of(changing_editor, "interviews/question", "first hour")
    changing_editor.goto(form)
    changing_editor.get_by_text("Add another Follow-up").click()
    changing_editor.locator(f"[name=probes-{count}-text]").fill("And who is told *last*?")
    changing_editor.locator("[name=prompt]").fill("What of the **first minute**?")
    changing_editor.locator("[name=probes-0-text]").fill("Who is told first?")
    save(changing_editor)
    changing_editor.goto(form)
    changing_editor.get_by_role("link", name="View on site").click()
    expect(changing_editor).to_have_url(re.compile(QUESTION))
    visitor.goto(QUESTION)
    expect(visitor.locator(".prompt strong")).to_have_text("first minute")
    expect(probes.first).to_contain_text("Who is told first?")
    expect(probes).to_have_count(count + 1)
    expect(probes.last.locator("em")).to_have_text("last")
    changing_editor.goto(form)
    changing_editor.locator(f"[name=probes-{count}-DELETE]").check()
    save(changing_editor)
    visitor.goto(QUESTION)
    expect(probes).to_have_count(count)


@pytest.mark.drawn(2, of="editors in a browser")
def test_a_draft_is_the_editors_alone(changing_editor: Page, visitor: Page) -> None:
    assert status(visitor, SKILL) == 200
    form = form_of(changing_editor, "skills/skill", "process improvement")
    change(changing_editor, form, {"status": "draft"})
    assert status(changing_editor, SKILL) == 200
    expect(changing_editor.locator(".state")).to_contain_text("Draft")
    assert status(visitor, SKILL) == 404
    visitor.goto("/skills/")
    expect(visitor.get_by_role("link", name="Process improvement")).to_have_count(0)
    change(changing_editor, form, {"status": "published"})
    assert status(visitor, SKILL) == 200


@pytest.mark.drawn(2, of="editors in a browser")
def test_markdown_is_shown_while_it_is_written(editor: Page) -> None:
    editor.goto("/admin/guides/guide/add/")
    editor.get_by_label("Body").first.fill("One *quite* plain <script>alert(1)</script> sentence")
    preview = editor.locator(".field-body .markdown-preview")
    expect(preview.locator("em")).to_have_text("quite")
    expect(preview).to_contain_text("<script>alert(1)</script>")


@pytest.mark.drawn(2, of="editors in a browser")
def test_a_refused_form_keeps_what_was_typed(editor: Page) -> None:
    editor.goto("/admin/skills/skill/add/")
    editor.locator("[name=summary]").fill("A summary that must not be lost")
    editor.evaluate("document.querySelectorAll('form').forEach(form => form.noValidate = true)")
    editor.get_by_role("button", name="Save", exact=True).last.click()
    expect(editor.locator(".field-title .errorlist")).to_be_visible()
    expect(editor.locator("[name=summary]")).to_have_value("A summary that must not be lost")
