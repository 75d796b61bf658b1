"""The list of roles: family headings, filters and pagination."""

import pytest
from django.test import Client

from content.base_models import Status
from roles.models import RoleFamily, SkillRequirement
from roles.views import RoleFilterForm
from skills.models import Skill
from tests.factories import (
    CollectionFactory,
    FamilyRequirementFactory,
    RoleFactory,
    RoleFamilyFactory,
    SkillFactory,
    SkillRequirementFactory,
)
from tests.markup import Page
from tests.showing import (
    assert_pages_hold,
    assert_queries_do_not_grow,
    assert_shown_while_published,
    set_status,
)

pytestmark = pytest.mark.django_db

URL = "/roles/"
ALL = ["Product TPM", "Scrum master", "Founder"]


def read(query: str = "") -> Page:
    return Page.read(Client(), f"{URL}?{query}" if query else URL)


def titles(query: str = "") -> list[str]:
    """The roles that match a query, as listed."""
    return [heading.text for heading in read(query).all("h3")]


@pytest.fixture
def content() -> None:
    tpm = RoleFamilyFactory(title="TPM", slug="tpm", position=1, summary="Those who lead programs.")
    other = RoleFamilyFactory(title="Other", slug="other", position=2)
    product = RoleFactory(
        title="Product TPM", family=tpm, aliases="Program lead", summary="From idea to launch."
    )
    RoleFactory(title="Scrum master", family=other, slug="scrum-master")
    RoleFactory(title="Founder", family=None)
    SkillRequirementFactory(role=product, skill=SkillFactory(slug="risk", title="Risk"))
    SkillFactory(slug="cost", title="Cost")


@pytest.mark.usefixtures("content")
def test_roles_stand_under_their_families_in_order() -> None:
    sections = read().all("section")
    assert [
        (section.one("h2").text, [row.text for row in section.all("h3")]) for section in sections
    ] == [
        ("TPM", ["Product TPM"]),
        ("Other", ["Scrum master"]),
        ("Other roles", ["Founder"]),
    ]
    assert "Those who lead programs." in sections[0]
    assert "From idea to launch." in sections[0].all("li")[0]
    assert sections[1].links == ["/roles/scrum-master/"]


def test_a_role_is_listed_while_it_and_its_collection_are_published() -> None:
    role = RoleFactory(title="Lead", collection=CollectionFactory(title="Their framework"))
    RoleFactory()
    for hidden in (role, role.collection):
        assert_shown_while_published(URL, hidden, "Lead")
    assert "From Their framework" in read()


@pytest.mark.usefixtures("content")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=launch", ["Product TPM"]),
        ("q=program+lead", ["Product TPM"]),
        ("q=none", []),
        ("family=tpm", ["Product TPM"]),
        ("family=other&q=launch", []),
        ("skill=risk", ["Product TPM"]),
        ("skill=cost", []),
        ("skill=risk&family=other", []),
        ("skill=none", ALL),
        ("family=none", ALL),
        ("family=%2e%2e&skill=risk", ["Product TPM"]),
        ("unknown=1", ALL),
    ],
)
def test_filters_leave_what_fits(query: str, found: list[str]) -> None:
    assert titles(query) == found


def test_a_hidden_skill_is_no_filter() -> None:
    needed = SkillRequirementFactory(
        role__title="Lead", skill__slug="risk", skill__status=Status.DRAFT
    )
    RoleFactory(title="Other")
    assert set(titles("skill=risk")) == {"Lead", "Other"}
    needed.skill.status = Status.PUBLISHED
    needed.skill.save()
    assert titles("skill=risk") == ["Lead"]


@pytest.mark.parametrize("query", ["", "q=none"])
def test_an_empty_list_says_what_to_do_next(query: str) -> None:
    empty = read(query).marked("empty")[0]
    assert empty.text == "No role fits these filters. Show all roles."
    assert empty.links == [URL]


def test_pages_keep_the_filters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(RoleFilterForm, "page_size", 2)
    family = RoleFamilyFactory(slug="tpm")
    names = [f"R{number} lead" for number in range(5)]
    for name in names:
        RoleFactory(title=name, family=family)
    RoleFactory(title="R6 lead")
    assert_pages_hold(URL, "q=lead&family=tpm", names)
    assert read("q=R6").marked("pages") == []


@pytest.mark.drawn(10, of="queries of one page")
def test_it_takes_as_many_queries_for_few_rows_as_for_many() -> None:
    assert_queries_do_not_grow(
        URL, lambda: SkillRequirementFactory(role__collection=CollectionFactory())
    )


@pytest.mark.usefixtures("content")
def test_a_family_says_what_all_its_roles_require_and_a_role_what_it_adds() -> None:
    assert read().all("details") == []
    family = RoleFamily.objects.get(slug="tpm")
    core = FamilyRequirementFactory(family=family, skill__title="Plan", importance="expected")
    section = read().all("section")[0]
    assert section.one("summary").text == "Core profile: 1 skill that all of them require"
    assert core.skill.get_absolute_url() in section.one("details").links
    assert "In addition: Risk" in section
    SkillRequirement.objects.update(importance="helpful")
    assert "In addition" not in read()
    assert read().all("section")[1].all("details") == []
    set_status(core.skill, Status.DRAFT)
    assert read().all("details") == []


@pytest.mark.usefixtures("content")
def test_a_skill_of_the_core_profile_finds_all_roles_of_the_family() -> None:
    assert titles("skill=cost") == []
    family = RoleFamily.objects.get(slug="tpm")
    FamilyRequirementFactory(family=family, skill=Skill.objects.get(slug="cost"))
    assert titles("skill=cost") == ["Product TPM"]
