"""Downloading the published content of a collection as a CASE package with absolute addresses."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from content.base_models import Status
from content.models import Collection
from skills.models import Skill
from tests.factories import CollectionFactory, ScaleFactory, SkillDescriptorFactory, SkillFactory

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

URL = "/collections/other/case.json"


@pytest.fixture
def other() -> Collection:
    collection = CollectionFactory(slug="other", modified="Shortened.", license="CC-BY-SA-4.0")
    SkillFactory(collection=collection, slug="risk", title="Risk")
    SkillFactory(collection=collection, slug="secret", title="Secret", status=Status.DRAFT)
    return collection


def package(client: Client) -> dict[str, Any]:
    response = client.get(URL)
    assert response["Content-Type"] == "application/json"
    assert response["Content-Disposition"] == 'attachment; filename="other-case.json"'
    return json.loads(response.content)


def test_it_holds_what_is_published_and_its_terms(client: Client, other: Collection) -> None:
    held = package(client)
    assert held["CFDocument"]["title"] == other.title
    assert held["CFDocument"]["uri"].startswith("http://testserver/collections/other/")
    told = json.dumps(held)
    for term in ("CC-BY-SA-4.0", "Shortened.", other.attribution, "Risk"):
        assert term in told
    assert "Secret" not in told


def test_it_comes_back_into_another_portal(
    client: Client, other: Collection, tmp_path: Path
) -> None:
    (tmp_path / "other.json").write_text(json.dumps(package(client)), "utf-8")
    Collection.objects.all().delete()
    call_command("import_case", str(tmp_path / "other.json"), verbosity=0)
    assert [*Skill.objects.values_list("slug", flat=True)] == ["risk"]
    assert Collection.objects.get().modified == "Shortened."


def test_what_is_not_published_cannot_be_taken_away(client: Client, other: Collection) -> None:
    assert client.get(URL).status_code == 200
    other.status = Status.DRAFT
    other.save()
    assert (
        client.get(URL).status_code == client.get("/collections/none/case.json").status_code == 404
    )


def test_a_skill_may_be_described_on_a_scale_of_another_collection(
    client: Client, other: Collection
) -> None:
    scale = ScaleFactory()
    skill = SkillFactory(collection=other, slug="budget", title="Budget", scale=scale)
    for step in scale.proficiencies.all():
        SkillDescriptorFactory(skill=skill, proficiency=step, text=f"At {step.slug}.")
    told = json.dumps(package(client))
    assert all(f"At {step.slug}." in told for step in scale.proficiencies.all())
