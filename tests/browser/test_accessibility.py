"""axe finds nothing on any type of page, in light and in dark, on a phone and on a desk."""

from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.page_types import SITE, form_of

DESK, PHONE = 1440, 390
#: Models whose forms have every kind of field and of part.
FORMS = ["ladders/level", "interviews/question", "interviews/questionset"]
#: Rules that a theme can break; the others find the same in both.
OF_COLOUR = ["color-contrast", "link-in-text-block"]
SCHEMES: dict[Literal["light", "dark"], list[str]] = {"light": [], "dark": OF_COLOUR}
QUICK = {"resultTypes": ["violations"], "preload": False}


def findings(page: Page, *rules: str) -> list[str]:
    """What axe finds, one line a rule."""
    options: dict[str, Any] = QUICK | ({"runOnly": list(rules)} if rules else {})
    found = Axe().run(page, options=options).response["violations"]
    return [f"{page.url} {each['id']}: {each['nodes'][0]['html'][:120]}" for each in found]


def look_at(page: Page, path: str, widths: list[int]) -> list[str]:
    """What axe finds in these widths and in every theme."""
    page.goto(path)
    found = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        for scheme, rules in SCHEMES.items():
            page.emulate_media(color_scheme=scheme)
            page.evaluate("Promise.all(document.getAnimations().map(each => each.finished))")
            found += findings(page, *rules)
    return found


@pytest.mark.parametrize("path", SITE)
def test_axe_finds_nothing_on_the_site(page: Page, path: str) -> None:
    assert look_at(page, path, [DESK, PHONE]) == []


@pytest.mark.parametrize("model", FORMS)
def test_axe_finds_nothing_in_a_form_of_the_admin(editor: Page, model: str) -> None:
    assert look_at(editor, form_of(editor, model), [DESK]) == []


@pytest.mark.parametrize("path", ["/admin/", "/admin/interviews/question/?kind__exact=technical&q=risk"])
def test_axe_finds_nothing_in_the_admin(editor: Page, path: str) -> None:
    assert look_at(editor, path, [DESK]) == []


def test_axe_does_look(page: Page) -> None:
    page.set_content("<img src=x><button></button><p style='color: #eee; background: #fff'>Pale words</p>")
    found = " ".join(findings(page))
    assert all(rule in found for rule in ("image-alt", "button-name", "color-contrast"))
    assert [line.split()[1] for line in findings(page, *OF_COLOUR)] == ["color-contrast:"]
