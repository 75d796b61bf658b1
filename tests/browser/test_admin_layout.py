"""Layout of admin pages: nothing is too wide, out of view, or looks like something else."""

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
#: The first ancestor of an element that cuts off a part of its outline.
CUTS_OUTLINE = """
each => {
    const {outlineOffset, outlineWidth} = getComputedStyle(each);
    const room = parseFloat(outlineOffset) + parseFloat(outlineWidth);
    const {left, right} = each.getBoundingClientRect();
    for (let above = each.parentElement; above; above = above.parentElement) {
        const box = above.getBoundingClientRect();
        const hides = getComputedStyle(above).overflowX !== "visible";
        if (hides && (left - room < box.left || right + room > box.right)) return above.className;
    }
    return null;
}
"""
#: Focuses each field of the tables of parts, forward and backward, and lists the names of those
#: that are partly hidden by an edge of their table, although the table has room for them.
CUT_IN_TABLE = """
() => {
    const fields = [...document.querySelectorAll(".tabular :is(input, textarea, select, \
.select2-selection)")].filter(each => each.tabIndex >= 0 && each.checkVisibility());
    const cut = new Set();
    for (const field of [...fields, ...fields.toReversed()]) {
        field.focus();
        const table = field.closest(".tabular").getBoundingClientRect();
        const box = (field.closest(".select2-container") ?? field).getBoundingClientRect();
        const isInside = box.left >= table.left - 1 && box.right <= table.right + 1;
        if (box.width <= table.width && !isInside) {
            cut.add(field.name || field.getAttribute("aria-label"));
        }
    }
    return [fields.length, [...cut]];
}
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
    # Chromium applies forced colors to all pages, also to those of the next test.
    editor.emulate_media(forced_colors="none")
    assert set(buttons.evaluate_all(BORDERS)) == {"0px"}


def test_the_outline_of_a_field_is_whole_on_a_phone(editor: Page) -> None:
    resize(editor, PHONE)
    editor.goto("/admin/interviews/question/add/")
    for name in ("title", "summary"):
        field = editor.locator(f"[name={name}]")
        field.focus()
        assert field.evaluate(CUTS_OUTLINE) is None


def test_a_chosen_name_is_shown_whole(editor: Page) -> None:
    editor.goto(form_of(editor, "skills/skill"))
    names = editor.locator(".select2-selection__rendered")
    names.first.wait_for()
    names.evaluate_all(SAY, f"{LONG_WORD} {LONG_WORD}")
    for width in (DESK, PHONE):
        resize(editor, width)
        for cut in ("Width", "Height"):
            assert names.first.evaluate(f"each => each.scroll{cut} <= each.client{cut}"), width


def test_words_to_search_for_have_room_on_a_phone(editor: Page) -> None:
    resize(editor, PHONE)
    editor.goto("/admin/interviews/question/?q=risk")
    box = editor.locator("#searchbar").bounding_box()
    assert box is not None
    assert box["width"] > PHONE / 2


@pytest.mark.parametrize("width", [TABLET, PHONE])
@pytest.mark.parametrize("form", ["interviews/question", "interviews/questionset"])
def test_a_focused_field_in_a_table_of_parts_is_shown_whole(
    editor: Page, form: str, width: int
) -> None:
    resize(editor, width)
    editor.goto(form_of(editor, form))
    editor.wait_for_function("document.querySelector('.select2-selection[aria-label]') !== null")
    number, cut = editor.evaluate(CUT_IN_TABLE)
    assert number > 5
    assert cut == []
