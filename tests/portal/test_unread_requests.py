"""A refused request is read to its end, so that its connection can be reused."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from tpm_portal.operations import middleware

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

CALIBRATION = "/interviews/calibration/"


def upload(size: int) -> dict[str, SimpleUploadedFile]:
    return {"files": SimpleUploadedFile("a.csv", b"a" * size)}


@pytest.mark.parametrize("address", ["/none/", "/roles/", "/admin/load/pack/"])
def test_an_upload_where_none_is_expected_is_read(client: Client, address: str) -> None:
    answer = client.post(address, upload(300_000))
    assert answer.status_code in (302, 403, 404, 405)
    assert answer.wsgi_request.read() == b""


def test_an_upload_that_is_too_large_is_read(client: Client, settings: Settings) -> None:
    settings.UPLOAD_MAX_SIZE = 1_000
    answer = client.post(CALIBRATION, upload(300_000))
    assert answer.status_code == 400
    assert "too large" in answer.text
    assert answer.wsgi_request.read() == b""


def test_only_so_much_of_it_is_read(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(middleware, "MAX_UNREAD", middleware.CHUNK_SIZE)
    answer = client.post("/none/", upload(300_000))
    assert len(answer.wsgi_request.read()) > 200_000
