"""CASE frameworks and skill descriptors come in by the admin as they do by the commands."""

import json

import pytest
from django.test import Client

from content.models import Collection
from interchange.case.writer import case_package
from skills.models import Skill
from tests.factories import CollectionFactory, SkillFactory
from tests.portal.packs_sent import next_step, sent, words

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

CASE, DESCRIPTORS = "/admin/load/case/", "/admin/load/rsd/"
TABLE = "Skill Name,Contextualized Skill Statement,Authors\nRisk,Sees risks early.,A. Author\n"


def test_a_case_package_is_looked_at_and_then_loaded(editor: Client) -> None:
    collection = CollectionFactory(slug="other")
    SkillFactory(collection=collection, slug="risk", title="Risk")
    package = json.dumps(case_package(collection)).encode()
    collection.delete()
    page = sent(editor, CASE, package, "other.json", collection="")
    assert "Risk" in words(page) or "skills" in words(page)
    assert not Skill.objects.exists()
    next_step(editor, page, "load")
    assert Skill.objects.get().title == "Risk"


def test_descriptors_become_skills_of_the_collection_that_is_named(editor: Client) -> None:
    said = {
        "title": "Library",
        "publisher": "A. Author",
        "licence": "CC0-1.0",
        "attribution": "A. Author",
    }
    page = sent(
        editor, DESCRIPTORS, TABLE.encode(), "skills.csv", collection="library", author="", **said
    )
    assert not Skill.objects.exists()
    next_step(editor, page, "load")
    skill = Skill.objects.get()
    assert (skill.key, skill.title) == ("library:risk", "Risk")
    assert (Collection.objects.get(slug="library").title, skill.collection.licence) == (
        "Library",
        "CC0-1.0",
    )


@pytest.mark.parametrize(
    ("address", "name", "content", "said"),
    [
        (CASE, "a.json", b"{", "a.json"),
        (CASE, "a.json", b"[]", "expected"),
        (CASE, "a.xlsx", b"PK", "a.xlsx"),
        (DESCRIPTORS, "a.csv", b"a,b\n1,2\n", "a.csv"),
        (DESCRIPTORS, "a.json", b"\xff", "a.json"),
    ],
)
def test_what_is_none_ends_in_a_sentence_and_writes_nothing(
    editor: Client, address: str, name: str, content: bytes, said: str
) -> None:
    page = sent(editor, address, content, name, collection="other")
    assert page.status_code == 200
    assert said in words(page)
    assert not Collection.objects.filter(is_home=False).exists()


def test_a_slug_that_is_none_is_refused_in_the_form(editor: Client) -> None:
    page = sent(editor, CASE, b"{}", "a.json", collection="Not a slug")
    assert "Use lower-case letters" in words(page)
