"""What a narrow screen shows of pages that are laid out across on a wide one."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def phone(browser: Browser, base_url: str) -> Iterator[Page]:
    context = browser.new_context(base_url=base_url, viewport=PHONE, java_script_enabled=False)
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


def test_every_step_can_be_chosen_without_moving_sideways_and_opens_what_it_looks_like(phone: Page) -> None:
    phone.goto("/assess/tpm/senior/")
    skill = phone.locator(".rating").first
    steps = skill.locator(".rating__step")
    assert all(map(is_in_view_across, steps.all()))
    asked, other = steps.filter(has_text="asked for here"), steps.filter(has_not_text="asked for here").nth(1)
    assert asked.locator(".rating__text").is_visible()
    assert not other.locator(".rating__text").is_visible()
    other.get_by_role("radio").check()
    assert other.locator(".rating__text").is_visible()
