"""Results while typing: they work with the keyboard alone, and searching works without scripts."""

from playwright.sync_api import Page, expect


def test_the_keys_alone_lead_to_a_suggested_page(page: Page, complaints: list[str]) -> None:
    page.goto("/")
    box = page.get_by_role("combobox", name="Search the portal")
    box.focus()
    page.keyboard.type("risk man")
    options = page.get_by_role("option")
    expect(options.first).to_contain_text("Risk management")
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    page.keyboard.type("a")
    expect(options.first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Risk management")
    assert complaints == []


def test_enter_without_a_choice_searches(page: Page) -> None:
    page.goto("/")
    page.get_by_role("combobox", name="Search the portal").fill("zzzzqqqq")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Search")
