"""A visitor reads, filters, searches and takes away: with a mouse, with the keys alone, and without scripts."""

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

CSV_START = ["set", "position", "section", "question", "prompt"]


def read_through(page: Page) -> None:
    """From the first page to a question: role → skill → level → question."""
    page.goto("/")
    page.get_by_role("link", name="Engineering TPM").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Engineering TPM")
    page.get_by_role("link", name="Dependency management").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Dependency management")
    page.get_by_role("link", name="Senior TPM (R4)").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Senior TPM")
    page.locator(".q a").first.click()
    expect(page.get_by_role("heading", name="What answers show")).to_be_visible()


def downloaded_csv(page: Page, folder: Path) -> list[list[str]]:
    """The rows of the question set that the page offers."""
    page.goto("/interviews/sets/senior-tpm-onsite/")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download as CSV").click()
    download.value.save_as(folder / "questions.csv")
    with (folder / "questions.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, strict=True))


def test_a_visitor_reads_from_a_role_to_a_question_and_takes_the_set_away(page: Page, tmp_path: Path) -> None:
    read_through(page)
    header, first, *others = downloaded_csv(page, tmp_path)
    assert header[: len(CSV_START)] == CSV_START
    assert first[0] == "Senior TPM onsite"
    assert first[1] == "1"
    assert len(others) > 5


def test_all_of_it_works_without_scripts(browser: Browser, base_url: str, tmp_path: Path) -> None:
    context = browser.new_context(base_url=base_url, java_script_enabled=False, accept_downloads=True)
    page = context.new_page()
    read_through(page)
    assert len(downloaded_csv(page, tmp_path)) > 5
    page.goto("/interviews/questions/")
    page.get_by_label("Kind").select_option("technical")
    page.get_by_role("button", name="Show").click()
    expect(page).to_have_url(re.compile("kind=technical"))
    assert {text.split(" · ")[0].strip() for text in page.locator(".q__facts").all_inner_texts()} == {"Technical"}
    expect(page.locator("[data-theme-switch]")).to_be_hidden()
    context.close()


def test_a_search_marks_what_it_found(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Search the portal").fill("stakehold")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search/\?q=stakehold$"))
    expect(page.locator(".result mark").first).to_have_text(re.compile("stakeholders?", re.I))
    page.locator(".facets").get_by_role("link", name="Skills").click()
    expect(page).to_have_url(re.compile("kind=skill"))
    assert set(page.locator(".result__kind").all_inner_texts()) == {"Skill"}


def test_the_keys_alone_are_enough(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#main$"))
    page.goto("/")
    for _ in range(4):
        page.keyboard.press("Tab")
    expect(page.get_by_role("navigation", name="Main").get_by_role("link", name="Skills")).to_be_focused()
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Skills")
    page.get_by_label("Words").focus()
    page.keyboard.type("incident")
    page.keyboard.press("Enter")
    expect(page.locator("main .lines a")).to_have_text(["Incident leadership"])


@pytest.mark.parametrize(("scheme", "other"), [("light", "dark"), ("dark", "light")])
def test_the_theme_follows_the_system_until_it_is_switched(
    browser: Browser, base_url: str, scheme: str, other: str
) -> None:
    context = browser.new_context(base_url=base_url, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto("/")
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    before = page.evaluate(ground)
    page.get_by_role("button", name=other.capitalize()).click()
    after = page.evaluate(ground)
    assert before != after
    # Seen by a script that runs as soon as there is a body: nothing of the page was painted before.
    context.add_init_script(
        "new MutationObserver((_, seen) => { if (document.body) {"
        " window.themeAtFirst = document.documentElement.dataset.theme; seen.disconnect() } })"
        ".observe(document, {childList: true, subtree: true})"
    )
    page.goto("/skills/")
    assert page.evaluate("window.themeAtFirst") == other
    assert page.evaluate(ground) == after
    context.close()
