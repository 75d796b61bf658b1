"""CASE frameworks and skill descriptors are imported in the admin as by the commands."""

import io
import json
from pathlib import Path

import pytest
from django.test import Client

from content.models import Collection
from file_formats.errors import UnreadableFile
from interchange.case.writer import case_package
from skills.models import Skill
from tests.factories import CollectionFactory, SkillFactory, UserFactory
from tests.portal.packs_sent import TABLE as TABLES
from tests.portal.packs_sent import next_step, sent, words
from tpm_portal.importers import IMPORTERS
from uploads.import_wizard import ImportRequest

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

CASE, DESCRIPTORS = "/admin/load/case/", "/admin/load/rsd/"
TABLE = "Skill Name,Contextualized Skill Statement,Authors\nRisk,Sees risks early.,A. Author\n"

OWN_MAPPING = """\
collection:
  {id: table, title: Table, publisher: Somebody, license: CC0-1.0, attribution: Somebody.}
sources:
  main: {file: "*.csv"}
tables:
  - table: skills
    from: main
    columns: {id: {slug: name}, title: name}
"""


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
        "license": "CC0-1.0",
        "attribution": "A. Author",
    }
    page = sent(
        editor, DESCRIPTORS, TABLE.encode(), "skills.csv", collection="library", author="", **said
    )
    assert not Skill.objects.exists()
    next_step(editor, page, "load")
    skill = Skill.objects.get()
    assert (skill.key, skill.title) == ("library:risk", "Risk")
    assert (Collection.objects.get(slug="library").title, skill.collection.license) == (
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
    assert "Use lowercase letters" in words(page)


def test_a_choice_that_is_invalid_after_the_preview_leaves_the_file_where_it_is(
    editor: Client,
) -> None:
    collection = CollectionFactory(slug="other")
    SkillFactory(collection=collection)
    content = json.dumps(case_package(collection, drafts=True)).encode()
    page = sent(editor, CASE, content, "a.json", collection="new-one")
    assert "Nothing has been saved yet" in words(page)
    refused = next_step(editor, page, "look", collection="Not a slug")
    assert "Use lowercase letters" in words(refused)
    assert "no longer available" not in words(refused)
    assert 'type="file"' not in refused.text
    again = next_step(editor, refused, "look", collection="new-one")
    assert "Nothing has been saved yet" in words(again)
    assert "Imported." in words(next_step(editor, again, "load"))
    assert Collection.objects.filter(slug="new-one").exists()


def test_the_mapping_that_is_selected_after_the_preview_is_used(editor: Client) -> None:
    own = io.BytesIO(OWN_MAPPING.encode())
    own.name = "mine.yml"
    page = sent(editor, TABLES, b"name\nAlpha\n", "a.csv", own=own)
    assert "skills 1 0 0" in words(page)
    page = next_step(editor, page, "look", mapping="medium-snowflake")
    assert "medium-snowflake.yml" in words(page)
    assert not Skill.objects.exists()


def test_a_table_without_a_mapping_is_not_read() -> None:
    request = ImportRequest(
        {"file": Path("a.csv")}, {"mapping": ""}, UserFactory(), dry_run=True, set_progress=print
    )
    with pytest.raises(UnreadableFile, match="choose one from the list"):
        IMPORTERS["table"].load(request)
