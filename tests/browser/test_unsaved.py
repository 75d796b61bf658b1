"""Text that an editor typed is not lost when a session ends, a tab is closed or a link is clicked.

Saved text is not called unsaved, even if the browser did not get the response.
"""

import re
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.conftest import Served, log_in
from tests.browser.page_types import MODELS, form_of
from tests.samples import sample

#: Each opens several pages of the admin, which takes seconds.
pytestmark = pytest.mark.drawn(4, of="unsaved text")

TYPED = "Typed, and not to be lost."
BACK = "What you typed was restored. It is not saved yet."


@pytest.fixture
def form(editor: Page) -> str:
    """The address of the form of a question that has follow-ups."""
    return form_of(editor, "interviews/question", "first hour")


@pytest.fixture
def dialogs(editor: Page) -> list[str]:
    """The kinds of dialog that the browser shows, each of which lets the page go."""
    shown: list[str] = []
    editor.on("dialog", lambda dialog: (shown.append(dialog.type), dialog.accept()))
    return shown


def type_into(page: Page, form: str) -> str:
    """Type into a field and into a new follow-up; the name of the field of the follow-up."""
    page.goto(form)
    name = f"probes-{page.locator('[name=probes-INITIAL_FORMS]').input_value()}-text"
    page.get_by_text("Add another Follow-up").click()
    page.locator(f"[name={name}]").fill(TYPED)
    page.locator("[name=guidance]").fill(TYPED)
    return name


def press_save(page: Page) -> None:
    page.get_by_role("button", name="Save", exact=True).last.press("Enter")


def log_in_here(page: Page, served: Served) -> None:
    """Log in with the form that is shown instead of the requested page."""
    page.get_by_label("Username").fill("editor")
    page.get_by_label("Password").fill(served.password)
    page.get_by_role("button", name="Log in").click()


def expect_all_back(page: Page, follow_up: str) -> None:
    expect(page.get_by_text(BACK)).to_be_visible()
    expect(page.locator("[name=guidance]")).to_have_value(TYPED)
    expect(page.locator(f"[name={follow_up}]")).to_have_value(TYPED)


def discard(page: Page, *, others: int = 0) -> None:
    """Show the form as it is stored, and check that only other texts are still offered.

    This works however long its page takes to load.
    """
    page.evaluate("() => { window.setTimeout = (action, pause, ...given) => action(...given); }")
    page.get_by_role("link", name="Discard it").click()
    expect(page.get_by_text(BACK)).to_have_count(0)
    expect(page.locator("[name=guidance]")).not_to_have_value(TYPED)
    expect_kept(page, others)


def expect_kept(page: Page, number: int) -> None:
    """So many forms are in the storage of the browser, once the scripts of the page have run."""
    keys = "Object.keys(localStorage).filter(key => key.startsWith('unsaved:'))"
    page.wait_for_function(f"number => {keys}.length === number", arg=number)


def test_after_an_ended_session_the_log_in_leads_back_to_the_form_with_all_that_was_typed(
    editor: Page, context: BrowserContext, served: Served, form: str
) -> None:
    follow_up = type_into(editor, form)
    context.clear_cookies(name="sessionid")
    press_save(editor)
    expect(editor.get_by_text("Nothing was saved, because you are logged out.")).to_be_visible()
    log_in_here(editor, served)
    expect_all_back(editor, follow_up)
    discard(editor)


def test_after_a_log_in_in_another_tab_each_tab_has_its_own_text(
    editor: Page, context: BrowserContext, served: Served, form: str
) -> None:
    follow_up = type_into(editor, form)
    other = context.new_page()
    other.on("dialog", lambda dialog: dialog.accept())
    type_into(other, form)
    other.locator("[name=guidance]").fill("Typed in the other tab.")
    context.clear_cookies()
    log_in(other, served.password)
    press_save(editor)
    expect(editor.get_by_role("heading", level=1)).to_have_text("This form has expired")
    editor.get_by_role("link", name="Open the form again").click()
    expect_all_back(editor, follow_up)
    discard(editor, others=1)
    other.goto(form)
    other.get_by_role("button", name="Restore it").click()
    expect(other.locator("[name=guidance]")).to_have_value("Typed in the other tab.")


def test_leaving_a_changed_form_asks_first_and_the_text_is_offered_later(
    editor: Page, form: str, dialogs: list[str], complaints: list[str]
) -> None:
    editor.goto(form)
    editor.goto("/admin/")
    assert dialogs == []
    follow_up = type_into(editor, form)
    editor.get_by_role("link", name="View on site").click()
    editor.wait_for_url(re.compile("/interviews/questions/"))
    assert dialogs == ["beforeunload"]
    editor.goto(form)
    expect(editor.locator("[name=guidance]")).not_to_have_value(TYPED)
    expect(editor.get_by_text("What you typed here on")).to_be_visible()
    editor.get_by_role("button", name="Restore it").click()
    expect_all_back(editor, follow_up)
    discard(editor)
    assert complaints == []


