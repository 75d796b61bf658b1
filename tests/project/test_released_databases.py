"""A database of every released version migrates to the newest schema with all its rows."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.prepared import empty_database
from tests.released.databases import changed_migrations, files
from tests.serving import Portal
from tpm_portal.environment import BASE_DIR

pytestmark = pytest.mark.thorough


def test_a_version_is_stored() -> None:
    assert "0.2.0.json" in {path.name for path in files()}


@pytest.mark.parametrize("path", files(), ids=lambda path: path.stem)
def test_no_migration_of_a_released_version_is_changed(path: Path) -> None:
    stored = json.loads(path.read_text())
    assert len(stored["digests"]) > 30
    changed, deleted = list(stored["digests"])[:2]
    bad = stored["digests"] | {changed: "0" * 64} | {"roles/migrations/0009_gone.py": "0" * 64}
    assert changed_migrations({"digests": bad}) == [changed, "roles/migrations/0009_gone.py"]
    assert deleted not in changed_migrations({"digests": bad})
    assert changed_migrations(stored) == []


@pytest.mark.parametrize("path", files(), ids=lambda path: path.stem)
def test_its_rows_are_in_the_newest_schema(path: Path, tmp_path: Path) -> None:
    stored = json.loads(path.read_text())["rows"]
    assert len(stored) > 30
    command = [sys.executable, "-m", "tests.released", "restore", path.stem]
    with empty_database("released") as address:
        environment = Portal(tmp_path, address).environment
        environment["DJANGO_SETTINGS_MODULE"] = "tpm_portal.settings"
        ended = subprocess.run(
            command, cwd=BASE_DIR, env=environment, check=True, capture_output=True, text=True
        )
    keys = json.loads(ended.stdout)
    for label, rows in stored.items():
        assert {row["id"] for row in rows} <= set(keys[label]), label
