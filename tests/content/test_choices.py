"""All choices in a list have different labels."""

import pytest
from django.test import Client

from content.choices import distinct_names
from tests import factories
from tests.markup import Element, Page

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def test_equal_titles_are_followed_by_their_collection_and_by_the_key_where_that_is_equal_too() -> (
    None
):
    theirs = factories.CollectionFactory(title="Theirs", slug="theirs")
    rows = [
        factories.SkillFactory(title="Risk", slug="risk"),
        factories.SkillFactory(title="risk", slug="risk", collection=theirs),
        factories.SkillFactory(title="Risk", slug="risk-2", collection=theirs),
        factories.SkillFactory(title="Code"),
    ]
    home = rows[0].collection.title
    names = [
        f"Risk · {home}",
        "risk · Theirs · theirs:risk",
        "Risk · Theirs · theirs:risk-2",
        "Code",
    ]
    assert list(distinct_names(rows).values()) == names


def choice(url: str, name: str) -> Element:
    (select,) = [
        each for each in Page.read(Client(), url).all("select") if each.attributes["name"] == name
    ]
    return select


def headings(select: Element) -> list[str]:
    return [group.attributes["label"] for group in select.all("optgroup")]


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("/ladders/compare/?from=theirs:raven/top&to=raven/top", "from"),
        ("/interviews/builder/?level=theirs:raven/top", "level"),
        ("/interviews/practice/?level=theirs:raven/top", "level"),
        ("/assess/theirs:raven/top/", "level"),
    ],
)
def test_ladders_of_one_title_stay_two_where_a_level_is_chosen(url: str, name: str) -> None:
    for collection in (
        {},
        {"collection": factories.CollectionFactory(title="Theirs", slug="theirs")},
    ):
        ladder = factories.LadderFactory(title="Raven ladder", slug="raven", **collection)
        factories.LevelRequirementFactory(
            level=factories.LevelFactory(ladder=ladder, slug="top", title="Top")
        )
    home, theirs = headings(choice(url, name))
    assert home.startswith("Raven ladder · ")
    assert theirs == "Raven ladder · Theirs"


def test_families_of_one_title_stay_two_where_a_role_is_chosen() -> None:
    for collection in (
        {},
        {"collection": factories.CollectionFactory(title="Theirs", slug="theirs")},
    ):
        factories.RoleFactory(
            slug="lead",
            family=factories.RoleFamilyFactory(title="Delivery", **collection),
            **collection,
        )
    assert "Delivery · Theirs" in headings(choice("/roles/compare/?a=theirs:lead&b=lead", "a"))


def test_a_filter_names_the_collections_of_skills_of_one_title() -> None:
    factories.SkillFactory(title="Risk")
    factories.SkillFactory(title="Risk", collection=factories.CollectionFactory(title="Theirs"))
    options = [option.text for option in choice("/roles/", "skill").all("option")]
    assert options[0] == "Any skill"
    assert any(option.startswith("Risk · Theirs") for option in options)
    assert len(set(options)) == 3


def test_levels_of_one_title_are_told_apart_by_their_code() -> None:
    ladder = factories.LadderFactory()
    for code in ("IC1", "IC2"):
        factories.LevelRequirementFactory(
            level=factories.LevelFactory(
                ladder=ladder, title="Manager", code=code, slug=code.lower()
            )
        )
    page = Page.read(Client(), "/assess/")
    assert "Manager (IC1)" in page
    assert "Manager (IC2)" in page
