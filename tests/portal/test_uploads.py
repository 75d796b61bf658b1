"""The size limit of uploads applies to everyone and everywhere."""

from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from tpm_portal.operations.limits import UploadSizeLimit

LOGIN = "/admin/login/"


@pytest.fixture
def cap(settings: Settings) -> int:
    settings.UPLOAD_MAX_SIZE = 10_000
    return settings.UPLOAD_MAX_SIZE


def files(count: int) -> dict[str, SimpleUploadedFile]:
    return {f"file-{number}": SimpleUploadedFile("a.csv", b"x" * 4_000) for number in range(count)}


@pytest.mark.django_db
@pytest.mark.parametrize(("size", "status"), [(9_000, 200), (10_001, 400)])
def test_a_file_beyond_the_cap_is_refused(client: Client, cap: int, size: int, status: int) -> None:
    sent = {"username": "a", "password": "b", "file": SimpleUploadedFile("a.csv", b"x" * size)}
    assert client.post(LOGIN, sent).status_code == status


@pytest.mark.django_db
def test_the_files_of_one_request_count_together(
    client: Client, cap: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As with a request that does not say how long it is: only what arrives is counted.
    monkeypatch.setattr(UploadSizeLimit, "handle_raw_input", lambda *arguments, **named: None)
    assert client.post(LOGIN, files(2)).status_code == 200
    assert client.post(LOGIN, files(3)).status_code == 400


@pytest.mark.django_db
def test_more_files_than_any_form_reads_are_refused_with_their_number(
    client: Client, settings: Settings
) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 2
    assert client.post(LOGIN, files(2)).status_code == 200
    refused = client.post(LOGIN, files(3))
    assert refused.status_code == 400
    assert "a form may send up to 2." in refused.text


@pytest.mark.django_db
def test_a_form_that_is_too_large_is_refused_with_its_own_limits(
    client: Client, settings: Settings
) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1_500_000
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_500
    for fields, limit in (
        ({"a": "x" * 1_600_000}, "A form may send up to 1.5 MB, and with files up to 20 MB."),
        ({f"field-{number}": "" for number in range(1_600)}, "a form may send up to 1,500."),
    ):
        body = urlencode(fields)
        refused = client.post(LOGIN, body, content_type="application/x-www-form-urlencoded")
        assert refused.status_code == 400
        assert limit in " ".join(refused.text.split())
