"""Every type of page of the site and of the admin.

Axe finds nothing, the content policy is respected, and nothing overflows.
"""

from collections.abc import Iterator
from typing import Literal

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import Browser, Page

from tests.browser.axe import color_findings, findings
from tests.browser.conftest import listen
from tests.browser.page_types import SITE, admin_pages, form_of
from tests.project.addresses import PAGES
from tests.samples import sample

DESK, TABLET, PHONE = 1440, 820, 390
#: A small phone, and a wide screen at 400 %, where nothing has to be scrolled sideways either.
SMALLEST = 320
#: Models whose forms have every kind of field and of part.
FORMS = ["ladders/level", "interviews/question", "interviews/questionset"]
LISTS = ["/admin/", "/admin/interviews/question/?kind__exact=technical&q=risk"]
#: Pages that a phone shows in another layout than a wide screen.
IN_ONE_COLUMN = ["/", "/ladders/tpm/", "/roles/map/", "/assess/tpm/associate/"]
Scheme = Literal["light", "dark"]
FIRST_PAGES = pytest.mark.drawn(8, of="first pages of each type")
OTHER_PAGES = pytest.mark.drawn(2, of="other pages")


def view_name(path: str) -> str:
    """The name of the view that answers here, if one does."""
    try:
        return resolve(path.partition("?")[0]).view_name
    except Resolver404:
        return ""


def look(page: Page, width: int, scheme: Scheme) -> None:
    """See the page so, when it has come to rest."""
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    page.evaluate("Promise.all(document.getAnimations().map(each => each.finished))")


def sticks_out(page: Page) -> bool:
    """Whether one has to scroll sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))


def small_fields(page: Page) -> list[str]:
    """The visible fields whose text is so small that a phone zooms in on them."""
    found: list[str] = page.evaluate("""
        [...document.querySelectorAll("input:not([type=checkbox], [type=radio], [type=submit]), \
select, textarea")]
            .filter(field => field.checkVisibility() && \
parseFloat(getComputedStyle(field).fontSize) < 16)
            .map(field => field.outerHTML.slice(0, 120))
    """)
    return found


def unexpected(complaints: list[str]) -> list[str]:
    """Without the browser's own line about a page that is meant to be missing."""
    return [line for line in complaints if "status of 404" not in line]


def test_no_type_of_page_is_left_out() -> None:
    assert {view_name(path) for path in SITE} == {*PAGES, ""}


@pytest.fixture(scope="module")
def shared_page(browser: Browser, base_url: str) -> Iterator[tuple[Page, list[str]]]:
    """One page for all addresses, and its complaints.

    A browser takes longer to open a page than to show one.
    """
    context = browser.new_context(base_url=base_url)
    complaints = listen(context)
    yield context.new_page(), complaints
    context.close()


@pytest.fixture
def reader(shared_page: tuple[Page, list[str]]) -> tuple[Page, list[str]]:
    """The shared page of a test that begins without complaints."""
    shared_page[1].clear()
    return shared_page


def is_first_of_type(path: str) -> bool:
    """Whether no address before this one has the same view.

    The others show the same elements in other states.
    """
    return next(each for each in SITE if view_name(each) == view_name(path)) == path


@pytest.mark.parametrize(
    "path",
    [
        pytest.param(path, marks=FIRST_PAGES if is_first_of_type(path) else OTHER_PAGES)
        for path in SITE
    ],
)
def test_a_page_of_the_site_is_sound_at_every_width_in_light_and_dark(
    reader: tuple[Page, list[str]], path: str
) -> None:
    page, complaints = reader
    is_first = is_first_of_type(path)
    look(page, DESK, "light")
    page.goto(path)
    assert findings(page, colors=is_first) == []
    if is_first:
        look(page, DESK, "dark")
        assert color_findings(page) == []
    for width in (TABLET, SMALLEST, PHONE):
        look(page, width, "light")
        assert not sticks_out(page), width
    assert small_fields(page) == []
    assert unexpected(complaints) == []


@pytest.mark.drawn(1)
@pytest.mark.parametrize("path", IN_ONE_COLUMN)
def test_axe_finds_nothing_on_a_phone(page: Page, path: str) -> None:
    look(page, PHONE, "light")
    page.goto(path)
    assert findings(page, colors=False) == []


