"""The list of skills: group headings, filters and pagination."""

import pytest
from django.test import Client

from skills.models import Skill
from skills.views import SkillFilterForm
from tests.factories import CollectionFactory, SkillFactory, SkillGroupFactory
from tests.markup import Page
from tests.showing import (
    assert_pages_hold,
    assert_queries_do_not_grow,
    assert_shown_while_published,
)

pytestmark = pytest.mark.django_db

URL = "/skills/"


def read(query: str = "") -> Page:
    return Page.read(Client(), f"{URL}?{query}" if query else URL)


def titles(query: str = "") -> list[str]:
    """The skills that match a query, as listed."""
    return [heading.text for heading in read(query).all("h3")]


@pytest.fixture
def content() -> None:
    delivery = SkillGroupFactory(
        title="Delivery", slug="delivery", position=1, summary="Getting things done."
    )
    SkillFactory(
        title="Risk", group=delivery, position=1, aliases="Hazards", summary="Sees it early."
    )
    SkillFactory(title="Release", group=delivery, position=2, kind=Skill.Kind.ABILITY)
    SkillFactory(
        title="Budget", group=SkillGroupFactory(title="Business", slug="business", position=2)
    )
    SkillFactory(title="Alone", group=None)


@pytest.mark.usefixtures("content")
def test_skills_stand_under_their_groups_in_order() -> None:
    page = read()
    sections = page.all("section")
    assert [
        (section.one("h2").text, [row.text for row in section.all("h3")]) for section in sections
    ] == [
        ("Delivery", ["Risk", "Release"]),
        ("Business", ["Budget"]),
        ("Other skills", ["Alone"]),
    ]
    assert "Getting things done." in sections[0]
    assert sections[0].all("li")[0].text == "Risk Sees it early."
    assert sections[0].links == ["/skills/risk/", "/skills/release/"]


def test_a_skill_is_listed_while_it_and_its_collection_are_published() -> None:
    skill = SkillFactory(title="Risk", collection=CollectionFactory(title="Their framework"))
    SkillFactory()
    for hidden in (skill, skill.collection):
        assert_shown_while_published(URL, hidden, "Risk")
    assert "From Their framework" in read()


@pytest.mark.usefixtures("content")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=early", ["Risk"]),
        ("q=hazard", ["Risk"]),
        ("q=re", ["Release"]),
        ("q=none", []),
        ("group=delivery", ["Risk", "Release"]),
        ("kind=ability", ["Release"]),
        ("kind=value", []),
        ("group=delivery&kind=skill", ["Risk"]),
        ("group=business&kind=ability", []),
        ("group=none", ["Risk", "Release", "Budget", "Alone"]),
        ("kind=none&group=business", ["Budget"]),
        ("unknown=1", ["Risk", "Release", "Budget", "Alone"]),
    ],
)
def test_filters_leave_what_fits(query: str, found: list[str]) -> None:
    assert titles(query) == found


@pytest.mark.usefixtures("content")
def test_the_form_keeps_what_was_chosen_and_offers_what_there_is() -> None:
    form = read("group=delivery&q=risk").one("form")
    assert (form.attributes["method"], form.attributes.get("action", "")) == ("get", "")
    chosen = [option.text for option in form.all("option") if "selected" in option.attributes]
    assert "Delivery (1)" in chosen
    assert [
        field.attributes["value"]
        for field in form.all("input")
        if field.attributes.get("name") == "q"
    ] == ["risk"]
    assert [option.text for option in form.all("option")][:3] == [
        "All groups",
        "Delivery (1)",
        "Business (0)",
    ]
    assert not [
        field
        for field in form.all("input")
        if field.attributes.get("name") == "csrfmiddlewaretoken"
    ]


@pytest.mark.usefixtures("content")
def test_choices_and_the_list_say_how_many() -> None:
    page = read("group=delivery")
    options = {option.text for option in page.one("form").all("option")}
    assert {
        "All groups",
        "Delivery (2)",
        "Business (1)",
        "Skill (1)",
        "Ability (1)",
        "Value (0)",
    } <= options
    assert page.marked("listhead")[0].text == "2 skills"
    assert read("group=business").marked("listhead")[0].text == "1 skill"


@pytest.mark.parametrize("query", ["", "q=none"])
def test_an_empty_list_says_what_to_do_next(query: str) -> None:
    empty = read(query).marked("empty")[0]
    assert empty.text == "No skill fits these filters. Show all skills."
    assert empty.links == [URL]


def test_pages_keep_the_filters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SkillFilterForm, "page_size", 2)
    for name in ("A1", "A2", "A3", "A4", "A5"):
        SkillFactory(title=f"{name} skill", kind="value")
    SkillFactory(title="Other")
    assert_pages_hold(
        URL, "q=skill&kind=value", ["A1 skill", "A2 skill", "A3 skill", "A4 skill", "A5 skill"]
    )
    assert read("q=Other").marked("pages") == []


@pytest.mark.drawn(10, of="queries of one page")
def test_it_takes_as_many_queries_for_few_rows_as_for_many() -> None:
    assert_queries_do_not_grow(URL, lambda: SkillFactory(collection=CollectionFactory()))


def test_it_promises_no_descriptors_that_a_skill_may_lack() -> None:
    SkillFactory(title="Bare", scale=None)
    page = read()
    assert "Bare" in page
    assert "described at every" not in page.raw
