"""A visitor reads, filters, searches and downloads: by mouse, by keyboard, and without scripts."""

import csv
import re
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from question_files.columns import COLUMNS
from tests.browser.conftest import follow

#: What a browser notes as soon as there is a body, before anything of it is painted.
NOTE_THEME = """
new MutationObserver((_, seen) => {
    if (!document.body) return;
    window.themeAtFirst = document.documentElement.dataset.theme;
    seen.disconnect();
}).observe(document, {childList: true, subtree: true});
"""
GROUND = "getComputedStyle(document.documentElement).backgroundColor"


def read_through(page: Page) -> None:
    """From the first page to a question: role → skill → level → question."""
    page.goto("/")
    page.get_by_role("link", name="Engineering TPM").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Engineering TPM")
    page.locator("#core-profile > summary").click()
    page.locator("#core-profile").get_by_role("link", name="Dependency management").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Dependency management")
    page.get_by_role("link", name="Senior TPM (R4)").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Senior TPM")
    page.locator(".rows--questions a").first.click()
    expect(page.get_by_role("heading", name="Rating anchors")).to_be_visible()


def take_away(page: Page, folder: Path) -> list[dict[str, str]]:
    """The rows of the question set that a page offers as CSV."""
    page.goto("/interviews/sets/senior-tpm-onsite/")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download as CSV").click()
    download.value.save_as(folder / "questions.csv")
    with (folder / "questions.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file, strict=True)
        assert rows.fieldnames == [*COLUMNS]
        return list(rows)


def filter_by_kind(page: Page) -> None:
    page.goto("/interviews/questions/")
    page.get_by_label("Kind").select_option("technical")
    follow(page.get_by_role("button", name="Show"))
    expect(page).to_have_url(re.compile("kind=technical"))
    assert {
        text.split(" · ")[0].strip() for text in page.locator(".q__facts").all_inner_texts()
    } == {"Technical"}


@pytest.mark.drawn(1)
@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_visitor_reads_filters_and_takes_away(
    browser: Browser, base_url: str, scripts: bool, tmp_path: Path
) -> None:
    context = browser.new_context(base_url=base_url, java_script_enabled=scripts)
    page = context.new_page()
    read_through(page)
    filter_by_kind(page)
    expect(page.locator("[data-theme-switch]")).to_be_visible(visible=scripts)
    first, *others = take_away(page, tmp_path)
    context.close()
    assert (first["set"], first["position"], first["required"]) == ("Senior TPM onsite", "1", "yes")
    assert first["anchor_4"]
    assert len(others) > 5


def test_a_search_marks_what_it_found(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Search the portal").fill("stakehold")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search/\?q=stakehold$"))
    expect(page.locator(".result mark").first).to_have_text(re.compile("stakeholders?", re.I))
    follow(page.locator(".facets").get_by_role("link", name="Skills"))
    assert set(page.locator(".result__kind").all_inner_texts()) == {"Skill"}


def go_by_keys(
    page: Page, name: str, *, role: Literal["link", "button", "combobox", "textbox"] = "link"
) -> None:
    """Press Tab until this has the focus, which must be seen."""
    wanted = page.get_by_role(role, name=name, exact=True).first
    for _ in range(40):
        page.keyboard.press("Tab")
        if wanted.evaluate("each => each === document.activeElement"):
            break
    expect(wanted).to_be_focused()
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_the_first_key_leads_past_the_navigation(page: Page) -> None:
    page.goto("/skills/communication/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#main$"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_the_keys_alone_are_enough(page: Page) -> None:
    page.goto("/")
    go_by_keys(page, "Skills")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Skills")
    go_by_keys(page, "Keywords", role="textbox")
    page.keyboard.type("incident")
    go_by_keys(page, "Group", role="combobox")
    page.keyboard.type("Risk")
    go_by_keys(page, "Show", role="button")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("q=incident&group=risk"))
    expect(page.locator("main .lines a")).to_have_text(["Incident leadership"])


@pytest.mark.parametrize(("scheme", "other"), [("light", "dark"), ("dark", "light")])
@pytest.mark.drawn(1)
def test_the_theme_follows_the_system_until_it_is_switched_and_never_flickers(
    browser: Browser, base_url: str, scheme: Literal["light", "dark"], other: str
) -> None:
    context = browser.new_context(base_url=base_url, color_scheme=scheme)
    page = context.new_page()
    page.goto("/")
    before = page.evaluate(GROUND)
    go_by_keys(page, f"{other.capitalize()} theme", role="button")
    page.keyboard.press("Enter")
    after = page.evaluate(GROUND)
    assert before != after
    context.add_init_script(NOTE_THEME)
    page.goto("/skills/")
    assert page.evaluate("window.themeAtFirst") == other
    assert page.evaluate(GROUND) == after
    context.close()
