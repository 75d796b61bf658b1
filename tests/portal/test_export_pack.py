"""The command `export_pack`: writes a complete folder or zip, or explains why not."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from content.base_models import Status
from tests.factories import CollectionFactory, RoleFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def other() -> None:
    collection = CollectionFactory(slug="other")
    RoleFactory(collection=collection, slug="lead", family=None)
    RoleFactory(collection=collection, slug="secret", family=None, status=Status.DRAFT)


def export(*arguments: object) -> str:
    printed = StringIO()
    call_command("export_pack", *map(str, arguments), stdout=printed)
    return printed.getvalue()


def test_it_writes_a_folder_that_loads_again_without_change(tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert export("other", out) == f"Wrote 2 files to {out}.\n"
    assert sorted(path.name for path in out.iterdir()) == ["pack.yml", "roles.csv"]
    printed = StringIO()
    call_command("load_pack", str(out), stdout=printed)
    assert printed.getvalue() == "0 created, 0 changed, 3 unchanged.\n"


def test_drafts_can_be_left_out(tmp_path: Path) -> None:
    for name, options, rows in [("all", [], 2), ("published", ["--published"], 1)]:
        export("other", tmp_path / name, *options)
        assert (tmp_path / name / "roles.csv").read_text().count("\n") == 1 + rows


def test_it_writes_a_zip_in_place_of_an_older_one(tmp_path: Path) -> None:
    (tmp_path / "other.zip").write_text("old")
    export("other", tmp_path / "other.zip")
    printed = StringIO()
    call_command("load_pack", str(tmp_path / "other.zip"), stdout=printed)
    assert "3 unchanged" in printed.getvalue()


def test_what_cannot_be_done_is_said(tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full/file").touch()
    no_folder = tmp_path / "none/a.zip"
    for arguments, message in [
        (["none", tmp_path / "out"], "There is no collection “none”. There are: other."),
        (
            ["other", tmp_path / "full"],
            f"{tmp_path / 'full'} is not empty; name a new folder.",
        ),
        (["other", no_folder], f"{no_folder} cannot be written: No such file or directory."),
        (
            ["other", tmp_path / "full/file"],
            f"{tmp_path / 'full/file'} is not empty; name a new folder.",
        ),
    ]:
        with pytest.raises(CommandError) as refused:
            export(*arguments)
        assert str(refused.value) == message
