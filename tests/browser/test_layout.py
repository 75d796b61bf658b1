"""Layout of public pages: nothing is too wide, covered, cut off, or looks like something else."""

from collections.abc import Iterator
from itertools import product

import pytest
from playwright.sync_api import Browser, Page, expect

from content.markdown import render_markdown
from tests.browser.test_page_types import DESK, PHONE, SMALLEST, TABLET, sticks_out

GUIDE = "/guides/getting-started-as-a-recent-graduate/"
#: A table of each kind whose names of rows and columns stay in view, and the pictures.
TABLES = [
    "/ladders/gitlab-tpm/",
    "/ladders/bands/",
    "/roles/compare/?a=product-tpm&b=engineering-tpm&c=business-tpm",
]
#: Pages of different columns.
LONG_WORDS = [
    *(
        "/",
        "/ladders/tpm/senior/",
        "/ladders/compare/?from=google-tpm/l5&to=tpm/associate",
        "/skills/communication/",
    ),
    *("/roles/product-tpm/", "/skills/a-z/", "/changes/", "/guides/"),
]
WINDOWS = [(DESK, 900), (DESK, 500), (TABLET, 600), (PHONE, 700)]
LONG_WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
#: The longest names of columns that stay in view.
LONG_NAME = "Senior staff technical program manager, platform"

#: Gives the focus to each thing in a table or picture in turn, there and back, and lists what
#: cannot be seen then.
COVERED = """
() => {
    const seen = (thing, box, across, down) => {
        const at = document.elementFromPoint(box.left + box.width * across, box.top + box.height * \
down);
        return at !== null && thing.contains(at);
    };
    const points = [[.5, .5], [.1, .2], [.9, .2], [.1, .8], [.9, .8]];
    const things = [...document.querySelectorAll(":is(.matrix, .heat, .picture) :is(a[href], \
summary, button, input)")];
    const shown = things.filter(each => each.checkVisibility({visibilityProperty: true}));
    document.activeElement.blur();
    const covered = new Set();
    for (const thing of [...shown, ...shown.toReversed()]) {
        thing.focus();
        const [box] = thing.getClientRects();
        const number = points.filter(point => seen(thing, box, ...point)).length;
        if (box.width < 3 || number < 3) covered.add(thing.outerHTML.slice(0, 150));
    }
    return [shown.length, [...covered]];
}
"""
#: The words of elements with a single text that are on more than one line.
BROKEN_WORDS = """
elements => elements.flatMap(element => {
    const text = element.firstChild;
    const words = [...text.data.matchAll(/\\S+/g)];
    return words.filter(word => {
        const range = document.createRange();
        range.setStart(text, word.index);
        range.setEnd(text, word.index + word[0].length);
        return new Set([...range.getClientRects()].map(box => box.top)).size > 1;
    }).map(String);
})
"""
#: How many of these elements do not show all of their text.
CLIPPED = """
all => all.filter(each => {
    const {overflow} = getComputedStyle(each);
    return overflow !== "visible" && each.scrollHeight > each.clientHeight + 1;
}).length
"""
FIRST_IS_SEEN = """
() => {
    const {left, top} = document.activeElement.getClientRects()[0];
    return document.activeElement.contains(document.elementFromPoint(left + 3, top + 8));
}
"""
WRITE_PARTS = """
(text, [number, words]) => {
    text.innerHTML = `<h2>${words}</h2><p>${"A sentence. ".repeat(20)}</p>`.repeat(number);
}
"""
#: Writes this title for every level of a ladder, in the stairs, the lists and the table.
WRITE_LEVELS = """
title => {
    const links = document.querySelectorAll(".stairs a, .levels h3 a, .heat thead b");
    for (const each of links) each.textContent = title;
    document.querySelector(".heat").className = "heat heat--upright heat--long";
}
"""
#: Writes a word in the place of every text of the page, and says how many there are.
WRITE_EVERYWHERE = """
word => {
    const texts = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
    let number = 0;
    while (texts.nextNode()) {
        if (!texts.currentNode.data.trim() || texts.currentNode.parentElement.closest("svg, \
option")) continue;
        texts.currentNode.data = word;
        number += 1;
    }
    return number;
}
"""
#: The positions of the first and the last character of a text.
ENDS = """
each => [0, each.firstChild.length - 1].map(place => {
    const range = new Range();
    range.setStart(each.firstChild, place);
    range.setEnd(each.firstChild, place + 1);
    return range.getBoundingClientRect().left;
})
"""
#: The distance of an element from the one above it.
GAP_ABOVE = """
each => {
    const above = each.previousElementSibling.getBoundingClientRect();
    return each.getBoundingClientRect().top - above.bottom;
}
"""
#: How tall pages may be on a wide screen and on a phone, in pixels.
BUDGETS = {
    "/": (3_200, 7_000),
    "/ladders/tpm/associate/": (4_500, 7_500),
    "/ladders/tpm/senior/": (4_500, 7_500),
    "/ladders/tpm/staff/": (4_500, 7_500),
    "/ladders/tpm/senior-manager/": (4_500, 7_500),
    "/ladders/compare/?from=tpm/senior&to=tpm/staff": (4_000, 7_000),
    "/ladders/tpm/": (4_000, 8_000),
    "/ladders/program-manager/": (4_000, 8_000),
    "/assess/tpm/staff/": (3_000, 5_000),
    "/assess/program-manager/senior/": (3_000, 5_000),
    "/roles/product-tpm/": (5_000, 8_500),
    "/roles/hardware-tpm/": (5_000, 8_500),
}
SAY = "(all, words) => { for (const each of all) each.textContent = words; }"


