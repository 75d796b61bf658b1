"""The system checks about this machine and its settings."""

from pathlib import Path
from types import SimpleNamespace
from unittest.mock import patch

import pytest
from django.db import OperationalError
from django.db.models import QuerySet

from interviews.models import Question
from tests.factories import QuestionFactory
from tpm_portal import checks

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
server:/data /srv/shared nfs4 rw 0 0
/dev/sdb1 /srv/shared/local ext4 rw 0 0
"""


def found_with(
    check: str, engine: str = "sqlite3", name: str = "/srv/portal", **settings: bool
) -> list[str | None]:
    """The ids a check gives with this database and these settings."""
    databases = {"default": {"ENGINE": f"django.db.backends.{engine}", "NAME": name}}
    with patch.object(checks, "settings", SimpleNamespace(DATABASES=databases, **settings)):
        return [message.id for message in getattr(checks, check)()]


@pytest.fixture
def shared_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine on which /srv/shared is on a network file system, and /srv/shared/local is not."""
    (tmp_path / "mounts").write_text(MOUNTS)
    monkeypatch.setattr(checks, "MOUNTS", tmp_path / "mounts")


@pytest.mark.usefixtures("shared_folder")
@pytest.mark.parametrize(
    ("folder", "found"), [("", []), ("/shared", ["tpm_portal.E001"]), ("/shared/local", [])]
)
def test_sqlite_on_a_network_file_system_is_an_error(folder: str, found: list[str]) -> None:
    assert found_with("check_sqlite_file_system", name=f"/srv{folder}/portal.sqlite3") == found


@pytest.mark.usefixtures("shared_folder")
def test_postgresql_may_be_anywhere() -> None:
    assert (
        found_with("check_sqlite_file_system", engine="postgresql", name="/srv/shared/portal") == []
    )


def test_sqlite_without_full_text_search_is_an_error() -> None:
    assert found_with("check_sqlite_full_text_search") == []
    with patch.object(checks, "_has_fts5", return_value=False):
        assert found_with("check_sqlite_full_text_search") == ["tpm_portal.E002"]
        assert found_with("check_sqlite_full_text_search", engine="postgresql") == []


@pytest.mark.parametrize(
    ("plain", "debug", "found"),
    [(True, False, ["tpm_portal.W001"]), (False, False, []), (True, True, [])],
)
def test_plain_http_is_a_warning_outside_development(
    plain: bool, debug: bool, found: list[str]
) -> None:
    assert found_with("check_plain_http", PLAIN_HTTP=plain, DEBUG=debug) == found


@pytest.mark.sqlite
@pytest.mark.django_db
def test_a_stored_number_that_postgresql_does_not_hold_is_named() -> None:
    question = QuestionFactory(title="Long", minutes=30)
    assert checks.check_stored_numbers(["default"]) == []
    QuerySet(Question).filter(pk=question.pk).update(minutes=99_999_999)
    (found,) = checks.check_stored_numbers(["default"])
    assert found.msg == "question “Long” has minutes 99999999, which is too large."
    assert checks.check_stored_numbers(None) == []


@pytest.mark.sqlite
@pytest.mark.django_db
def test_tables_that_are_still_to_be_made_are_no_fault() -> None:
    with patch.object(checks, "_rows_beyond_limit", side_effect=OperationalError("no such table")):
        assert checks.check_stored_numbers(["default"]) == []


@pytest.mark.postgresql
@pytest.mark.django_db
def test_postgresql_holds_what_it_holds() -> None:
    assert checks.check_stored_numbers(["default"]) == []


@pytest.mark.django_db
def test_a_database_that_sorts_by_the_rules_of_a_language_is_a_warning() -> None:
    with patch.object(checks, "ORDERED_TEXTS", ("a", "B")):
        (message,) = checks.check_collation(databases=["default"])
        assert message.id == "tpm_portal.W004"
        assert checks.check_collation() == []
    with patch.object(checks, "ORDERED_TEXTS", ("A", "B")):
        assert checks.check_collation(databases=["default"]) == []
