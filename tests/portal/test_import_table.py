"""The command `import_table`: reads a mapping and a source, and reports like `load_pack`."""

import json
from io import StringIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command

from content.models import Collection
from roles.models import Role
from tests.mappings import MappingCase
from tpm_portal.forms import MAPPINGS

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def mapping_case(tmp_path: Path) -> MappingCase:
    mapping_case = MappingCase(tmp_path).write("roles.csv", "Name,Note\nLead,a\nHead,b\n")
    return mapping_case.write_table_mapping(
        "columns: {id: {slug: Name}, title: Name}\nextra: {note: Note}"
    )


def load(mapping_case: MappingCase, *options: str, verbosity: int = 1) -> str:
    """What the command prints."""
    printed = StringIO()
    call_command(
        "import_table",
        str(mapping_case.file),
        str(mapping_case.source),
        *options,
        verbosity=verbosity,
        stdout=printed,
    )
    return printed.getvalue()


def test_it_prints_how_much_was_created_changed_and_left(mapping_case: MappingCase) -> None:
    kept = "Unmapped columns (stored and exported): roles.note.\n"
    assert load(mapping_case) == f"3 created, 0 changed, 0 unchanged.\n{kept}"
    assert load(mapping_case) == f"0 created, 0 changed, 3 unchanged.\n{kept}"
    mapping_case.write("roles.csv", "Name,Note\nLead,a\nHead,c\n")
    assert load(mapping_case) == f"0 created, 1 changed, 2 unchanged.\n{kept}"


def test_a_dry_run_writes_nothing(mapping_case: MappingCase) -> None:
    assert "\n3 created" in load(mapping_case, "--dry-run")
    assert not Collection.objects.exists()
    assert load(mapping_case, verbosity=0) == ""
    assert Collection.objects.exists()


def test_what_is_absent_retires_on_demand(mapping_case: MappingCase) -> None:
    load(mapping_case)
    mapping_case.write("roles.csv", "Name,Note\nLead,a\n")
    assert "retired" not in load(mapping_case)
    assert "1 retired" in load(mapping_case, "--retire")
    assert Role.objects.get(slug="head").status == "archived"


def test_what_was_edited_here_is_kept_unless_told_otherwise(mapping_case: MappingCase) -> None:
    mapping_case.write_table_mapping("columns: {id: {slug: Name}, title: Name, summary: Note}")
    load(mapping_case)
    Role.objects.filter(slug="head").update(summary="Leads all.")
    assert "1 left as edited here." in load(mapping_case)
    load(mapping_case, "--overwrite")
    assert Role.objects.get(slug="head").summary == "b"


def test_it_reports_for_machines(mapping_case: MappingCase) -> None:
    mapping_case.write_table_mapping("columns: {id: {slug: Name}, title: Name}")
    report = json.loads(load(mapping_case, "--report", "json"))
    assert (report["written"], report["created"]["roles"]) == (True, 2)
    assert report["notes"] == ["the mapping does not use Note of “roles”"]


def test_values_of_the_collection_can_be_set(mapping_case: MappingCase) -> None:
    load(mapping_case, "--set", "id=mine", "--set", "title=A = B")
    assert Collection.objects.get(slug="mine").title == "A = B"
    for said, reason in [("id", "expected KEY=VALUE"), ("ids=a", "there is no key “ids”")]:
        with pytest.raises(CommandError, match=reason):
            load(mapping_case, "--set", said)


def test_a_refused_row_refuses_the_whole_unless_told_otherwise(mapping_case: MappingCase) -> None:
    mapping_case.write("roles.csv", "Name,Note\nLead,a\n,b\n")
    with pytest.raises(CommandError) as refused:
        load(mapping_case)
    assert "roles.csv line 3: id: This field cannot be blank." in str(refused.value).splitlines()
    assert not Role.objects.exists()
    assert "2 created" in load(mapping_case, "--skip-refused")
    assert Role.objects.get().slug == "lead"


def test_the_source_can_be_a_file_or_a_zip(mapping_case: MappingCase) -> None:
    folder = mapping_case.source
    with ZipFile(folder.parent / "roles.zip", "w") as archive:
        archive.write(folder / "roles.csv", "export/roles.csv")
    for source in [folder.parent / "roles.zip", folder / "roles.csv"]:
        mapping_case.source = source
        assert "\n3 created" in load(mapping_case, "--dry-run")


def test_what_is_not_there_is_named(mapping_case: MappingCase) -> None:
    mapping_case.source = mapping_case.source / "none"
    with pytest.raises(CommandError, match="none: the file is missing"):
        load(mapping_case)
    mapping_case.file = mapping_case.file.with_name("none.yml")
    with pytest.raises(CommandError, match="none.yml: cannot be read"):
        load(mapping_case)


def test_a_mapping_that_ships_is_known_by_its_name(mapping_case: MappingCase) -> None:
    shipped = sorted(MAPPINGS.glob("*.yml"))
    assert shipped
    with pytest.raises(CommandError) as refused:
        call_command("import_table", shipped[0].stem, str(mapping_case.source))
    assert "the file is missing" in str(refused.value)
