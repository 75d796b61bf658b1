"""What `manage.py check` says about this machine and its settings."""

from pathlib import Path
from types import SimpleNamespace
from unittest.mock import patch

import pytest

from tpm_portal import checks

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
server:/data /srv/shared nfs4 rw 0 0
/dev/sdb1 /srv/shared/local ext4 rw 0 0
"""


def found_with(check: str, engine: str = "sqlite3", name: str = "/srv/portal", **settings: bool) -> list[str | None]:
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
@pytest.mark.parametrize(("folder", "found"), [("", []), ("/shared", ["tpm_portal.E001"]), ("/shared/local", [])])
def test_sqlite_on_a_network_file_system_is_an_error(folder: str, found: list[str]) -> None:
    assert found_with("sqlite_place", name=f"/srv{folder}/portal.sqlite3") == found


@pytest.mark.usefixtures("shared_folder")
def test_postgresql_may_be_anywhere() -> None:
    assert found_with("sqlite_place", engine="postgresql", name="/srv/shared/portal") == []


def test_sqlite_without_full_text_search_is_an_error() -> None:
    assert found_with("sqlite_search") == []
    with patch.object(checks, "_has_fts5", return_value=False):
        assert found_with("sqlite_search") == ["tpm_portal.E002"]
        assert found_with("sqlite_search", engine="postgresql") == []


@pytest.mark.parametrize(
    ("plain", "debug", "found"), [(True, False, ["tpm_portal.W001"]), (False, False, []), (True, True, [])]
)
def test_plain_http_is_a_warning_outside_development(plain: bool, debug: bool, found: list[str]) -> None:
    assert found_with("plain_http", PLAIN_HTTP=plain, DEBUG=debug) == found
