"""Downloading the published content of a collection as a zip that can be loaded again."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.test import Client

from content.base_models import Status
from content.models import Collection
from interchange.packs import TABLES
from packs.loading import load_pack
from packs.sources import open_pack
from tests.factories import CollectionFactory, RoleFactory

pytestmark = pytest.mark.django_db

URL = "/collections/other/pack.zip"


@pytest.fixture
def other() -> Collection:
    collection = CollectionFactory(slug="other", modified="Shortened.", license="CC-BY-SA-4.0")
    RoleFactory(collection=collection, slug="lead", family=None)
    RoleFactory(collection=collection, slug="secret", family=None, status=Status.DRAFT)
    return collection


def test_it_holds_what_is_published_and_its_terms(client: Client, other: Collection) -> None:
    response = client.get(URL)
    assert response["Content-Type"] == "application/zip"
    assert response["Content-Disposition"] == 'attachment; filename="other.zip"'
    with ZipFile(BytesIO(response.content)) as archive:
        held = {name: archive.read(name).decode() for name in archive.namelist()}
    assert {"other/pack.yml", "other/roles.csv"} <= held.keys()
    assert "secret" not in "".join(held.values())
    assert "lead," in held["other/roles.csv"]
    for term in (
        "license: CC-BY-SA-4.0",
        "modified: Shortened.",
        f"attribution: {other.attribution}",
    ):
        assert term in held["other/pack.yml"]


def test_it_loads_again_without_change(client: Client, other: Collection, tmp_path: Path) -> None:
    (tmp_path / "other.zip").write_bytes(client.get(URL).content)
    with open_pack(tmp_path / "other.zip") as pack:
        report = load_pack(pack, TABLES)
    assert (report.refusals, report.conflicts, report.created, report.changed) == ([], [], {}, {})
    assert report.unchanged == {"pack.yml": 1, "roles": 1}


def test_the_same_content_gives_the_same_bytes_and_no_second_download(
    client: Client, other: Collection
) -> None:
    first = client.get(URL)
    assert client.get(URL).content == first.content
    assert client.get(URL, headers={"if-none-match": first["ETag"]}).status_code == 304
    RoleFactory(collection=other, slug="head")
    assert client.get(URL, headers={"if-none-match": first["ETag"]}).status_code == 200


def test_what_is_not_published_cannot_be_taken_away(client: Client, other: Collection) -> None:
    assert client.get(URL).status_code == 200
    other.status = Status.DRAFT
    other.save()
    assert (
        client.get(URL).status_code == client.get("/collections/none/pack.zip").status_code == 404
    )
