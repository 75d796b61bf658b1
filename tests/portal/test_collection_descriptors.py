"""Downloading the published skills of a collection as rich skill descriptors."""

import csv
from io import StringIO

import pytest
from django.test import Client

from content.base_models import Status
from content.models import Collection
from tests.factories import CollectionFactory, SkillFactory

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

URL = "/collections/other/descriptors.csv"


@pytest.fixture
def other() -> Collection:
    collection = CollectionFactory(slug="other")
    SkillFactory(collection=collection, slug="risk", title="Risk")
    SkillFactory(collection=collection, slug="secret", title="Secret", status=Status.DRAFT)
    return collection


def test_it_holds_what_is_published_with_whole_addresses(client: Client, other: Collection) -> None:
    response = client.get(URL)
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="other-rsd.csv"'
    (row,) = csv.DictReader(StringIO(response.content.decode("utf-8-sig")))
    assert row["RSD Name" if "RSD Name" in row else "Skill Name"] == "Risk"
    assert "http://testserver/skills/other:risk/" in row.values()


def test_what_is_not_published_cannot_be_taken_away(client: Client, other: Collection) -> None:
    assert client.get(URL).status_code == 200
    other.status = Status.DRAFT
    other.save()
    assert (
        client.get(URL).status_code
        == client.get("/collections/none/descriptors.csv").status_code
        == 404
    )