@pytest.fixture(scope="module")
def page(browser: Browser, base_url: str) -> Iterator[Page]:
    """One page for all tests, whose animations are over at once."""
    context = browser.new_context(base_url=base_url, reduced_motion="reduce")
    yield context.new_page()
    context.close()


def resize(page: Page, width: int, height: int = 900) -> None:
    page.set_viewport_size({"width": width, "height": height})


def write_parts(page: Page, number: int, words: str) -> None:
    """Give the text of the first page this many parts."""
    page.locator(".prose--first").evaluate(WRITE_PARTS, [number, words])


def test_the_first_page_is_never_wider_than_its_window(page: Page) -> None:
    page.goto("/")
    for width in (TABLET, PHONE, SMALLEST, DESK):
        resize(page, width)
        for number, words in product((2, 3, 12), ("Short", LONG_WORD)):
            write_parts(page, number, words)
            assert not sticks_out(page), (number, words, width)
    write_parts(page, 2, "Short")
    left, right = (heading.bounding_box() for heading in page.locator(".prose--first h2").all())
    assert left is not None
    assert right is not None
    assert left["y"] == right["y"]


@pytest.mark.drawn(4)
@pytest.mark.parametrize("path", LONG_WORDS)
def test_long_words_make_no_page_wider(page: Page, path: str) -> None:
    page.goto(path)
    assert page.evaluate(WRITE_EVERYWHERE, LONG_WORD) > 10
    for width in (DESK, TABLET, PHONE, SMALLEST):
        resize(page, width)
        assert not sticks_out(page), width


def test_tables_and_code_of_texts_make_no_page_wider(page: Page) -> None:
    words = " ".join(["availability"] * 40)
    row = "|" + " availability |" * 9
    wide = render_markdown(f"{row}\n{'|---' * 9}|\n{row}\n\n    {words}")
    for path, place in (
        ("/interviews/questions/first-hour-of-an-outage/", ".prompt"),
        ("/roles/product-tpm/", ".table--compact .note"),
        ("/roles/product-tpm/", ".table:not(.table--compact) .note"),
        ("/ladders/compare/?from=dropbox-tpm/ic4&to=dropbox-tpm/ic5", ".told li"),
    ):
        page.goto(path)
        page.locator(place).first.evaluate("(each, html) => { each.innerHTML = html; }", wide)
        for width in (TABLET, PHONE, SMALLEST):
            resize(page, width)
            assert not sticks_out(page), (path, width)


def test_words_and_names_of_the_other_direction_keep_their_order(page: Page) -> None:
    page.goto("/ladders/tpm/senior/")
    for direction, place, words in (
        ("rtl", ".side .btn", "Where to?"),
        ("ltr", ".key-facts a", "مدير (L1)"),
    ):
        page.locator("main").evaluate("(main, dir) => { main.dir = dir; }", direction)
        named = page.locator(place).first
        named.evaluate("(each, words) => { each.textContent = words; }", words)
        first, last = named.evaluate(ENDS)
        assert (first < last) == (direction == "rtl"), words


@pytest.mark.drawn(2)
@pytest.mark.parametrize("path", TABLES)
def test_what_has_the_focus_is_seen_in_every_window(page: Page, path: str) -> None:
    page.goto(path)
    for width, height in WINDOWS:
        resize(page, width, height)
        number, covered = page.evaluate(COVERED)
        assert number > 10
        assert covered == [], (width, height)


def test_a_ladder_with_long_titles_stays_short(page: Page) -> None:
    page.goto("/ladders/tpm/")
    page.evaluate("for (const fold of document.querySelectorAll('.fold')) fold.open = true")
    page.evaluate(WRITE_LEVELS, "Principal technical program manager " * 5)
    for width in (DESK, TABLET, PHONE):
        resize(page, width)
        heights = {
            part: page.locator(part).first.evaluate("each => each.offsetHeight")
            for part in (".stairs", ".levels", ".heat thead")
        }
        assert all(40 < height < 4_500 for height in heights.values()), (width, heights)
        assert page.locator(".levels h3 a, .stairs a, .heat b").evaluate_all(CLIPPED) == 0
        assert not sticks_out(page)


