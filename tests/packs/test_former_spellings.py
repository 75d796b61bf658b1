"""A pack in the spelling of version 0.2 is read like one in the present spelling."""

from pathlib import Path

import pytest
from django.apps import apps

from content.former_spellings import NAMES, VALUES, rename_stored_field
from content.models import Collection, LoadedRow
from interchange.packs import TABLES
from interviews.models import Question
from ladders.models import Ladder
from mapping.parser import read_mapping
from packs.import_records import row_digest
from packs.sources import TablesPack
from roles.models import Role
from skills.models import Skill
from tests.pack_files import Pack

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

BRITISH = {
    "pack.yml": "id: other\ntitle: Other\npublisher: Them\nlicence: MIT\n"
    "licence_url: https://example.org/mit\nattribution: Them\n",
    "skills.csv": "id,title,kind,Artefacts\nrisk,Risk,behaviour,A register\n",
    "roles/lead.md": "---\ntitle: Lead\nneighbours: Unlike others.\n---\n",
    "ladders.csv": "id,title,organisation,rule\neng,Engineering,Raven Works,judgement\n",
    "questions.csv": "id,title,prompt,kind\nwhy,Why,Why?,behavioural\n",
}
#: A mapping of version 0.2; its words are not those of a foreign source.
MAPPING = """\
collection: {id: other, title: Other, publisher: Them, licence: MIT, attribution: Them}
tables:
  - table: ladders
    rows: [{id: eng, title: Engineering, organisation: Raven Works, rule: judgement}]
"""


def american(text: str) -> str:
    for former, current in {**NAMES, **VALUES}.items():
        text = text.replace(former, current)
    return text.replace("Artefacts", "Artifacts")


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    pack = Pack(tmp_path)
    for path, text in BRITISH.items():
        pack.write(path, text)
    return pack


def test_its_columns_and_choices_are_those_of_today(pack: Pack) -> None:
    assert pack.load().refusals == []
    collection = Collection.objects.get()
    assert (collection.license, collection.license_url) == ("MIT", "https://example.org/mit")
    skill, ladder = Skill.objects.get(), Ladder.objects.get()
    assert (skill.kind, skill.artifacts) == ("behavior", "A register")
    assert (ladder.organization, ladder.rule) == ("Raven Works", "judgment")
    assert Role.objects.get().neighbors == "Unlike others."
    assert Question.objects.get().kind == "behavioral"
    for row in (collection, skill, ladder):
        assert row.extra == {}


def test_the_same_pack_in_the_present_spelling_changes_nothing(pack: Pack) -> None:
    pack.load()
    for path, text in BRITISH.items():
        pack.write(path, american(text))
    report = pack.load()
    assert (report.refusals, report.conflicts) == ([], [])
    assert sum(report.changed.values()) == 0
    assert sum(report.unchanged.values()) == len(BRITISH)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("ladders.csv", "id,title,organisation,organization\neng,Engineering,A,B\n"),
        ("ladders/eng.md", "---\ntitle: E\norganisation: A\norganization: B\n---\n"),
        ("pack.yml", BRITISH["pack.yml"] + "license: MIT\n"),
    ],
)
def test_a_column_in_both_spellings_is_refused(pack: Pack, path: str, text: str) -> None:
    refusals = pack.write(path, text).load().refusals
    assert any(refusal.location.startswith(path) for refusal in refusals)


def test_a_column_that_its_table_does_not_have_is_stored_as_it_is_written(pack: Pack) -> None:
    pack.write("skills.csv", "id,title,organisation\nrisk,Risk,Them\n").load()
    assert Skill.objects.get().extra == {"organisation": "Them"}


def test_rows_that_a_converter_makes_are_read_too() -> None:
    pack = TablesPack({"id": "other", "licence": "MIT"})
    pack.add("ladders", "line 1", {"id": "eng", "organisation": "Raven Works"})
    (table,) = (table for table in TABLES if table.name == "ladders")
    (row,) = pack.rows(table)
    assert row.values == {"id": "eng", "organization": "Raven Works"}  # type: ignore[union-attr]
    assert pack.manifest().values == {"id": "other", "license": "MIT"}


def test_a_mapping_may_have_the_former_spelling(tmp_path: Path) -> None:
    path = tmp_path / "mapping.yml"
    path.write_text(MAPPING)
    mapping = read_mapping(path, TABLES, {"license": "CC0-1.0"})
    assert mapping.collection["license"] == "CC0-1.0"
    assert "licence" not in mapping.collection


@pytest.mark.parametrize("has_cells", [True, False])
def test_records_of_earlier_loads_follow_the_renaming(pack: Pack, has_cells: bool) -> None:
    pack.load()
    record = LoadedRow.objects.get(table="ladders")
    record.columns = record.columns.replace("organization", "organisation")
    if not has_cells:
        (table,) = (table for table in TABLES if table.name == "ladders")
        record.digest = row_digest(Ladder.objects.get(), table, list(table.fields))
        record.cells = ""
    record.save()
    rename_stored_field(apps, "ladders.ladder", "ladders", "organisation")
    pack.write("ladders.csv", BRITISH["ladders.csv"].replace("Raven Works", "Crow Works"))
    assert pack.load().conflicts == []
    assert Ladder.objects.get().organization == "Crow Works"
