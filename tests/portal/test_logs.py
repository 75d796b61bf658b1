"""The log has one line for each event, whatever a visitor sends."""

import logging
from io import BytesIO

import pytest
from django.test import Client

from tpm_portal.logs import LineFormatter, ShortenRefusals


def line(message: str, **extra: object) -> str:
    return LineFormatter().format(
        logging.makeLogRecord({"name": "portal", "levelname": "INFO", "msg": message, **extra})
    )


def test_a_line_has_time_level_logger_and_message() -> None:
    assert (
        line("Ready é", created=1_795_000_000.0, msecs=0)
        == "2026-11-18T11:06:40.000Z INFO portal Ready é"
    )


@pytest.mark.parametrize("forged", ["a\nb", "a\r\nb", "a\x1b[2Jb", "a\u2028b", "a\ud800b", "a\0b"])
def test_nobody_forges_a_line(forged: str) -> None:
    logged = line(forged)
    assert logged.isprintable()
    assert logged.endswith("b")


def test_a_traceback_stays_on_the_line() -> None:
    try:
        raise ValueError("broken")
    except ValueError as error:
        logged = line("Failed", exc_info=(ValueError, error, error.__traceback__))
    assert "ValueError: broken" in logged
    assert "\n" not in logged


@pytest.mark.django_db
def test_a_stranger_at_the_door_is_one_warning_and_a_fault_keeps_its_traceback(
    client: Client, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.raise_request_exception = False
    client.get("/roles/", headers={"host": "evil.test"})
    monkeypatch.setattr("content.pages.allowed_query", lambda *args: 1 / 0)
    client.get("/roles/")
    stranger, fault = caplog.records
    assert (stranger.levelname, stranger.exc_info, fault.levelname) == ("WARNING", None, "ERROR")
    assert "evil.test" in stranger.message
    assert fault.exc_info


@pytest.mark.django_db
def test_a_refused_request_is_one_warning_without_a_traceback(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    client.post("/admin/markdown-preview/", {"source": "after a logout"})
    client.post("/assess/tpm/senior/", {"as": "load", "file": BytesIO(b"x" * 20_000_000)})
    refused, too_large = caplog.records
    assert "/admin/markdown-preview/" in refused.message
    assert "20000000 bytes" in too_large.message
    for record in (refused, too_large):
        assert (record.levelname, record.exc_info) == ("WARNING", None)


@pytest.mark.parametrize(
    ("level", "is_shortened"), [(logging.WARNING, True), (logging.ERROR, False)]
)
def test_a_refused_revert_is_a_warning_without_a_traceback(level: int, is_shortened: bool) -> None:
    error = ValueError("taken")
    record = logging.LogRecord(
        "reversion.models", level, __file__, 1, "Refused", (), (ValueError, error, None)
    )
    ShortenRefusals().filter(record)
    assert (record.exc_info is None) == is_shortened


@pytest.mark.django_db
def test_what_visitors_send_is_not_logged(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    client.post("/admin/login/", {"username": "somebody", "password": "my-secret-word"})
    assert "somebody" in caplog.text
    assert "127.0.0.1" in caplog.text
    assert "my-secret-word" not in caplog.text
