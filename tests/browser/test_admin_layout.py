"""Pages of the admin stay whole: nothing is too wide, out of view, or looks like what it is not."""

import pytest
from playwright.sync_api import Page

from tests.browser.page_types import form_of
from tests.browser.test_layout import LONG_WORD, SAY, resize
from tests.browser.test_page_types import DESK, PHONE, TABLET, sticks_out

#: Gives the focus to each of these links in turn, there and back, and lists those of which the
#: middle is out of view then.
OUT_OF_VIEW = """
links => [...links, ...links.toReversed()].filter(link => {
    link.focus();
    const {left, top, width, height} = link.getBoundingClientRect();
    return !link.contains(document.elementFromPoint(left + width / 2, top + height / 2));
}).map(link => link.textContent)
"""
BORDERS = "all => all.map(each => getComputedStyle(each).borderTopWidth)"


def test_long_words_make_no_form_wider(editor: Page) -> None:
    editor.goto(form_of(editor, "ladders/level"))
    words = editor.locator(".breadcrumbs a, #content > :is(h1, h2), .help, .readonly a")
    assert words.count() > 10
    words.evaluate_all(SAY, LONG_WORD)
    for width in (DESK, TABLET, PHONE):
        resize(editor, width)
        assert not sticks_out(editor), width


@pytest.mark.parametrize(("width", "height"), [(DESK, 400), (TABLET, 500), (PHONE, 700)])
def test_the_head_of_a_list_comes_into_view_with_the_focus(
    editor: Page, width: int, height: int
) -> None:
    resize(editor, width, height)
    editor.goto("/admin/interviews/question/")
    links = editor.locator("#result_list thead .text a")
    assert links.count() > 5
    assert links.evaluate_all(OUT_OF_VIEW) == []


def test_buttons_look_like_buttons_where_the_system_sets_the_colors(editor: Page) -> None:
    editor.goto(form_of(editor, "ladders/level"))
    buttons = editor.locator(".submit-row :is(input, a)")
    assert buttons.count() > 3
    assert set(buttons.evaluate_all(BORDERS)) == {"0px"}
    editor.emulate_media(forced_colors="active")
    assert set(buttons.evaluate_all(BORDERS)) == {"1px"}
