"""Complete journeys through the portal, on desktops and phones, with and without scripts."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import follow
from tests.browser.test_page_types import DESK, PHONE, sticks_out

ANSWERS = {
    "Technical depth": "Practitioner",
    "Communication": "Expert",
    "Negotiation": "No opportunity yet",
}

THREE = {
    "First role": "Product TPM",
    "Second role": "Engineering TPM",
    "Third role": "Business TPM",
}


#: Each journey is made with one of them in one run, and with both in a full run.
SURROUNDINGS = {"desk": (DESK, True), "phone-no-scripts": (PHONE, False)}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give neighboring journeys different surroundings."""
    if "surroundings" in metafunc.fixturenames:
        names = list(SURROUNDINGS)
        if not metafunc.config.option.full:
            names = names[len(metafunc.function.__name__) % 2 :][:1]
        metafunc.parametrize("surroundings", [SURROUNDINGS[name] for name in names], ids=names)


@pytest.fixture
def scripts(surroundings: tuple[int, bool]) -> bool:
    return surroundings[1]


@pytest.fixture
def reader(browser: Browser, base_url: str, surroundings: tuple[int, bool]) -> Iterator[Page]:
    """Someone with this window and this browser.

    The last page does not stick out of the window.
    """
    size, scripts = surroundings
    context = browser.new_context(
        base_url=base_url,
        viewport={"width": size, "height": 900},
        java_script_enabled=scripts,
        accept_downloads=True,
    )
    page = context.new_page()
    yield page
    if scripts:
        assert not sticks_out(page)
    context.close()


def title(page: Page) -> Locator:
    return page.get_by_role("heading", level=1)


def link_in(page: Page, name: str) -> Locator:
    """The first link in the page itself that is called so."""
    return page.locator("main").get_by_role("link", name=name).first


def test_a_graduate_looks_for_a_first_role(reader: Page) -> None:
    reader.goto("/")
    follow(link_in(reader, "Getting started as a recent graduate"))
    expect(title(reader)).to_have_text("Getting started as a recent graduate")
    reader.get_by_role("contentinfo").get_by_role("link", name="Career map").click()
    expect(reader.get_by_role("region", name="Picture of the map")).to_be_visible()
    ways = reader.locator(
        "section[aria-labelledby=to-release-tpm] details", has_text="From Recent graduate"
    )
    ways.locator("summary").click()
    expect(ways).to_contain_text("Required:")
    reader.locator("h2").get_by_role("link", name="Release and launch TPM").click()
    expect(title(reader)).to_have_text("Release and launch TPM")
    reader.get_by_role("navigation", name="Main").get_by_role("link", name="Ladders").click()
    follow(link_in(reader, "Reference TPM ladder"))
    follow(link_in(reader, "Associate TPM"))
    expect(title(reader)).to_have_text("Associate TPM")
    expect(reader.get_by_role("heading", name="Required skills")).to_be_visible()
    expect(reader.get_by_role("heading", name="Interview questions")).to_be_visible()


def test_an_engineer_compares_three_roles_and_picks_one(reader: Page) -> None:
    reader.goto("/roles/")
    follow(link_in(reader, "Which type of TPM suits you?"))
    follow(link_in(reader, "Yes"))
    expect(reader.locator(".answers li")).to_have_count(1)
    reader.goto("/roles/")
    follow(link_in(reader, "Compare roles"))
    for label, name in {
        "First role": "Product TPM",
        "Second role": "Engineering TPM",
        "Third role": "Business TPM",
    }.items():
        reader.get_by_label(label).select_option(label=name)
    reader.get_by_role("button", name="Compare").click()
    expect(reader.get_by_role("heading", name="Differences")).to_be_visible()
    expect(reader.get_by_role("region", name="Differences")).to_contain_text("only here")
    follow(link_in(reader, "Engineering TPM"))
    expect(title(reader)).to_have_text("Engineering TPM")
    expect(reader.get_by_role("heading", name="Ladders", exact=True)).to_be_visible()


def assessed_skill(page: Page, title: str) -> Locator:
    """The choices for a skill, whose title may be followed by its importance."""
    name = re.compile(rf"^{title}( (Essential|Helpful|Inherited).*)?$")
    return page.get_by_role("group", name=name)


def open_group_of(page: Page, skill: str) -> None:
    """Open the group of a skill, which closes the one that was open."""
    legend = page.locator("legend", has_text=re.compile(rf"^\s*{skill}\b"))
    group = page.locator(".group", has=legend)
    if group.get_attribute("open") is None:
        group.locator("summary").first.click()


def answer(page: Page) -> None:
    for skill, choice in ANSWERS.items():
        open_group_of(page, skill)
        assessed_skill(page, skill).get_by_label(choice, exact=False).first.check()
    open_group_of(page, "Technical depth")
    group = assessed_skill(page, "Technical depth")
    group.get_by_text("Evidence").click()
    group.get_by_label("What did you do, and what was the result?").fill(
        "Led the design review of billing."
    )


