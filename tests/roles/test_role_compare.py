"""Two or three roles side by side: what only one requires, what differs, what they share."""

import pytest
from django.test import Client

from content.base_models import Status
from roles.models import Role, RoleMove
from tests.factories import (
    CollectionFactory,
    FamilyRequirementFactory,
    RoleFactory,
    RoleFamilyFactory,
    RoleMoveFactory,
    SkillFactory,
    SkillRequirementFactory,
    step_of,
)
from tests.markup import Page
from tests.showing import assert_queries_do_not_grow, assert_shown_while_published, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

URL = "/roles/compare/"


@pytest.fixture
def roles() -> list[Role]:
    return [
        RoleFactory(title=title, slug=title.lower(), position=n)
        for n, title in enumerate(["Product", "Business"])
    ]


def need(role: Role, title: str, step: int, importance: str = "essential") -> None:
    skill = SkillFactory._meta.model.objects.filter(title=title).first() or SkillFactory(
        title=title
    )
    SkillRequirementFactory(
        role=role, skill=skill, proficiency=step_of(skill, step), importance=importance
    )


def rows(page: Page, part: str) -> list[list[str]]:
    return [
        [cell.text for cell in row.all("th", "td")]
        for row in page.part(part).one("tbody").all("tr")
    ]


def test_what_separates_them_most_stands_first(roles: list[Role]) -> None:
    product, business = roles
    need(product, "Alike", 1)
    need(business, "Alike", 1)
    need(product, "Somewhat", 2)
    need(business, "Somewhat", 1)
    need(business, "Only", 3)
    page = Page.read(Client(), f"{URL}?a=product&b=business")
    assert rows(page, "separating") == [
        ["Only", "–not required", "Expert, level 4 of 4 only here Essential"],
        [
            "Somewhat",
            "Practitioner, level 3 of 4 higher here Essential",
            "Working, level 2 of 4 Essential",
        ],
    ]
    assert rows(page, "shared") == [
        ["Alike", "Working, level 2 of 4 Essential", "Working, level 2 of 4 Essential"]
    ]


@pytest.mark.parametrize(
    ("importances", "marks"),
    [
        (("essential", "helpful"), (" Essential", " Helpful")),
        (("essential", "expected"), (" Essential", "")),
        (("", "helpful"), ("", " Helpful")),
    ],
)
def test_importances_separate_roles_of_one_proficiency(
    roles: list[Role], importances: tuple[str, str], marks: tuple[str, str]
) -> None:
    for role, importance in zip(roles, importances, strict=True):
        need(role, "Risk", 1, importance)
    page = Page.read(Client(), f"{URL}?a=product&b=business")
    assert rows(page, "separating") == [
        ["Risk", *(f"Working, level 2 of 4{mark}" for mark in marks)],
    ]


def test_it_shows_how_people_move_between_them(roles: list[Role]) -> None:
    RoleMoveFactory(
        from_role=roles[0], to_role=roles[1], kind=RoleMove.Kind.LATERAL, text="Learn the budget."
    )
    RoleMoveFactory(from_role=RoleFactory(), to_role=roles[1], text="From elsewhere.")
    part = Page.read(Client(), f"{URL}?a=product&b=business").part("moves")
    assert [item.text for item in part.all("li")] == [
        "Product to BusinessLateral move Learn the budget."
    ]


def test_a_third_role_and_one_of_another_collection_can_be_compared(roles: list[Role]) -> None:
    theirs = RoleFactory(title="Theirs", collection=CollectionFactory(slug="acme"))
    page = Page.read(Client(), f"{URL}?a=product&b=business&c={theirs.key}")
    assert page.one("h1").text == "Product, Business, Theirs"
    assert "None of these roles lists required skills." in page


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "Compare two or three roles"),
        ("?a=product", "Compare two or three roles"),
        ("?a=product&b=product", "This is already selected. Choose another one."),
        ("?a=product&b=nobody", "There is no “nobody”."),
        ("?a=%00&b=::", "There is no “::”."),
    ],
)
@pytest.mark.usefixtures("roles")
def test_what_cannot_be_compared_gets_a_sentence_and_the_choice(query: str, words: str) -> None:
    page = Page.read(Client(), URL + query)
    assert words in page
    assert [option.text for option in page.one("form").all("select")[2].all("option")] == [
        "Choose",
        "Product",
        "Business",
    ]


def test_a_role_is_compared_while_it_is_published(roles: list[Role]) -> None:
    assert_shown_while_published(f"{URL}?a=product&b=business", roles[0], "Product, Business")


@pytest.mark.drawn(10, of="queries of one page")
def test_it_takes_as_many_queries_for_few_skills_as_for_many(roles: list[Role]) -> None:
    def grow() -> None:
        skill = SkillFactory()
        for step, role in enumerate(roles):
            SkillRequirementFactory(role=role, skill=skill, proficiency=step_of(skill, step))
        RoleFactory()

    assert_queries_do_not_grow(f"{URL}?a=product&b=business", grow)


def test_editors_compare_what_is_not_public_yet() -> None:
    collection = CollectionFactory(slug="agency", status=Status.DRAFT)
    SkillRequirementFactory(role=RoleFactory(title="Ours", slug="ours"))
    draft = RoleFactory(title="Theirs", slug="theirs", collection=collection, status=Status.DRAFT)
    SkillRequirementFactory(
        role=draft, skill=SkillFactory(title="Secret", collection=collection, status=Status.DRAFT)
    )
    url = f"{URL}?a=ours&b=agency:theirs"
    assert "Secret" not in Page.read(Client(), url)
    assert "Secret" in Page.read(signed_in("change_role"), url)
    assert "Secret" not in Page.read(signed_in("change_skill"), url)


def test_roles_of_one_family_share_its_core_profile(roles: list[Role]) -> None:
    family = RoleFamilyFactory(title="TPM")
    Role.objects.update(family=family)
    for title in ("Plan", "Risk"):
        FamilyRequirementFactory(family=family, skill=SkillFactory(title=title))
    need(roles[0], "Risk", 2)
    for role in roles:
        need(role, "Alike", 1)
    need(roles[1], "Only", 1)
    page = Page.read(Client(), f"{URL}?a=product&b=business")
    summary = page.one("summary")
    assert summary.text == "1 skill of the core profile of TPM, required by all in the same way"
    cells = [cell.text for cell in page.one("details").one("tbody").all("th", "td")]
    assert cells == ["Plan", *["Working, level 2 of 4 Essential"] * 2]
    assert [row[0] for row in rows(page, "separating")] == ["Only", "Risk"]
    assert "Other shared requirements" in [heading.text for heading in page.all("h2")]
    assert [row[0] for row in rows(page, "shared")] == ["Alike"]
    Role.objects.filter(pk=roles[0].pk).update(family=None)
    assert Page.read(Client(), f"{URL}?a=product&b=business").all("details") == []


def test_the_core_profiles_of_two_families_are_compared(roles: list[Role]) -> None:
    skill = SkillFactory(title="Plan")
    for role, step in zip(roles, (1, 3), strict=True):
        FamilyRequirementFactory(family=role.family, skill=skill, proficiency=step_of(skill, step))
    page = Page.read(Client(), f"{URL}?a=product&b=business")
    assert [row[0] for row in rows(page, "separating")] == ["Plan"]
