"""Every type of page of the site and of the admin: no violation, nothing for axe, nothing that sticks out."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

PAGES = [
    "/",
    "/roles/",
    "/roles/product-tpm/",
    "/skills/",
    "/skills/communication/",
    "/skills/?q=nothing+has+this",
    "/ladders/",
    "/ladders/tpm/",
    "/ladders/tpm/senior/",
    "/ladders/dropbox-tpm/ic4/",
    "/ladders/bands/",
    "/interviews/",
    "/interviews/questions/",
    "/interviews/questions/?page=2",
    "/interviews/questions/first-hour-of-an-outage/",
    "/interviews/sets/senior-tpm-onsite/",
    "/interviews/frameworks/star/",
    "/guides/",
    "/guides/getting-started-as-a-recent-graduate/",
    "/search/",
    "/search/?q=risk",
    "/search/?q=zzzzqqqq",
    "/collections/portal/",
    "/no-such-page/",
]
ADMIN_PAGES = [
    "/admin/",
    "/admin/interviews/question/",
    "/admin/interviews/question/add/",
    "/admin/ladders/level/",
    "/admin/skills/skill/",
]
FORMS = ["ladders/level", "interviews/question", "interviews/questionset", "roles/role", "skills/skill"]
SCHEMES = ["light", "dark"]


def axe_findings(page: Page) -> list[str]:
    """What axe finds, one line a rule."""
    found = Axe().run(page).response["violations"]
    return [f"{page.url} {one['id']}: {one['nodes'][0]['html'][:120]}" for one in found]


def quiet(complaints: list[str]) -> list[str]:
    """Without the browser's own line about a page that is meant to be missing."""
    return [line for line in complaints if "404" not in line]


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", [390, 1440])
def test_axe_finds_nothing(browser: Browser, base_url: str, scheme: str, width: int) -> None:
    context = browser.new_context(
        base_url=base_url, color_scheme=scheme, viewport={"width": width, "height": 900}, bypass_csp=True  # type: ignore[arg-type]
    )  # fmt: skip
    page = context.new_page()
    found = []
    for path in PAGES:
        page.goto(path)
        found += axe_findings(page)
    context.close()
    assert found == []


def test_axe_does_look(page: Page) -> None:
    page.set_content("<html><body><img src=x><button></button></body></html>")
    assert len(axe_findings(page)) > 2


@pytest.mark.parametrize("width", [390, 820])
def test_nothing_sticks_out_of_a_narrow_screen(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    wide = []
    for path in PAGES:
        page.goto(path)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(path)
    assert wide == []


def test_no_page_of_the_site_breaks_the_content_policy(page: Page, complaints: list[str]) -> None:
    for path in PAGES:
        page.goto(path)
        page.get_by_role("button", name="Dark").click()
        page.get_by_role("button", name="Light").click()
    assert quiet(complaints) == []


def test_a_page_that_breaks_the_content_policy_is_heard(page: Page, complaints: list[str]) -> None:
    page.goto("/")
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), {text: 'window.bad = 1'}))")
    page.wait_for_timeout(200)
    assert any("policy: script-src" in line for line in complaints)


def admin_pages(page: Page) -> list[str]:
    """Lists, an empty form, and a filled form with its history for each of some models."""
    forms = []
    for model in FORMS:
        page.goto(f"/admin/{model}/")
        form = page.locator("#result_list tbody th a").first.get_attribute("href")
        assert form
        forms += [form.partition("?")[0], form.partition("?")[0].replace("/change/", "/history/")]
    return [*ADMIN_PAGES, *forms]


def test_no_page_of_the_admin_breaks_the_content_policy(editor: BrowserContext, complaints: list[str]) -> None:
    page = editor.new_page()
    for path in admin_pages(page):
        page.goto(path)
    assert quiet(complaints) == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing_in_the_admin(editor: BrowserContext, browser: Browser, base_url: str, scheme: str) -> None:
    context = browser.new_context(base_url=base_url, color_scheme=scheme, bypass_csp=True)  # type: ignore[arg-type]
    context.add_cookies(editor.cookies())  # type: ignore[arg-type]
    page = context.new_page()
    found = []
    for path in admin_pages(page):
        page.goto(path)
        found += axe_findings(page)
    context.close()
    assert found == []