def test_what_is_offered_after_back_can_be_discarded(
    editor: Page, form: str, dialogs: list[str]
) -> None:
    type_into(editor, form)
    editor.goto("/admin/")
    editor.go_back()
    expect(editor.locator("[name=guidance]")).not_to_have_value(TYPED)
    editor.get_by_role("button", name="Discard it").click()
    expect(editor.get_by_text("What you typed here on")).to_have_count(0)
    expect_kept(editor, 0)
    assert dialogs == ["beforeunload"]


def test_ctrl_s_saves_and_nothing_is_kept_afterwards(
    editor: Page, form: str, dialogs: list[str]
) -> None:
    editor.goto(form)
    before = editor.locator("[name=guidance]").input_value()
    for text in (TYPED, before):
        editor.locator("[name=guidance]").fill(text)
        editor.keyboard.press("Control+s")
        expect(editor.locator(".messagelist .success")).to_contain_text("was changed successfully")
        expect(editor.locator("[name=guidance]")).to_have_value(text)
        expect(editor).to_have_url(re.compile(f"{form}$"))
        expect_kept(editor, 0)
        editor.goto(form)
    assert dialogs == []


def test_a_text_that_was_typed_and_taken_out_again_is_no_change(
    editor: Page, form: str, dialogs: list[str]
) -> None:
    editor.goto(form)
    before = editor.locator("[name=guidance]").input_value()
    editor.locator("[name=guidance]").fill(TYPED)
    editor.locator("[name=guidance]").fill(before)
    editor.goto("/admin/")
    assert dialogs == []


def test_a_chosen_row_of_a_search_field_is_a_change(
    editor: Page, form: str, dialogs: list[str]
) -> None:
    editor.goto(form)
    editor.locator("[aria-labelledby=select2-id_band_from-container]").click()
    editor.locator(".select2-results__option").last.click()
    editor.goto("/admin/")
    assert dialogs == ["beforeunload"]
    editor.evaluate("localStorage.clear()")


def test_a_log_out_leaves_nothing_in_the_browser(
    editor: Page, context: BrowserContext, served: Served, form: str
) -> None:
    context.clear_cookies()
    log_in(editor, served.password)
    editor.on("dialog", lambda dialog: dialog.accept())
    type_into(editor, form)
    editor.goto("/admin/")
    expect_kept(editor, 1)
    editor.get_by_role("button", name="Log out").click()
    expect(editor.get_by_role("heading", level=1)).to_have_text("Logged out")
    expect_kept(editor, 0)


def test_a_form_that_was_only_looked_at_is_left_without_a_question(
    editor: Page, dialogs: list[str]
) -> None:
    forms = [
        form_of(editor, model)
        for model in sample([*MODELS, "ladders/ladder", "skills/scale", "guides/guide"], 4)
    ]
    for address in (*forms, "/admin/interviews/questionset/add/"):
        editor.goto(address)
        editor.locator("#form-state").wait_for(state="attached")
        editor.locator("h1").click()
        editor.wait_for_function("document.querySelector('[name=form_mark]') !== null")
    editor.goto("/admin/")
    expect_kept(editor, 0)
    assert dialogs == []
    editor.goto(form_of(editor, "ladders/level"))
    editor.locator("[name=scope]").fill(TYPED)
    editor.goto("/admin/")
    assert dialogs == ["beforeunload"]


def test_a_refused_form_can_be_reloaded_and_is_not_called_unsaved_once_it_is_saved(
    changing_editor: Page,
) -> None:
    page = changing_editor
    page.on("dialog", lambda dialog: dialog.accept())
    form = form_of(page, "interviews/question", "first hour")
    page.goto(form)
    page.locator("[name=title]").fill("")
    page.locator("[name=guidance]").fill(TYPED)
    press_save(page)
    expect(page.locator(".field-title .errorlist")).to_be_visible()
    page.reload()
    expect(page.locator(".field-title .errorlist")).to_be_visible()
    expect_kept(page, 1)
    page.locator("[name=title]").fill("Typed after the refusal")
    page.reload()
    expect(page.get_by_text(BACK)).to_be_visible()
    expect(page.locator("[name=title]")).to_have_value("Typed after the refusal")
    expect(page.locator("[name=guidance]")).to_have_value(TYPED)
    press_save(page)
    expect(page.locator(".messagelist .success")).to_be_visible()
    expect_kept(page, 0)


