"""What a narrow screen shows of pages with several columns."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page

from tests.browser.test_layout import COVERED

PHONE = {"width": 390, "height": 844}
#: Of a page, in pixels.
HIGHEST = 12_000
#: The most levels of one table.
LARGEST_TABLE = {"levels": 12, "skills": 60}
LONG_NAME = "Distinguished engineer and technical program manager of platforms and infrastructure"
#: Gives the table of a ladder this many levels and skills by repeating existing ones, links
#: included.
GROW = """
(table, {levels, skills}) => {
    const rows = [...table.querySelectorAll("tbody tr:not(.grp)")];
    for (const row of [table.querySelector("thead tr"), ...rows])
        while (row.cells.length <= levels) row.append(row.lastElementChild.cloneNode(true));
    for (let number = rows.length; number < skills; number += 1)
        table.lastElementChild.append(rows[number % rows.length].cloneNode(true));
    for (const group of table.querySelectorAll(".grp th")) group.colSpan = levels + 1;
}
"""
#: Scrolls to a cell in the middle of a table, and says whether it, its column's name and its row's
#: name are seen then.
MIDDLE_IS_SEEN = """
table => {
    const row = table.rows[Math.floor(table.rows.length / 2)];
    const cell = row.cells[Math.floor(row.cells.length / 2)];
    table.parentElement.scrollIntoView({block: "center"});
    cell.scrollIntoView({block: "nearest", inline: "nearest"});
    return [cell, table.rows[0].cells[cell.cellIndex], row.cells[0]].map(each => {
        const {left, top, width, height} = each.getBoundingClientRect();
        return each.contains(document.elementFromPoint(left + width / 2, top + height / 2));
    });
}
"""


@pytest.fixture
def phone(browser: Browser, base_url: str) -> Iterator[Page]:
    context = browser.new_context(
        base_url=base_url, viewport=PHONE, java_script_enabled=False, reduced_motion="reduce"
    )
    yield context.new_page()
    context.close()


def is_in_view_across(thing: Locator) -> bool:
    box = thing.bounding_box()
    return bool(box) and box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"]


def test_the_map_begins_with_its_roles(phone: Page) -> None:
    phone.goto("/roles/map/")
    roles = phone.locator(".map a rect")
    assert roles.count() > 5
    assert all(map(is_in_view_across, roles.all()))
    assert not is_in_view_across(phone.locator(".map__origin").first)


def test_every_step_can_be_chosen_without_moving_sideways_and_opens_what_it_looks_like(
    phone: Page,
) -> None:
    phone.goto("/assess/tpm/senior/")
    skill = phone.locator(".rating").first
    steps = skill.locator(".rating__step")
    assert all(map(is_in_view_across, steps.all()))
    asked, other = (
        steps.filter(has_text="required here"),
        steps.filter(has_not_text="required here").nth(1),
    )
    assert asked.locator(".rating__text").is_visible()
    assert not other.locator(".rating__text").is_visible()
    other.get_by_role("radio").check()
    assert other.locator(".rating__text").is_visible()


@pytest.mark.drawn(1)
@pytest.mark.parametrize("name", ["R1", LONG_NAME])
@pytest.mark.drawn(1)
def test_the_table_of_a_large_ladder_is_short_and_keeps_its_names_in_view(
    phone: Page, name: str
) -> None:
    phone.goto("/ladders/tpm/")
    table = phone.locator(".heat")
    table.evaluate(GROW, LARGEST_TABLE)
    css_class = "heat heat--upright heat--long" if name == LONG_NAME else "heat heat--upright"
    table.evaluate("(each, css_class) => { each.className = css_class; }", css_class)
    table.locator("thead b").evaluate_all(
        "(all, name) => all.forEach(each => { each.textContent = name; })", name
    )
    assert table.locator("thead th").count() > LARGEST_TABLE["levels"]
    assert phone.evaluate("document.documentElement.scrollHeight") <= HIGHEST
    assert phone.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    assert table.evaluate(MIDDLE_IS_SEEN) == [True, name != LONG_NAME, True]
    number, covered = phone.evaluate(COVERED)
    assert number > LARGEST_TABLE["skills"]
    assert covered == []
