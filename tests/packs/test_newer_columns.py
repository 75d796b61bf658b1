"""Columns added to packs after a row was loaded: not an edit, unless an editor filled them."""

from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from content.models import Collection, LoadedRow
from interchange.packs import TABLES
from ladders.packs import EXPECTATIONS
from packs import pack_tables as tables
from packs.import_records import ImportRecords, row_digest
from packs.pack_tables import Table as PackTable
from skills.models import Skill
from tests.factories import ExpectationFactory
from tests.pack_files import SKILL, Pack, counts, loaded_by_first_versions

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

migration: Any = import_module("content.migrations.0007_loaded_columns")
SKILLS = next(table for table in TABLES if table.name == "skills")
#: Columns of skills that a load is made to know nothing of: a text, a number, a truth, a relation,
#: a list of relations.
NEWER = ["aliases", "position", "featured", "group", "related"]


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    """A pack that was loaded before skills had these columns."""
    pack = Pack(tmp_path).with_skill()
    pack.load()
    older = replace(SKILLS, columns=[name for name in SKILLS.columns if name not in NEWER])
    skill = Skill.objects.get()
    loaded = LoadedRow.objects.filter(table="skills")
    loaded.update(object_id=0)
    loaded.update(**ImportRecords(older, Collection.objects.get()).values(skill, {}, ()))
    return pack


def test_a_column_that_is_newer_than_the_load_makes_no_row_an_edited_one(pack: Pack) -> None:
    report = pack.write(
        "skills/risk.md", SKILL.replace("title: Risk", "title: Risk\naliases: hazard")
    ).load()
    assert (report.conflicts, report.changed) == ([], {"skills": 1})
    assert Skill.objects.get().aliases == "hazard"


@pytest.mark.parametrize(
    "values", [{"aliases": "hazard"}, {"position": 3}, {"featured": True}, {"summary": "Ours."}]
)
def test_what_an_editor_wrote_into_a_newer_column_is_an_edit(
    pack: Pack, values: dict[str, Any]
) -> None:
    Skill.objects.update(**values)
    said = "title: Risk\naliases: theirs\nposition: 9\nfeatured: false\nsummary: Theirs."
    report = pack.write("skills/risk.md", SKILL.replace("title: Risk", said)).load()
    assert [[each.column for each in conflict.differences] for conflict in report.conflicts] == [
        [*values]
    ]


def test_the_next_load_knows_the_newer_columns(pack: Pack) -> None:
    assert counts(pack.load()) == (0, 0, 7)
    assert LoadedRow.objects.get(table="skills").columns.split() == list(SKILLS.fields)


def test_identifiers_of_parts_are_newer_than_the_first_loads_of_parts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    line = ExpectationFactory()
    monkeypatch.setattr(tables, "STANDARD", ())
    before: PackTable = replace(EXPECTATIONS)
    known = migration.COLUMNS["expectations"].split()
    assert list(before.fields) == known
    assert row_digest(line, EXPECTATIONS, known) == row_digest(line, before, known)
    line.external_id = "u1"
    assert row_digest(line, EXPECTATIONS, known) != row_digest(line, before, known)


def test_rows_loaded_before_columns_were_noted_get_those_of_that_time(pack: Pack) -> None:
    pack.load()
    loaded_by_first_versions()
    LoadedRow.objects.update(columns="")
    migration.note_columns(apps, connection.schema_editor())
    rows = LoadedRow.objects.values_list("table", "columns")
    assert rows.count() == 7
    assert {table for table, columns in rows if not columns} == set()
    assert counts(pack.load()) == (0, 0, 7)
