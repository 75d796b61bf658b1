"""What pages look like on paper."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.test_layout import GAP_ABOVE
from tests.browser.test_page_types import sticks_out

#: The width of A4 without its margins, in pixels.
PAPER = {"width": 673, "height": 1000}


@pytest.fixture
def paper(browser: Browser, base_url: str) -> Iterator[Page]:
    """A browser that shows what it would print."""
    context = browser.new_context(base_url=base_url, viewport=PAPER)
    page = context.new_page()
    page.emulate_media(media="print")
    yield page
    context.close()


def test_a_heading_stays_with_the_word_above_it(paper: Page) -> None:
    paper.goto("/search/?q=risk")
    assert paper.locator(".result h3").first.evaluate(GAP_ABOVE) < 8


@pytest.mark.parametrize(
    "path",
    [
        "/interviews/practice/?level=tpm/senior&minutes=30",
        "/interviews/builder/?level=tpm/senior&skill=communication",
    ],
)
def test_there_is_nothing_to_press(paper: Page, path: str) -> None:
    paper.goto(path)
    buttons = paper.locator("main :is(button, .btn, td a[href$='#others'])")
    assert buttons.count() > 3
    assert buttons.locator("visible=true").count() == 0


def test_the_career_map_is_as_wide_as_the_paper(paper: Page) -> None:
    paper.goto("/roles/map/")
    assert not sticks_out(paper)


def test_all_words_of_a_row_are_of_one_size(paper: Page) -> None:
    paper.goto("/roles/compare/?a=product-tpm&b=engineering-tpm")
    sizes = paper.locator(".matrix :is(tbody th a, .level)").evaluate_all(
        "all => all.map(each => getComputedStyle(each).fontSize)"
    )
    assert len(sizes) > 10
    assert len(set(sizes)) == 1


@pytest.mark.parametrize("ladder", ["tpm", "program-manager"])
@pytest.mark.parametrize("paper_format", ["A4", "Letter"])
def test_the_cards_of_a_reference_ladder_fit_on_two_sheets(
    paper: Page, ladder: str, paper_format: str
) -> None:
    paper.goto(f"/ladders/{ladder}/cards/")
    assert paper.locator(".level-card").count() > 6
    printed = paper.pdf(format=paper_format)
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", printed)) <= 2