def test_the_keyboard_comes_out_from_under_the_names_of_columns(page: Page) -> None:
    page.goto(TABLES[1])
    resize(page, TABLET, 560)
    links = page.locator(".matrix tbody a")
    links.last.focus()
    for key in ("Shift+Tab", "Tab"):
        for _ in range(12):
            page.keyboard.press(key)
            assert page.evaluate(FIRST_IS_SEEN)
    assert links.last.evaluate("each => each === document.activeElement")


def test_what_is_covered_is_found(page: Page) -> None:
    page.goto(TABLES[1])
    resize(page, TABLET, 600)
    page.locator(".matrix").evaluate("each => each.style.setProperty('--head-height', 0)")
    assert page.evaluate(COVERED)[1]


def test_long_names_are_whole_and_leave_room_for_the_table(page: Page) -> None:
    page.goto("/ladders/tpm/")
    resize(page, TABLET, 600)
    half = len(LONG_NAME) // 2
    for part, words in (("b", LONG_NAME[:half]), ("small", LONG_NAME[half:])):
        page.locator(f".heat thead {part}").evaluate_all(SAY, words)
    page.locator(".heat tbody tr:nth-child(2) a").evaluate_all(SAY, LONG_WORD)
    assert page.locator(".heat thead :is(b, small)").evaluate_all(CLIPPED) == 0
    rem = page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")
    head = page.locator(".heat thead").bounding_box()
    row = page.locator(".heat tbody tr:nth-child(2) th").first.bounding_box()
    assert head is not None
    assert row is not None
    assert head["height"] <= 11 * rem
    assert row["width"] <= 15 * rem


def test_what_follows_a_note_stands_apart_from_it(page: Page) -> None:
    for path, place in (
        ("/ladders/tpm/senior/", ".note + .changes, .note + .tiles"),
        ("/interviews/calibration/", ".note + p"),
        ("/roles/compare/?a=product-tpm&b=engineering-tpm", ".beside + .note"),
        ("/interviews/practice/?level=tpm/senior&minutes=30", ".stories__none"),
    ):
        page.goto(path)
        gap = page.locator(place).first.evaluate(GAP_ABOVE)
        assert gap >= 12, path


def test_no_word_of_a_core_profile_is_broken_on_a_small_phone(page: Page) -> None:
    page.set_viewport_size({"width": SMALLEST, "height": 700})
    page.goto("/roles/product-tpm/")
    titles = page.locator(".table--compact > li > a")
    assert titles.count() > 5
    assert titles.evaluate_all(BROKEN_WORDS) == []


def test_the_first_screen_of_a_level_says_what_decides(page: Page) -> None:
    page.goto("/ladders/tpm/senior/")
    resize(page, DESK)
    for place in ("h1", ".strip", "#decides", ".side .btn", ".key-facts"):
        box = page.locator(place).first.bounding_box()
        assert box is not None
        assert box["y"] < 900, place


def test_pages_are_no_taller_than_their_budgets(page: Page) -> None:
    for width, position in ((DESK, 0), (PHONE, 1)):
        resize(page, width)
        for path, budgets in BUDGETS.items():
            page.goto(path)
            height = page.evaluate("document.documentElement.scrollHeight")
            assert 1_500 < height <= budgets[position], (path, width)


@pytest.mark.parametrize("path", ["/ladders/compare/", "/interviews/practice/"])
def test_a_chosen_level_can_be_read_whole(page: Page, path: str) -> None:
    page.goto(path)
    choice = page.locator("select:has(optgroup)").first
    choice.evaluate(
        "each => { each.selectedOptions[0].textContent = 'Staff Technical Program Manager (8)'; }"
    )
    for width in (DESK, PHONE):
        resize(page, width)
        box = choice.bounding_box()
        assert box is not None
        choice.evaluate(
            "each => { each.style.width = 'auto'; each.style.fieldSizing = 'content'; }"
        )
        needed = choice.bounding_box()
        choice.evaluate("each => { each.removeAttribute('style'); }")
        assert needed is not None
        assert needed["width"] > 250
        assert box["width"] >= needed["width"]


def test_a_numbered_anchor_of_the_first_version_leads_to_its_section(page: Page) -> None:
    page.goto(GUIDE)
    section = page.locator("h2[id^=section-]").nth(3)
    name, _, position = (section.locator("span").get_attribute("id") or "").rpartition("-")
    for shifted in (int(position), int(position) - 1):
        page.goto(f"/guides/#{name}")
        page.goto(f"{GUIDE}#{name}-{shifted}")
        expect(section).to_be_in_viewport()
        assert page.evaluate("scrollY") > 0