def test_back_to_a_refused_form_leads_to_the_form_which_offers_what_was_typed(
    editor: Page, form: str, dialogs: list[str]
) -> None:
    editor.goto(form)
    editor.locator("[name=title]").fill("")
    editor.locator("[name=guidance]").fill(TYPED)
    press_save(editor)
    expect(editor.locator(".field-title .errorlist")).to_be_visible()
    editor.wait_for_load_state()
    editor.locator("[name=guidance]").press("End")  # Browsers ask only who has used the page.
    editor.goto("/admin/")
    editor.go_back()
    editor.get_by_role("button", name="Restore it").click()
    expect(editor.locator("[name=guidance]")).to_have_value(TYPED)
    assert set(dialogs) == {"beforeunload"}


def test_a_popup_whose_session_ended_comes_back_with_its_text_and_closes_once_it_is_saved(
    changing_editor: Page, changed: Served
) -> None:
    changing_editor.goto("/admin/skills/skill/add/")
    with changing_editor.expect_popup() as opened:
        changing_editor.locator("#add_id_group").click()
    popup = opened.value
    popup.locator("[name=title]").fill("Typed in a popup")
    popup.locator("[name=slug]").fill("typed-in-a-popup")
    changing_editor.context.clear_cookies(name="sessionid")
    press_save(popup)
    expect(popup.get_by_text("Nothing was saved, because you are logged out.")).to_be_visible()
    log_in_here(popup, changed)
    expect(popup.get_by_text(BACK)).to_be_visible()
    expect(popup.locator("[name=title]")).to_have_value("Typed in a popup")
    with popup.expect_event("close"):
        press_save(popup)
    expect(changing_editor.locator("#id_group option:checked")).to_have_text(
        re.compile("Typed in a popup")
    )
    another = changing_editor.context.new_page()
    another.goto("/admin/skills/skillgroup/add/")
    expect_kept(another, 0)


def add_scale_without_answer(page: Page, title: str) -> None:
    """Save a new scale while the connection breaks down.

    The portal has saved it, the browser does not know.
    """

    def lose_answer(route: Route) -> None:
        if route.request.method == "POST":
            assert route.fetch(max_redirects=0).status == 302
            page.context.clear_cookies(name="messages")
            route.abort()
        else:
            route.continue_()

    page.goto("/admin/skills/scale/add/")
    page.locator("[name=title]").fill(title)
    page.locator("[name=slug]").fill(title.lower())
    page.route("**/admin/skills/scale/add/", lose_answer)
    with page.expect_event("requestfailed"):
        press_save(page)
    page.unroute_all()


def test_what_was_saved_without_an_answer_is_not_called_unsaved(
    changing_editor: Page, changed: Served
) -> None:
    page = changing_editor
    add_scale_without_answer(page, "Unanswered")
    page = page.context.new_page()
    page.goto("/admin/skills/scale/add/")
    expect_kept(page, 0)
    add_scale_without_answer(page, "Unknown")
    page.context.clear_cookies()
    log_in(page, changed.password)
    page.goto("/admin/skills/scale/add/")
    expect(
        page.get_by_text("was sent, but the server did not answer. It may have been saved.")
    ).to_be_visible()
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Look in the list").click()
    expect(opened.value.get_by_role("link", name="Unknown")).to_be_visible()
    page.get_by_role("button", name="Discard it").click()
    expect_kept(page, 0)


def test_a_form_that_awaits_its_answer_takes_no_second_save_and_no_text(editor: Page) -> None:
    held: list[Route] = []
    editor.goto("/admin/skills/scale/add/")
    title = editor.locator("[name=title]")
    title.fill("Typed")
    editor.route("**/admin/skills/scale/add/", lambda route: held.append(route))
    with editor.expect_request("**/admin/skills/scale/add/"):
        title.press("Enter", no_wait_after=True)
    for keys in ("x", "Enter", "Control+s"):
        editor.keyboard.press(keys)
    for route in held:
        route.fulfill(status=204)  # after which a browser stays where it is
    expect(title).to_have_value("Typed")
    assert len(held) == 1


def test_after_an_ended_session_the_text_beside_a_file_is_back_and_the_file_is_asked_for(
    editor: Page, context: BrowserContext, served: Served, tmp_path: Path
) -> None:
    file = tmp_path / "skills.csv"
    file.write_text("Skill Name,Contextualized Skill Statement\nRisk,Sees risks early.\n")
    editor.goto("/admin/load/rsd/")
    editor.locator("[name=attribution]").fill(TYPED)
    editor.locator("[name=file]").set_input_files(file)
    context.clear_cookies(name="sessionid")
    editor.get_by_role("button", name="Preview").click()
    expect(editor.get_by_text("Nothing was saved, because you are logged out.")).to_be_visible()
    log_in_here(editor, served)
    expect(editor.get_by_text("choose the file again")).to_be_visible()
    expect(editor.locator("[name=attribution]")).to_have_value(TYPED)
    editor.get_by_role("link", name="Discard it").click()
    expect(editor.locator("[name=attribution]")).to_have_value("")
    expect_kept(editor, 0)