def test_a_senior_tpm_prepares_for_staff_with_a_report_on_paper(
    reader: Page, scripts: bool
) -> None:
    reader.goto("/ladders/tpm/")
    follow(link_in(reader, "Staff TPM"))
    follow(link_in(reader, "Self-assessment"))
    answer(reader)
    reader.get_by_role("button", name="Show my gaps").click()
    expect(title(reader)).to_have_text("Self-assessment: Staff TPM (R5)")
    expect(reader.locator(".gaps tr", has_text="Negotiation")).to_contain_text("No opportunity yet")
    reader.locator("summary", has_text="Beyond the requirement").click()
    expect(reader.get_by_role("link", name="Communication").first).to_be_visible()
    reader.emulate_media(media="print")
    expect(reader.locator("form.assessment")).to_be_hidden()
    expect(reader.locator(".gaps")).to_be_visible()
    assert reader.pdf().startswith(b"%PDF")
    reader.emulate_media(media="screen")
    with reader.expect_download() as report:
        reader.get_by_role("button", name="Report as Markdown").click()
    assert "Self-assessment: Staff TPM" in report.value.path().read_text("utf-8")
    with reader.expect_download() as kept:
        reader.get_by_role("button", name="Download to continue later").click()
    assert reader.context.cookies() == []
    comes_back(reader, str(kept.value.path()), scripts)


def comes_back(page: Page, file: str, scripts: bool) -> None:
    """Continue another day: from the address, where scripts store answers, or from the file."""
    address = page.url
    assert ("#r-" in address) == scripts
    page.goto("/")
    page.goto(address if scripts else "/assess/tpm/staff/")
    if not scripts:
        page.get_by_text("Save your answers or use them").click()
        page.get_by_label("A file that you downloaded here").set_input_files(file)
        page.get_by_role("button", name="Load the file").click()
        expect(page.get_by_text("3 of 41 skills have an answer already")).to_be_visible()
    open_group_of(page, "Technical depth")
    group = assessed_skill(page, "Technical depth")
    expect(group.get_by_label("Practitioner", exact=False)).to_be_checked()
    expect(group.get_by_role("textbox")).to_have_value("Led the design review of billing.")
    page.get_by_text("Save your answers or use them").click()
    page.get_by_label("Level", exact=True).select_option(label="Principal TPM (R6)")
    page.get_by_role("button", name="Use the answers there").click()
    expect(title(page)).to_contain_text("Principal TPM")
    open_group_of(page, "Communication")
    expect(
        assessed_skill(page, "Communication").get_by_label("Expert", exact=False)
    ).to_be_checked()


def test_an_address_from_an_older_time_tells_what_does_not_fit(page: Page) -> None:
    page.goto(
        "/assess/tpm/staff/#r-communication=expert&r-negotiation=mastery&r-no-skill=expert&x=1"
    )
    expect(page.locator("[data-progress]")).to_have_text(
        "1 of 41 skills answered. 1 saved answer no longer fits; choose again"
    )
    page.get_by_role("button", name="Show my gaps").click()
    expect(
        page.get_by_text("Answers about skills that this level does not require are kept.")
    ).to_be_visible()


def test_the_report_is_copied(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/assess/tpm/staff/")
    answer(page)
    page.get_by_text("Save your answers or use them").click()
    page.get_by_role("button", name="Copy the report").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert "Self-assessment: Staff TPM" in page.evaluate("navigator.clipboard.readText()")


def test_a_reader_maps_the_level_of_a_company_to_the_reference_ladder(reader: Page) -> None:
    reader.goto("/ladders/")
    footer = reader.get_by_role("contentinfo")
    footer.get_by_role("link", name="Levels across companies", exact=True).click()
    google = reader.locator(".matrix tr", has_text="Google")
    expect(google).to_contain_text("L5")
    rests_on = reader.locator("details.mapping", has_text="Google")
    rests_on.locator("summary").click()
    expect(rests_on).to_contain_text("confidence")
    google.get_by_role("link", name="L5", exact=True).first.click()
    expect(reader.locator(".key-facts", has_text="Band")).to_contain_text("Senior")
    reader.goto("/ladders/compare/")
    reader.get_by_label("From").select_option(value="google-tpm/l5")
    reader.get_by_label("To", exact=True).select_option(value="tpm/senior")
    reader.get_by_role("button", name="Compare").click()
    expect(title(reader)).to_have_text(re.compile("to Senior TPM"))
    expect(reader.locator("main")).to_contain_text(
        "Levels of different ladders are never exactly the same"
    )
    expect(reader.get_by_role("heading", name="Skills", exact=True)).to_be_visible()


def step_to(page: Page, selector: str) -> None:
    """Press the tabulator until what has the focus is this."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"The keys do not reach {selector}")


def test_the_keys_alone_answer_and_open_the_map(page: Page) -> None:
    page.goto("/assess/uk-delivery/delivery-manager/")
    step_to(page, "fieldset input[type=radio]")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.checked")
    page.keyboard.press("Enter")
    expect(title(page)).to_contain_text("Self-assessment")
    page.goto("/roles/map/")
    step_to(page, ".map a")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#to-"))
    step_to(page, ".cost summary")
    page.keyboard.press("Enter")
    expect(page.locator(".cost[open]")).to_have_count(1)
