"""Skills from A to Z, under each of their names."""

import pytest
from django.test import Client

import skills.views
from tests.factories import CollectionFactory, SkillFactory
from tests.markup import Page
from tests.showing import assert_queries_do_not_grow, assert_shown_while_published

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

URL = "/skills/a-z/"


def letters(query: str = "") -> dict[str, list[str]]:
    page = Page.read(Client(), URL + query)
    return {
        part.one("h2").text: [item.text for item in part.all("li")] for part in page.marked("part")
    }


def test_every_name_stands_under_its_letter_and_leads_to_the_skill() -> None:
    SkillFactory(title="Risk", slug="risk", aliases="Hazards\n\n  Éclat  ")
    SkillFactory(title="Release")
    SkillFactory(title="1:1s")
    assert letters() == {
        "#": ["1:1s"],
        "E": ["Éclat: see Risk"],
        "H": ["Hazards: see Risk"],
        "R": ["Release", "Risk"],
    }
    page = Page.read(Client(), URL)
    assert page.marked("letters")[0].links == [
        "#letter-other",
        "#letter-e",
        "#letter-h",
        "#letter-r",
    ]
    assert "/skills/risk/" in page.links


def test_a_letter_is_led_to_by_its_name_and_by_the_number_it_had_in_the_first_version() -> None:
    SkillFactory(title="Risk")
    SkillFactory(title="Budget")
    (first, second) = Page.read(Client(), URL).marked("part")
    found = {
        heading.text: [heading.attributes["id"], heading.one("span").attributes["id"]]
        for heading in (first.one("h2"), second.one("h2"))
    }
    assert found == {"B": ["letter-b", "letter-1"], "R": ["letter-r", "letter-2"]}


def test_other_collections_have_an_index_of_their_own() -> None:
    SkillFactory(title="Risk")
    SkillFactory(title="Safety", collection=CollectionFactory(title="Agency", slug="agency"))
    assert letters() == {"R": ["Risk"]}
    assert letters("?collection=agency") == {"S": ["Safety"]}
    assert "?collection=agency" in Page.read(Client(), URL).links


@pytest.mark.parametrize("slug", ["nowhere", "%00", "x" * 400])
def test_an_empty_index_leads_to_the_list(slug: str) -> None:
    page = Page.read(Client(), f"{URL}?collection={slug}")
    assert "There is no skill here yet" in page
    assert "/skills/" in page.links


def test_a_skill_shows_while_it_is_published() -> None:
    assert_shown_while_published(URL, SkillFactory(title="Risk"), "Risk")


def test_a_very_long_index_says_that_it_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    SkillFactory.create_batch(3)
    assert "Only the first" not in Page.read(Client(), URL)
    monkeypatch.setattr(skills.views, "INDEX_SIZE", 2)
    SkillFactory()
    assert "Only the first 2 skills are shown here" in Page.read(Client(), URL)


@pytest.mark.drawn(10, of="queries of one page")
def test_it_takes_as_many_queries_for_few_skills_as_for_many() -> None:
    assert_queries_do_not_grow(
        URL, lambda: SkillFactory(collection=CollectionFactory()) and SkillFactory()
    )
