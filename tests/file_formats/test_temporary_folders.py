"""Unpacked packs are deleted after use, or at the next start if the process was killed."""

import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from django.core.management import call_command

from file_formats.archives import delete_abandoned_folders, temporary_folder
from tpm_portal.environment import BASE_DIR

pytestmark = pytest.mark.one_database

KILLED_WHILE_UNPACKING = """
import os, signal
from file_formats.archives import temporary_folder
with temporary_folder() as folder:
    (folder / "pack.yml").touch()
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary folders are made in this test, also by other processes."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def kill_while_unpacking() -> None:
    subprocess.run([sys.executable, "-c", KILLED_WHILE_UNPACKING], cwd=BASE_DIR, check=False)


def test_a_folder_is_deleted_after_use(folders: Path) -> None:
    with temporary_folder() as folder:
        (folder / "pack.yml").touch()
        assert [*folders.iterdir()] == [folder]
    assert not [*folders.iterdir()]


def test_what_a_killed_process_left_is_deleted_and_what_is_in_use_is_not(folders: Path) -> None:
    (folders / "tpm-portal-pack-file").touch()
    (folders / "other").mkdir()
    others = {*folders.iterdir()}
    kill_while_unpacking()
    assert len({*folders.iterdir()} - others) == 1
    with temporary_folder() as folder:
        delete_abandoned_folders()
        assert {*folders.iterdir()} == {*others, folder}


@pytest.mark.django_db
def test_a_start_deletes_what_a_killed_process_left(
    folders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tpm_portal.operations.preparation.load_starter_pack", lambda: False)
    monkeypatch.setattr("tpm_portal.operations.preparation.collect_static", lambda: False)
    kill_while_unpacking()
    assert [*folders.glob("tpm-portal-pack-*")]
    call_command("prepare")
    assert not [*folders.glob("tpm-portal-pack-*")]
