"""The report of a refused load counts nothing as done, because all of it was rolled back."""

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from interchange.packs import TABLES
from packs.loading import load_pack
from packs.report import COUNTERS, Report
from roles.models import Role
from rsd.reader import read_descriptors
from tests.pack_files import MANIFEST, Pack
from tests.portal.packs_sent import PACK, sent, words, zipped

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

ROLES = "id,title,external_id\n"
LOADED = f"{ROLES}lead,Lead,R1\nhead,Head,R2\nchief,Chief,R3\n"
EDITED = "id,title,summary\nlead,Lead,Theirs\nhead,Head,\nbad,,\n"
#: “lead” takes the id of the absent “head”, which refuses the load; “chief” is absent, too.
TAKES_AN_ID = f"{ROLES}head,Lead,R1\nnew,New,R4\n"


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    pack = Pack(tmp_path / "pack").write("roles.csv", LOADED)
    assert pack.load().created["roles"] == 3
    return pack


def counted(report: Report) -> dict[str, int]:
    """The counters that have counted anything, and the lists of what was done."""
    numbers = {name: report.counter(name).total() for name in COUNTERS}
    numbers["pages"] = report.pages.total()
    numbers["moves"] = len(report.moves)
    numbers["overwritten"] = len(report.overwritten)
    numbers["left_absent_rows"] = len(report.left_absent_rows)
    return {name: number for name, number in numbers.items() if number}


@pytest.mark.parametrize("dry_run", [False, True])
def test_a_refused_load_counts_no_retired_row(pack: Pack, dry_run: bool) -> None:
    pack.write("roles.csv", TAKES_AN_ID)
    report = pack.load(retire=True, dry_run=dry_run, overwrite=True)
    assert len(report.refusals) == 1
    assert (report.is_refused, report.is_written, counted(report)) == (True, False, {})
    assert report.as_lines()[-1] == "1 refused; nothing was saved."
    data = report.as_data()
    assert [data[name] for name in COUNTERS.values()] == [{}] * len(COUNTERS)
    assert set(Role.objects.values_list("slug", "status")) == {
        ("lead", "published"),
        ("head", "published"),
        ("chief", "published"),
    }


def test_a_load_that_succeeds_counts_them(pack: Pack) -> None:
    pack.write("roles.csv", f"{ROLES}lead,Boss,R1\nnew,New,R4\n")
    report = pack.load(retire=True)
    assert (report.is_refused, report.is_written) == (False, True)
    assert counted(report) == {"created": 1, "changed": 1, "unchanged": 1, "retired": 2, "pages": 2}


def test_a_refused_load_still_names_edits_and_unknown_files(pack: Pack) -> None:
    Role.objects.filter(slug="lead").update(summary="Edited")
    pack.write("roles.csv", EDITED).write("roless.csv", "")
    report = pack.load()
    assert [conflict.title for conflict in report.conflicts] == ["Lead"]
    assert report.unknown_files == ["roless.csv"]
    assert not any("left as edited" in line for line in report.as_lines())
    assert "1 left as edited here." in pack.load(skip_refused=True).as_lines()


def test_a_refused_table_of_descriptors_counts_nothing(tmp_path: Path) -> None:
    path = tmp_path / "skills.csv"
    path.write_text("RSD Name,Skill Statement\nRisk,Says.\n,Says.\n", "utf-8")
    report = load_pack(read_descriptors(path), TABLES)
    assert (len(report.refusals), counted(report)) == (1, {})


def test_the_page_of_a_refused_load_shows_no_counts(
    editor: Client, settings: Settings, tmp_path: Path
) -> None:
    settings.VAR_DIR = tmp_path
    files = {"pack.yml": MANIFEST, "roles.csv": "id,title\nlead,Lead\nbad,\n"}
    refused = words(sent(editor, PACK, zipped(files)))
    assert "Nothing was saved" in refused
    assert "Rows by table" not in refused
    previewed = words(sent(editor, PACK, zipped(files), skip_refused="on"))
    assert "Preview: this is what the import would change. Nothing has been saved yet." in previewed
    assert "Rows by table" in previewed
