"""The Back button leads to a submitted form, and never to an error page of the browser."""

import pytest
from playwright.sync_api import Error, Page, expect

CALIBRATION = "/interviews/calibration/"
ASSESSMENT = "/assess/tpm/senior/"


def send_no_scorecard(page: Page) -> None:
    """Send a file that is refused, and read why."""
    page.goto(CALIBRATION)
    page.get_by_label("Completed scorecards as CSV").set_input_files(
        {"name": "notes.csv", "mimeType": "text/csv", "buffer": b"no,scorecard\n1,2\n"}
    )
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_role("alert")).to_be_visible()


def go_on_and_back(page: Page) -> None:
    page.wait_for_load_state()  # Only then have its scripts changed the entry of the history.
    page.goto("/roles/")
    page.go_back()


def test_the_form_comes_after_back_and_the_answer_after_a_reload(page: Page) -> None:
    send_no_scorecard(page)
    page.reload()
    expect(page.get_by_role("alert")).to_be_visible()
    go_on_and_back(page)
    expect(page.get_by_label("Completed scorecards as CSV")).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)


def test_a_browser_goes_back_to_no_answer_by_itself(page: Page) -> None:
    page.add_init_script("History.prototype.replaceState = () => {}")
    send_no_scorecard(page)
    with pytest.raises(Error, match="ERR_CACHE_MISS"):
        go_on_and_back(page)


@pytest.mark.parametrize("number", [0, 1])
def test_an_assessment_comes_with_its_answers_after_back(page: Page, number: int) -> None:
    page.goto(ASSESSMENT)
    for step in page.locator(".rating__step input").all()[:number]:
        step.check()
    page.get_by_role("button", name="Show my gaps").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Self-assessment")
    go_on_and_back(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Self-assessment")
    expect(page.locator(".rating input:checked")).to_have_count(number)


def test_the_form_of_an_upload_comes_after_back(editor: Page) -> None:
    editor.goto("/admin/load/pack/")
    file = editor.locator("input[type=file]")
    file.set_input_files({"name": "pack.txt", "mimeType": "text/plain", "buffer": b"no zip"})
    editor.get_by_role("button", name="Preview").click()
    refusal = editor.get_by_text("Choose a file that ends in .zip.")
    expect(refusal).to_be_visible()
    go_on_and_back(editor)
    expect(file).to_be_visible()
    expect(refusal).to_have_count(0)