@pytest.mark.drawn(1)
@pytest.mark.parametrize("model", FORMS)
def test_axe_finds_nothing_in_a_form_of_the_admin(editor: Page, model: str) -> None:
    editor.goto(form_of(editor, model))
    look(editor, DESK, "light")
    assert findings(editor) == []
    look(editor, DESK, "dark")
    assert color_findings(editor) == []


@pytest.mark.drawn(1)
@pytest.mark.parametrize("model", ["ladders/ladder", "ladders/level", "skills/scale"])
def test_no_form_with_a_table_of_parts_is_wider_than_its_window(editor: Page, model: str) -> None:
    editor.goto(form_of(editor, model))
    assert editor.locator(".tabular tbody tr").count() > 1
    for width in (DESK, TABLET, PHONE):
        look(editor, width, "light")
        assert not sticks_out(editor), width


@pytest.mark.drawn(1)
@pytest.mark.parametrize("path", LISTS)
def test_axe_finds_nothing_in_a_list_of_the_admin(editor: Page, path: str) -> None:
    editor.goto(path)
    look(editor, DESK, "dark")
    assert findings(editor) == []


def test_no_page_of_the_admin_breaks_the_content_policy(
    editor: Page, complaints: list[str]
) -> None:
    paths = admin_pages(editor)
    for path in sample(paths, 4):
        answer = editor.goto(path)
        assert answer is not None
        assert answer.ok, path
    assert len(paths) > 15
    assert unexpected(complaints) == []


def test_the_switch_of_the_theme_keeps_to_the_content_policy(
    page: Page, complaints: list[str]
) -> None:
    page.goto("/")
    page.get_by_role("button", name="Dark theme").click()
    assert unexpected(complaints) == []


def test_axe_does_look(page: Page) -> None:
    page.set_content(
        "<img src=x><button></button><p style='color: #eee; background: #fff'>Pale words</p>"
    )
    found = " ".join(findings(page))
    assert all(rule in found for rule in ("image-alt", "button-name", "color-contrast"))
    assert [line.split()[1] for line in color_findings(page)] == ["color-contrast:"]


def test_one_pale_text_among_many_that_look_alike_is_found(page: Page) -> None:
    cells = "<td>Dark words</td>" * 50
    page.set_content(
        f"<table><tr style='background: #fff'>{cells}<tr style='background: #222'>{cells}</table>"
    )
    assert len(color_findings(page)) == 1
    page.locator("tr").last.evaluate("row => row.style.background = '#ddd'")
    assert color_findings(page) == []


def test_a_page_that_breaks_the_content_policy_is_heard(page: Page, complaints: list[str]) -> None:
    page.goto("/")
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {text: 'window.bad = "
        "1'}))"
    )
    # A violation is reported a moment later; the next page would be opened before that.
    with page.expect_console_message(lambda message: message.text.startswith("policy: style")):
        page.evaluate("document.body.setAttribute('style', 'color: red')")
    page.goto("/roles/")
    assert {
        line.split()[1].partition("-")[0] for line in complaints if line.startswith("policy:")
    } == {
        "script",
        "style",
    }


@pytest.mark.drawn(1)
@pytest.mark.parametrize(
    "path", ["/admin/interviews/question/", "/admin/guides/guide/add/", "/admin/load/pack/"]
)
def test_no_field_of_the_admin_makes_a_phone_zoom_in(editor: Page, path: str) -> None:
    look(editor, PHONE, "light")
    editor.goto(path)
    assert small_fields(editor) == []


def test_a_small_field_is_seen(page: Page) -> None:
    page.set_content(
        "<input style='font-size: 15px'><input style='font-size: 16px'><select hidden></select>"
    )
    assert [field[:7] for field in small_fields(page)] == ["<input "]


def test_a_disabled_button_looks_disabled(page: Page) -> None:
    page.goto("/interviews/practice/?level=tpm/senior&minutes=30")
    button = page.get_by_role("button", name="Next question")
    style = (
        "each => { const {backgroundColor, cursor} = getComputedStyle(each); return "
        "[backgroundColor, cursor]; }"
    )
    enabled = button.evaluate(style)
    button.evaluate("each => each.disabled = true")
    disabled = button.evaluate(style)
    assert enabled[0] != disabled[0]
    assert [enabled[1], disabled[1]] == ["pointer", "not-allowed"]


def test_what_sticks_out_is_seen(page: Page) -> None:
    page.goto("/")
    look(page, PHONE, "light")
    assert not sticks_out(page)
    page.evaluate("document.querySelector('h1').style.width = '500px'")
    assert sticks_out(page)
