"""An editor imports a published framework and an edited question set. Axe finds nothing."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Route, expect

from tests import frameworks
from tests.browser.axe import color_findings, findings
from tests.browser.conftest import Served, follow, listen
from tests.browser.page_types import form_of
from tests.browser.test_page_types import DESK, PHONE, look, sticks_out, unexpected

UK = "uk-government-digital-and-data"
#: Print what the page says while it waits, as soon as it says something.
PRINT_PROGRESS = """
addEventListener("submit", () => {
  const line = document.querySelector(".progress");
  const print = () => line.textContent ? console.info(`progress: ${line.textContent}`) : \
setTimeout(print, 20);
  print();
});
"""


@pytest.fixture
def editor(changing_editor: Page) -> Iterator[Page]:
    """An editor whose browser complains about nothing."""
    complaints = listen(changing_editor.context)
    yield changing_editor
    assert unexpected(complaints) == []


def is_sound(page: Page) -> None:
    """In light at both widths, and in the colors of dark."""
    look(page, DESK, "dark")
    assert color_findings(page) == []
    look(page, DESK, "light")
    assert findings(page) == []
    look(page, PHONE, "light")
    assert not sticks_out(page)
    look(page, DESK, "light")


def part_of_framework(file: Path) -> int:
    """Write a zip with the roles of one profession of the framework.

    Returns how many requirements it has.
    """
    with (frameworks.folder(UK) / "roles.csv").open(encoding="utf-8", newline="") as roles:
        rows = [row for row in csv.DictReader(roles) if row["Role"] == "Delivery manager"]
    needed = {row["Skill Name"] for row in rows}
    with (frameworks.folder(UK) / "skills.csv").open(encoding="utf-8", newline="") as skills:
        described = [row for row in csv.DictReader(skills) if row["Skill Name"] in needed]
    assert described
    with ZipFile(file, "w") as archive:
        archive.writestr("uk/roles.csv", written(rows))
        archive.writestr("uk/skills.csv", written(described))
    return len({(row["Role Level"].strip(), row["Skill Name"]) for row in rows})


def written(rows: list[dict[str, str]], separator: str = ",") -> bytes:
    """The rows as CSV."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]), delimiter=separator)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig" if separator == ";" else "utf-8")


def choose(page: Page, file: Path) -> None:
    """Send a file to be looked at."""
    page.locator("[name=file]").set_input_files(file)
    follow(page.get_by_role("button", name="Preview"))


@pytest.mark.drawn(2, of="long round trips")
def test_a_framework_comes_in_with_all_it_has_and_reads_well(
    editor: Page, browser: Browser, changed: Served, tmp_path: Path
) -> None:
    file = tmp_path / "uk.zip"
    requirements = part_of_framework(file)
    editor.goto("/admin/")
    follow(editor.get_by_role("link", name="Import a table"))
    is_sound(editor)
    editor.locator("[name=mapping]").select_option(UK)
    choose(editor, file)
    counts = editor.get_by_role("table")
    expect(counts.get_by_role("row", name="level_requirements")).to_contain_text(str(requirements))
    is_sound(editor)
    follow(editor.get_by_role("button", name="Import now"))
    expect(editor.get_by_text("Imported.")).to_be_visible()
    is_sound(editor)
    editor.goto(f"/collections/{UK}/")
    expect(editor.get_by_role("heading", level=1)).to_contain_text("Government Digital and Data")
    state = editor.context.storage_state()
    for width, scripts in ((DESK, True), (PHONE, False)):
        size = {"width": width, "height": 900}
        other = browser.new_context(
            base_url=changed.url, storage_state=state, viewport=size, java_script_enabled=scripts
        )
        checks_how_it_reads(other.new_page())
        other.close()


def checks_how_it_reads(page: Page) -> None:
    """From the collection to a role, its ladder, a level, the next changes, and your own place."""
    title, main = page.get_by_role("heading", level=1), page.locator("main")
    page.goto(f"/collections/{UK}/")
    ladders = page.get_by_role("region", name="Ladders", exact=True)
    ladders.get_by_role("link", name=re.compile("Delivery manager", re.IGNORECASE)).first.click()
    expect(title).to_contain_text(re.compile("delivery manager", re.IGNORECASE))
    main.locator(".levels a").first.click()
    expect(page.get_by_role("heading", name="Required skills")).to_be_visible()
    main.get_by_role("link", name="compare side by side").click()
    expect(page.get_by_role("heading", name="Skills", exact=True)).to_be_visible()
    page.go_back()
    main.get_by_role("link", name="Start a self-assessment").click()
    page.get_by_role("radio").nth(1).check()
    page.get_by_role("button", name="Show my gaps").click()
    expect(title).to_contain_text("Self-assessment")


def test_the_page_says_what_it_does_while_it_waits(editor: Page, tmp_path: Path) -> None:
    held: list[Route] = []
    said: list[str] = []

    def send_when_said() -> None:
        """Let the page wait for its answer until it has said something.

        The two may arrive in either order.
        """
        if held and said:
            held.pop().continue_()

    def hold(route: Route) -> None:
        if route.request.method != "POST":
            route.continue_()
            return
        held.append(route)
        send_when_said()

    def note(message: ConsoleMessage) -> None:
        if message.text.startswith("progress: "):
            said.append(message.text)
            send_when_said()

    file = tmp_path / "pack.zip"
    file.write_bytes(b"no zip")
    editor.goto("/admin/load/pack/")
    editor.on("console", note)
    editor.route("**/admin/load/pack/", hold)
    editor.evaluate(PRINT_PROGRESS)
    choose(editor, file)
    expect(editor.get_by_role("alert")).to_contain_text("nor a valid zip")
    assert said == ["progress: The file is being uploaded and read"]
    assert findings(editor) == []


@pytest.mark.drawn(2, of="long round trips")
def test_the_file_of_a_set_goes_out_and_comes_back(editor: Page, tmp_path: Path) -> None:
    editor.goto(form_of(editor, "interviews/questionset", "onsite"))
    with editor.expect_download() as download:
        editor.get_by_role("link", name="Download as CSV").click()
    text = download.value.path().read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
    rows[0]["prompt"] += " And then?"
    rows[1]["kind"] = "Nonsense"
    follow(editor.get_by_role("link", name="Import a CSV"))
    address = editor.url
    file = tmp_path / "set.csv"
    file.write_bytes(written(rows, separator=";"))
    choose(editor, file)
    expect(editor.get_by_role("row", name="Nonsense")).to_contain_text("kind")
    is_sound(editor)
    rows[1]["kind"] = "Case"
    editor.goto(address)
    file.write_bytes(written(rows, separator=";"))
    choose(editor, file)
    expect(editor.locator("ins").first).to_contain_text("And then?")
    is_sound(editor)
    follow(editor.get_by_role("button", name="Import now"))
    expect(editor.get_by_text("Imported.")).to_be_visible()
    editor.goto(f"/interviews/questions/{rows[0]['question']}/")
    expect(editor.locator("main")).to_contain_text("And then?")


def test_every_page_of_tables_is_sound(editor: Page) -> None:
    editor.goto("/admin/tables/")
    editor.locator("details").first.evaluate("each => each.open = true")
    is_sound(editor)
