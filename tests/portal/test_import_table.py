"""The command that loads tables of others.

It reads a mapping and a source, and reports as `load_pack` does.
"""

import json
from io import StringIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command

from content.models import Collection
from roles.models import Role
from tests.mappings import Desk
from tpm_portal.management.commands.import_table import MAPPINGS

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path).write("roles.csv", "Name,Note\nLead,a\nHead,b\n")
    return desk.makes("columns: {id: {slug: Name}, title: Name}\nextra: {note: Note}")


def load(desk: Desk, *options: str, verbosity: int = 1) -> str:
    """What the command prints."""
    printed = StringIO()
    call_command(
        "import_table",
        str(desk.file),
        str(desk.source),
        *options,
        verbosity=verbosity,
        stdout=printed,
    )
    return printed.getvalue()


def test_it_prints_how_much_was_created_changed_and_left(desk: Desk) -> None:
    kept = "Kept without a field of their own: roles.note.\n"
    assert load(desk) == f"3 created, 0 changed, 0 unchanged.\n{kept}"
    assert load(desk) == f"0 created, 0 changed, 3 unchanged.\n{kept}"
    desk.write("roles.csv", "Name,Note\nLead,a\nHead,c\n")
    assert load(desk) == f"0 created, 1 changed, 2 unchanged.\n{kept}"


def test_a_dry_run_writes_nothing(desk: Desk) -> None:
    assert load(desk, "--dry-run").startswith("3 created")
    assert not Collection.objects.exists()
    assert load(desk, verbosity=0) == ""
    assert Collection.objects.exists()


def test_what_is_absent_retires_on_demand(desk: Desk) -> None:
    load(desk)
    desk.write("roles.csv", "Name,Note\nLead,a\n")
    assert "retired" not in load(desk)
    assert "1 retired" in load(desk, "--retire")
    assert Role.objects.get(slug="head").status == "archived"


def test_what_was_edited_here_is_kept_unless_told_otherwise(desk: Desk) -> None:
    desk.makes("columns: {id: {slug: Name}, title: Name, summary: Note}")
    load(desk)
    Role.objects.filter(slug="head").update(summary="Leads all.")
    assert "1 left as edited here." in load(desk)
    load(desk, "--overwrite")
    assert Role.objects.get(slug="head").summary == "b"


def test_it_reports_for_machines(desk: Desk) -> None:
    desk.makes("columns: {id: {slug: Name}, title: Name}")
    report = json.loads(load(desk, "--report", "json"))
    assert (report["written"], report["created"]["roles"]) == (True, 2)
    assert report["notes"] == ["the mapping takes nothing from Note of “roles”"]


def test_values_of_the_collection_can_be_set(desk: Desk) -> None:
    load(desk, "--set", "id=mine", "--set", "title=A = B")
    assert Collection.objects.get(slug="mine").title == "A = B"
    for said, reason in [("id", "expected KEY=VALUE"), ("ids=a", "there is no key “ids”")]:
        with pytest.raises(CommandError, match=reason):
            load(desk, "--set", said)


def test_a_refused_row_refuses_the_whole_unless_told_otherwise(desk: Desk) -> None:
    desk.write("roles.csv", "Name,Note\nLead,a\n,b\n")
    with pytest.raises(CommandError) as refused:
        load(desk)
    assert "roles.csv line 3: id: This field cannot be blank." in str(refused.value).splitlines()
    assert not Role.objects.exists()
    assert "2 created" in load(desk, "--skip-refused")
    assert Role.objects.get().slug == "lead"


def test_the_source_can_be_a_file_or_a_zip(desk: Desk) -> None:
    folder = desk.source
    with ZipFile(folder.parent / "roles.zip", "w") as archive:
        archive.write(folder / "roles.csv", "export/roles.csv")
    for source in [folder.parent / "roles.zip", folder / "roles.csv"]:
        desk.source = source
        assert load(desk, "--dry-run").startswith("3 created")


def test_what_is_not_there_is_named(desk: Desk) -> None:
    desk.source = desk.source / "none"
    with pytest.raises(CommandError, match="none: is not there"):
        load(desk)
    desk.file = desk.file.with_name("none.yml")
    with pytest.raises(CommandError, match="none.yml: cannot be read"):
        load(desk)


def test_a_mapping_that_ships_is_known_by_its_name(desk: Desk) -> None:
    shipped = sorted(MAPPINGS.glob("*.yml"))
    assert shipped
    with pytest.raises(CommandError) as refused:
        call_command("import_table", shipped[0].stem, str(desk.source))
    assert "is not there" in str(refused.value)
