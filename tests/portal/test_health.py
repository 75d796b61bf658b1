"""/healthz and /readyz: they tell operators enough, and strangers nothing more."""

from collections.abc import Iterator
from unittest.mock import patch

import pytest
from django.db import OperationalError
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from pytest_django import Settings

from tpm_portal.operations import health


@pytest.fixture
def lost_database() -> Iterator[None]:
    with patch.object(
        MigrationRecorder,
        "applied_migrations",
        side_effect=OperationalError("server at 10.0.0.1 gone"),
    ):
        yield


def test_healthz_answers_without_the_database(client: Client) -> None:
    response = client.get("/healthz")
    assert (response.status_code, response.text) == (200, "ok\n")


@pytest.mark.django_db
def test_readyz_answers_when_the_database_has_all_migrations(client: Client) -> None:
    response = client.get("/readyz")
    assert (response.status_code, response.text) == (200, "ready\n")


@pytest.mark.django_db
def test_readyz_fails_while_a_migration_is_missing(client: Client) -> None:
    with patch.object(health, "_shipped_migrations", return_value={("roles", "9999_future")}):
        response = client.get("/readyz")
    assert response.status_code == 503


@pytest.mark.usefixtures("lost_database")
def test_readyz_fails_without_the_database_and_keeps_the_reason_to_the_log(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    response = client.get("/readyz")
    assert (response.status_code, response.text) == (503, "not ready\n")
    assert response["Retry-After"] == "5"
    assert "server at 10.0.0.1 gone" in caplog.text


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_the_answers_are_never_stored_and_never_take_a_form(
    client: Client, address: str, db: None
) -> None:
    assert "no-store" in client.get(address).headers["Cache-Control"]
    assert client.post(address).status_code == 405


@pytest.mark.parametrize("host", ["10.0.0.7:8000", "evil.test", "a b", ""])
def test_probes_may_call_by_any_name_and_visitors_may_not(
    client: Client, db: None, host: str
) -> None:
    answers = {
        path: client.get(path, headers={"host": host}).status_code
        for path in ("/healthz", "/readyz", "/")
    }
    assert answers == {"/healthz": 200, "/readyz": 200, "/": 400}


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_probes_inside_the_house_need_no_https(
    client: Client, address: str, db: None, settings: Settings
) -> None:
    settings.SECURE_SSL_REDIRECT = True
    assert client.get(address).status_code == 200
    assert client.get("/roles/").status_code == 301
