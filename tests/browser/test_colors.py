"""In all color schemes, labels in pictures are readable and the current item stands out."""

from collections.abc import Iterator
from itertools import product
from typing import Any, Literal

import pytest
from playwright.sync_api import Page

from tests.browser.test_layout import resize
from tests.browser.test_page_types import DESK, PHONE

#: The contrast that WCAG 2.2 AA asks of text.
AA = 4.5

#: The contrast of each label of the pictures with what is behind it.
CONTRASTS = """
() => {
    const linear = value => value <= .04045 ? value / 12.92 : ((value + .055) / 1.055) ** 2.4;
    const luminance = color => {
        const [red, green, blue] = color.match(/[\\d.]+/g).map(value => linear(value / 255));
        return .2126 * red + .7152 * green + .0722 * blue;
    };
    const ground = getComputedStyle(document.documentElement).backgroundColor;
    return [...document.querySelectorAll(".picture text")].map(label => {
        const box = label.closest("a")?.querySelector("rect");
        const pair = [getComputedStyle(label).fill, box ? getComputedStyle(box).fill : \
ground].map(luminance);
        return (Math.max(...pair) + .05) / (Math.min(...pair) + .05);
    });
}
"""
SET_THEME = """
theme => {
    if (theme) document.documentElement.dataset.theme = theme;
    else delete document.documentElement.dataset.theme;
}
"""
#: How each item of a navigation looks, and whether it is the current one.
LOOKS = """
items => items.map(item => {
    const {backgroundColor, color, borderBottomWidth, borderTopWidth} = getComputedStyle(item);
    return [[backgroundColor, color, borderBottomWidth, borderTopWidth].join(), \
item.hasAttribute("aria-current")];
})
"""


@pytest.mark.parametrize("path", ["/roles/map/"])
def test_words_in_pictures_can_be_read_in_all_colors(page: Page, path: str) -> None:
    page.goto(path)
    page.evaluate(
        "document.querySelector('main').replaceChildren(document.querySelector('.picture'))"
    )
    for scheme, forced, theme in colors():
        emulate(page, scheme, forced, theme)
        contrasts = page.evaluate(CONTRASTS)
        assert len(contrasts) > 10
        assert min(contrasts) >= AA, (scheme, forced, theme)
    page.locator(".picture text").first.evaluate("each => { each.style.fill = 'var(--paper)'; }")
    assert min(page.evaluate(CONTRASTS)) < AA


def test_only_the_current_item_of_a_navigation_looks_current(page: Page) -> None:
    page.goto("/ladders/tpm/senior/")
    page.evaluate("document.querySelector('main').replaceChildren()")
    for width in (DESK, PHONE):
        resize(page, width)
        for scheme, forced, theme in colors():
            emulate(page, scheme, forced, theme)
            for items in (".bar__nav a",):
                looks = page.locator(items).evaluate_all(LOOKS)
                assert len(looks) > 4
                (current,) = [look for look, is_current in looks if is_current]
                others = {look for look, is_current in looks if not is_current}
                assert current not in others, (items, width, scheme, forced, theme)
                assert len(others) == 1, (items, width, scheme, forced, theme)


def colors() -> Iterator[tuple[Any, Any, str]]:
    """Every combination of the system's colors with a theme that a visitor has stored, or none.

    Forced colors come first: Chromium applies them to all pages, so none may be left by a test.
    """
    for forced in ("active", "none"):
        for scheme, theme in product(("light", "dark"), ("", "light", "dark")):
            yield scheme, forced, theme


def emulate(
    page: Page, scheme: Literal["light", "dark"], forced: Literal["none", "active"], theme: str
) -> None:
    page.emulate_media(color_scheme=scheme, forced_colors=forced, reduced_motion="reduce")
    page.evaluate(SET_THEME, theme)
