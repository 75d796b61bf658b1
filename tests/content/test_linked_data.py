"""Metadata of pages for programs: address, title, and structured data (schema.org)."""

import json
from typing import Any

import pytest
from django.test import Client

from content.base_models import Status
from tests.factories import RoleFactory, SkillFactory, SkillRequirementFactory
from tests.markup import Element, parse
from tests.showing import set_status, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

HOSTILE = '</script><script>alert("1")</script><!-- & " \' \\ \u2028'


def facts(url: str) -> dict[str, Any]:
    """The blocks of a page, by the kind of thing."""
    scripts = parse(Client().get(url).text).all("script")
    blocks = [
        json.loads(each.raw)
        for each in scripts
        if each.attributes.get("type") == "application/ld+json"
    ]
    return {block["@type"]: block for block in blocks}


def head(url: str, client: Client | None = None) -> list[Element]:
    return parse((client or Client()).get(url).text).all("meta", "link", "title")


def named(elements: list[Element], attribute: str, value: str) -> str:
    (found,) = [each for each in elements if each.attributes.get(attribute) == value]
    return str(found.attributes.get("content") or found.attributes.get("href"))


def test_a_role_is_an_occupation_with_the_skills_it_needs() -> None:
    role = RoleFactory(
        title="Product TPM",
        slug="product-tpm",
        summary="Leads.",
        aliases="PM-T\nTPM",
        responsibilities="- A",
    )
    SkillRequirementFactory(role=role, skill=SkillFactory(title="Risk", slug="risk"))
    told = facts(role.get_absolute_url())["Occupation"]
    assert told == {
        "@context": "https://schema.org",
        "@type": "Occupation",
        "name": "Product TPM",
        "alternateName": ["PM-T", "TPM"],
        "description": "Leads.",
        "responsibilities": "A",
        "skills": [
            {"@type": "DefinedTerm", "name": "Risk", "url": "http://testserver/skills/risk/"}
        ],
        "url": "http://testserver/roles/product-tpm/",
    }


def test_a_skill_is_a_term_of_its_collection() -> None:
    skill = SkillFactory(title="Risk", slug="risk", summary="")
    told = facts(skill.get_absolute_url())["DefinedTerm"]
    assert told["inDefinedTermSet"]["name"] == skill.collection.title
    assert "description" not in told


def test_the_way_up_is_a_list_of_breadcrumbs() -> None:
    told = facts(SkillFactory().get_absolute_url())["BreadcrumbList"]
    assert told["itemListElement"] == [
        {"@type": "ListItem", "position": 1, "name": "Skills", "item": "http://testserver/skills/"}
    ]


def test_no_text_ends_the_block() -> None:
    skill = SkillFactory(
        title=HOSTILE, slug="x", aliases=HOSTILE.replace("\u2028", ""), summary=HOSTILE
    )
    role = RoleFactory(title=HOSTILE, slug="x", summary=HOSTILE)
    SkillRequirementFactory(role=role, skill=skill)
    term, occupation = (
        facts(skill.get_absolute_url())["DefinedTerm"],
        facts(role.get_absolute_url())["Occupation"],
    )
    assert (term["name"], term["description"]) == (HOSTILE, HOSTILE)
    assert term["alternateName"] == [HOSTILE.replace("\u2028", "").strip()]
    assert occupation["skills"][0]["name"] == occupation["name"] == HOSTILE


def test_a_page_knows_its_address_title_and_description() -> None:
    skill = SkillFactory(title="Risk & more", slug="risk", summary="Sees “it”.")
    elements = head("/skills/risk/?unknown=1")
    assert named(elements, "rel", "canonical") == "http://testserver/skills/risk/"
    assert named(elements, "property", "og:url") == "http://testserver/skills/risk/"
    assert named(elements, "property", "og:title") == "Risk & more"
    assert named(elements, "property", "og:description") == skill.summary
    assert (
        "http://testserver/skills/risk/"
        in Client().get("/skills/risk/").text.partition("Link to this page")[2]
    )


@pytest.mark.parametrize(
    ("asked", "known"), [("?page=1&x=2", "?page=1"), ("?q=a+b&utm=1", "?q=a+b"), ("?kind=", "")]
)
def test_a_list_is_known_by_the_parameters_it_understands(asked: str, known: str) -> None:
    assert (
        named(head(f"/skills/{asked}"), "rel", "canonical") == f"http://testserver/skills/{known}"
    )


@pytest.mark.parametrize("url", ["/search/?q=risk", "/nowhere/", f"/skills/?q={'x' * 900}"])
def test_what_should_not_be_found_has_no_address_to_find_it_by(url: str) -> None:
    assert [each for each in head(url) if each.attributes.get("rel") == "canonical"] == []


def test_what_one_editor_sees_has_none_either() -> None:
    skill, editor = SkillFactory(), signed_in("change_skill")
    set_status(skill, Status.DRAFT)
    assert [
        each
        for each in head(skill.get_absolute_url(), editor)
        if each.attributes.get("rel") == "canonical"
    ] == []
    set_status(skill, Status.PUBLISHED)
    assert named(head(skill.get_absolute_url()), "rel", "canonical")
