"""From a level to a fair interview, in a browser.

A manager builds a loop, a panel compares scorecards, and a candidate practices.
"""

import csv
import io
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, FilePayload, Locator, Page, expect

from tests.browser.axe import findings
from tests.browser.conftest import follow
from tests.browser.test_page_types import DESK, PHONE, sticks_out

TEN_MINUTES = 10 * 60 * 1000
STORY = "<b>Late</b> & over budget"
PRACTICE = "/interviews/practice/?level=tpm/senior&minutes=60"


#: A level of each kind of ladder, each with another window, with scripts and without.
MANAGERS = {
    "desk": ("tpm/senior", DESK, True),
    "phone": ("program-manager/lead", PHONE, True),
    "no-scripts": ("dropbox-tpm/ic4", DESK, False),
}


def downloaded(page: Page, link: Locator) -> Path:
    """The file that a link leads to."""
    with page.expect_download() as file:
        link.click()
    return file.value.path()


def rows_of(file: Path) -> list[dict[str, str]]:
    """The rows of a CSV, by column."""
    return list(csv.DictReader(io.StringIO(file.read_text("utf-8-sig"), newline="")))


def titles(page: Page) -> list[str]:
    """The questions of the loop that is shown."""
    return page.locator(".loop__asked .q__prompt a").all_text_contents()


def acts_on(page: Page, title: str) -> Locator:
    """What can be done with a question."""
    return page.locator(".loop__asked > li", has=page.get_by_role("link", name=title, exact=True))


@pytest.mark.drawn(1)
@pytest.mark.parametrize(("level", "width", "scripts"), MANAGERS.values(), ids=MANAGERS)
def test_a_manager_builds_a_loop_swaps_a_question_prints_and_downloads(
    browser: Browser, base_url: str, level: str, width: int, scripts: bool
) -> None:
    context = browser.new_context(
        base_url=base_url, viewport={"width": width, "height": 900}, java_script_enabled=scripts
    )
    builds_a_loop(context.new_page(), level)
    context.close()


def builds_a_loop(manager: Page, level: str) -> None:
    """From the page about interviews to the printed kit of a loop that was changed by hand."""
    manager.goto("/interviews/")
    follow(manager.get_by_role("link", name="Build a loop for a level"))
    manager.get_by_label("Level").select_option(level)
    manager.get_by_label("Interviews").fill("2")
    follow(manager.get_by_role("button", name="Propose a loop"))
    expect(manager.get_by_role("region", name="Skills tested")).to_be_visible()
    proposed = titles(manager)
    assert len(proposed) >= 4
    swapped = next(title for title in proposed if _swap(manager, title))
    changed = titles(manager)
    assert swapped not in changed
    assert len(changed) == len(proposed)
    follow(acts_on(manager, changed[0]).get_by_role("link", name="To interview 2"))
    assert titles(manager)[-1] == changed[0]
    follow(acts_on(manager, changed[1]).get_by_role("link", name="Remove"))
    kept = titles(manager)
    assert sorted(kept) == sorted(title for title in changed if title != changed[1])
    files = manager.locator(".taking")
    assert len(rows_of(downloaded(manager, files.nth(0).get_by_role("link", name="CSV")))) == len(
        kept
    )
    book = load_workbook(
        io.BytesIO(downloaded(manager, files.nth(1).get_by_role("link", name="XLSX")).read_bytes())
    )
    assert book.worksheets[0].max_row > 2
    follow(manager.get_by_role("link", name="Interview kit"))
    expect(manager.locator(".kit__question")).to_have_count(len(kept))
    assert manager.pdf(format="A4").startswith(b"%PDF")


def _swap(page: Page, title: str) -> bool:
    """Take the first question that is offered in the place of this one.

    Not done if there is none.
    """
    follow(acts_on(page, title).get_by_role("link", name="Swap"))
    offers = page.locator(".others__list").get_by_role("link", name="Use this question")
    if offers.count():
        follow(offers.first)
        return True
    follow(page.get_by_role("link", name="Cancel"))
    return False


def test_a_loop_and_its_kit_fit_the_window(page: Page) -> None:
    page.goto("/interviews/builder/?level=tpm/senior")
    for width in (DESK, PHONE):
        page.set_viewport_size({"width": width, "height": 900})
        assert not sticks_out(page)
    follow(page.get_by_role("link", name="Interview kit"))
    assert not sticks_out(page)


