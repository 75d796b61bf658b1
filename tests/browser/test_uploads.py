"""An editor brings a published framework in and the file of a question set back; axe finds nothing on the way."""

import csv
import io
import re
import time
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests import frameworks
from tests.browser.axe import OF_COLOUR, findings
from tests.browser.conftest import NOTE_VIOLATIONS, Served, log_in
from tests.browser.page_types import form_of
from tests.browser.test_page_types import DESK, PHONE, look, sticks_out, unexpected
from tests.serving import PASSWORD, Portal, empty_database

UK = "uk-government-digital-and-data"


@pytest.fixture(scope="module")
def own_portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A portal of its own: what comes in here stays."""
    with empty_database("browsed_uploads") as database:
        portal = Portal(tmp_path_factory.mktemp("portal"), database)
        process = portal.start()
        portal.wait_for(process)
        assert process.stdout is not None
        said = ""
        while not (found := PASSWORD.search(said)):
            said += process.stdout.readline()
        yield Served(f"http://localhost:{portal.port}", found[1])
        portal.end()


@pytest.fixture
def editor(browser: Browser, own_portal: Served) -> Iterator[Page]:
    """Signed in to that portal."""
    heard: list[str] = []
    context = browser.new_context(base_url=own_portal.url, accept_downloads=True)
    context.add_init_script(NOTE_VIOLATIONS)
    context.on("console", lambda message: heard.append(message.text) if message.type == "error" else None)
    page = context.new_page()
    log_in(page, own_portal.password)
    yield page
    context.close()
    assert unexpected(heard) == []


def is_sound(page: Page) -> None:
    """At both widths, in light and in dark."""
    look(page, DESK, "light")
    assert findings(page) == []
    look(page, DESK, "dark")
    assert findings(page, *OF_COLOUR) == []
    look(page, PHONE, "light")
    assert findings(page) == []
    assert not sticks_out(page)


def choose(page: Page, file: Path) -> None:
    """Send a file to be looked at."""
    page.locator("[name=file]").set_input_files(file)
    page.get_by_role("button", name="Look at it first").click()


def test_a_framework_comes_in_with_all_it_has_and_reads_well(
    editor: Page, browser: Browser, own_portal: Served, tmp_path: Path
) -> None:
    folder, file = frameworks.folder(UK), tmp_path / "uk.zip"
    with ZipFile(file, "w") as archive:
        for name in ("roles.csv", "skills.csv"):
            archive.write(folder / name, f"uk/{name}")
    editor.goto("/admin/")
    editor.get_by_role("link", name="Import a table").click()
    is_sound(editor)
    editor.locator("[name=mapping]").select_option(UK)
    choose(editor, file)
    counts = editor.get_by_role("table")
    expect(counts.get_by_role("row", name="level_requirements")).to_contain_text("1781")
    is_sound(editor)
    editor.get_by_role("button", name="Load it now").click()
    expect(editor.get_by_text("Loaded.")).to_be_visible()
    is_sound(editor)
    editor.goto(f"/collections/{UK}/")
    expect(editor.get_by_role("heading", level=1)).to_contain_text("Government Digital and Data")
    state = editor.context.storage_state()
    for width, scripts in product((DESK, PHONE), (True, False)):
        size = {"width": width, "height": 900}
        other = browser.new_context(
            base_url=own_portal.url, storage_state=state, viewport=size, java_script_enabled=scripts
        )
        checks_how_it_reads(other.new_page())
        other.close()


def checks_how_it_reads(page: Page) -> None:
    """From the collection to a role, its ladder, a level, what changes from there, and where one stands."""
    title, main = page.get_by_role("heading", level=1), page.locator("main")
    page.goto(f"/collections/{UK}/")
    ladders = page.get_by_role("region", name="Ladders", exact=True)
    ladders.get_by_role("link", name=re.compile("Delivery manager", re.IGNORECASE)).first.click()
    expect(title).to_contain_text(re.compile("delivery manager", re.IGNORECASE))
    main.locator(".levels a").first.click()
    expect(page.get_by_role("heading", name="Skills this level needs")).to_be_visible()
    main.get_by_role("link", name="What changes from there, side by side").click()
    expect(page.get_by_role("heading", name="Skills", exact=True)).to_be_visible()
    page.go_back()
    main.get_by_role("link", name="Where do you stand?").click()
    page.get_by_role("radio").nth(1).check()
    page.get_by_role("button", name="Show what I still miss").click()
    expect(title).to_contain_text("Where you stand")


def test_the_page_says_what_it_does_while_it_waits(editor: Page, tmp_path: Path) -> None:
    def slowly(route: Route) -> None:
        if route.request.method == "POST":
            time.sleep(2)
        route.continue_()

    file = tmp_path / "pack.zip"
    file.write_bytes(b"no zip")
    editor.goto("/admin/load/pack/")
    editor.route("**/admin/load/pack/", slowly)
    editor.evaluate("""
        addEventListener("submit", (event) => {
          const line = document.querySelector(".progress");
          setTimeout(() => sessionStorage.setItem("said", line.textContent), 100);
        });
    """)
    choose(editor, file)
    expect(editor.get_by_role("alert")).to_contain_text("not a sound zip")
    assert editor.evaluate("sessionStorage.getItem('said')") == "The file is being sent and read"
    is_sound(editor)


def test_the_file_of_a_set_goes_out_and_comes_back(editor: Page, tmp_path: Path) -> None:
    editor.goto(form_of(editor, "interviews/questionset", "onsite"))
    with editor.expect_download() as download:
        editor.get_by_role("link", name="Download as CSV").click()
    text = download.value.path().read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
    rows[0]["prompt"] += " And then?"
    rows[1]["kind"] = "Nonsense"
    editor.get_by_role("link", name="Bring back a CSV").click()
    address = editor.url
    is_sound(editor)
    choose(editor, written(rows, tmp_path / "set.csv"))
    expect(editor.get_by_role("row", name="Nonsense")).to_contain_text("kind")
    is_sound(editor)
    rows[1]["kind"] = "Case"
    editor.goto(address)
    choose(editor, written(rows, tmp_path / "set.csv"))
    expect(editor.locator("ins").first).to_contain_text("And then?")
    is_sound(editor)
    editor.get_by_role("button", name="Load it now").click()
    expect(editor.get_by_text("Loaded.")).to_be_visible()
    editor.goto(f"/interviews/questions/{rows[0]['question']}/")
    expect(editor.locator("main")).to_contain_text("And then?")


def written(rows: list[dict[str, str]], file: Path) -> Path:
    """The rows as a spreadsheet saves them where commas stand in numbers."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]), delimiter=";")
    writer.writeheader()
    writer.writerows(rows)
    file.write_bytes(text.getvalue().encode("utf-8-sig"))
    return file


def test_every_page_of_tables_is_sound(editor: Page) -> None:
    editor.goto("/admin/tables/")
    editor.locator("details").first.evaluate("each => each.open = true")
    is_sound(editor)
    editor.goto("/admin/")
    is_sound(editor)