def filled(blank: list[dict[str, str]], name: str, ratings: list[str]) -> FilePayload:
    """The scorecard as an interviewer sends it back."""
    text = io.StringIO(newline="")
    rows = csv.DictWriter(text, list(blank[0]))
    rows.writeheader()
    for row, rating in zip(blank, ratings, strict=False):
        rows.writerow(row | {"rating": rating, "evidence": "Told of the outage in May."})
    return {"name": name, "mimeType": "text/csv", "buffer": text.getvalue().encode()}


def test_a_panel_compares_two_filled_scorecards(page: Page) -> None:
    page.goto("/interviews/sets/senior-tpm-onsite/scorecard/")
    blank = rows_of(downloaded(page, page.locator(".taking").get_by_role("link", name="CSV")))
    page.get_by_role("link", name="Compare completed scorecards").click()
    cards = [
        filled(blank, "anna.csv", ["4", "3", "4"]),
        filled(blank, "ben.csv", ["1", "3", "not assessed"]),
    ]
    page.get_by_label("Completed scorecards").set_input_files(cards)
    page.get_by_role("button", name="Compare").click()
    hints = page.locator(".calibration__hints")
    expect(hints).to_contain_text(
        f"Your ratings differ by two points or more: {blank[0]['title']}."
    )
    table = page.get_by_role("region", name="Skill by skill").locator("tbody tr")
    expect(table.nth(0)).to_contain_text("3")
    expect(table.nth(2)).to_contain_text("not assessed")
    assert findings(page) == []


def stories_of(page: Page) -> Locator:
    """The titles of the stories that the browser stores."""
    return page.locator("[data-list] summary")


def test_a_candidate_practises_ten_minutes_without_a_connection(page: Page) -> None:
    page.clock.install()
    page.goto(PRACTICE)
    page.context.set_offline(True)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    questions = page.locator(".practice__question")
    expect(questions.locator("visible=true").locator("h2")).to_have_count(1)
    page.get_by_role("button", name="Start the timer").click()
    page.clock.fast_forward(TEN_MINUTES)
    given = int(questions.first.get_attribute("data-minutes") or 0)
    expect(page.get_by_role("timer")).to_have_text(
        f"{abs(given - 10)}:00 {'over' if given < 10 else 'left'}"
    )
    questions.first.locator(".practice__sheet summary").click()
    questions.first.get_by_label("Situation").fill("The payments migration, two weeks before peak.")
    questions.first.get_by_role("button", name="Save as a story").click()
    expect(stories_of(page)).to_have_count(1)
    shown = {
        each.get_attribute("data-skill") for each in questions.first.locator("[data-skill]").all()
    }
    for needed in page.locator("[data-needed]").all():
        expected = "1 story" if needed.get_attribute("data-needed") in shown else "no story yet"
        expect(needed.locator("small").first).to_have_text(expected)
    questions.first.locator(".practice__strong summary").click()
    expect(questions.first.locator(".practice__strong h3").first).to_be_visible()
    page.get_by_role("button", name="Next question").click()
    expect(questions.nth(1)).to_be_visible()
    expect(questions.first).to_be_hidden()
    # The icon of the site is asked for whenever the browser likes.
    assert [url for url in asked if "/icon." not in url] == []
    page.context.set_offline(False)
    assert findings(page) == []


def test_stories_stay_in_the_browser_and_move_as_a_file(page: Page) -> None:
    page.goto(PRACTICE)
    sheet = page.locator(".practice__question").first
    sheet.locator(".practice__sheet summary").click()
    sheet.get_by_role("button", name="Save as a story").click()
    expect(sheet.locator("[data-kept]")).to_have_text("Write something first.")
    sheet.get_by_label("Situation").fill(STORY)
    sheet.get_by_role("button", name="Save as a story").click()
    file = downloaded(page, page.get_by_role("button", name="Download")).read_bytes()
    assert json.loads(file)["stories"][0]["steps"] == [["Situation", STORY]]
    page.reload()
    expect(stories_of(page)).to_have_count(1)
    expect(page.locator(".practice__question").first.locator("textarea").first).to_have_value(STORY)
    stories_of(page).click()
    expect(page.locator("[data-list] dd")).to_have_text(STORY)
    page.get_by_role("button", name="Remove").click()
    expect(stories_of(page)).to_have_count(0)
    loading = page.locator("[data-load]")
    loading.set_input_files(
        {"name": "x.json", "mimeType": "application/json", "buffer": b'{"kind": "other"}'}
    )
    expect(page.locator("[data-said]")).to_have_text(
        "This file does not contain stories that were downloaded here."
    )
    loading.set_input_files(
        {"name": "stories.json", "mimeType": "application/json", "buffer": file}
    )
    expect(stories_of(page)).to_have_count(1)
