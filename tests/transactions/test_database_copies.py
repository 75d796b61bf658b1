"""A preview works on a copy: others can write in the meantime, and nothing of it remains."""

import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import IntegrityError, connection, connections, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from content.models import Collection
from packs.import_records import ImportRecords
from packs.row_writer import RowWriter
from skills.models import Skill
from tests.factories import EditorFactory, SetItemFactory, SetSectionFactory
from tests.interviews.questions import make_question
from tests.pack_files import SKILL, Pack
from tests.portal.packs_sent import FILES, PACK, next_step, sent, zipped
from tests.question_files.spreadsheets import Rows, import_file, phone_screen, rows_of
from transactions.database_copies import database_copy


class Other:
    """Someone else, who writes to the same database and does not wait."""

    def __init__(self) -> None:
        self.path = connection.settings_dict["NAME"]
        self.writes = 0

    def write(self) -> None:
        with closing(sqlite3.connect(self.path, timeout=0)) as other, other:
            other.execute("UPDATE content_siteversion SET version = version + 1")
        self.writes += 1


@pytest.fixture
def other(monkeypatch: pytest.MonkeyPatch) -> Other:
    """Someone who writes whenever a row of a pack is validated."""
    somebody = Other()
    create = RowWriter.create

    def create_meanwhile(self: RowWriter, **options: Any) -> Any:
        row = create(self, **options)
        somebody.write()
        return row

    monkeypatch.setattr(RowWriter, "create", create_meanwhile)
    return somebody


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_others_write_while_a_file_is_looked_at(
    other: Other, settings: Settings, tmp_path: Path
) -> None:
    settings.VAR_DIR = tmp_path
    client = Client()
    client.force_login(EditorFactory())
    page = sent(client, PACK, zipped(FILES))
    assert 'value="load"' in page.text
    assert other.writes > 5
    assert (Collection.objects.count(), Skill.objects.count()) == (0, 0)


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_others_write_while_a_command_only_says_what_it_would_do(
    other: Other, tmp_path: Path
) -> None:
    call_command("load_pack", Pack(tmp_path).with_skill().folder, dry_run=True, verbosity=0)
    assert other.writes > 5
    assert not Collection.objects.exists()


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_the_copy_holds_what_the_database_does_and_goes_again() -> None:
    EditorFactory(username="kept")
    original = connections["default"]

    def try_out() -> None:
        with database_copy():
            assert connections["default"] is not original
            assert User.objects.get().username == "kept"
            EditorFactory(username="gone")
            assert User.objects.count() == 2
            raise LookupError

    with pytest.raises(LookupError):
        try_out()
    assert connections["default"] is original
    assert User.objects.get().username == "kept"


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_on_postgresql_others_write_the_very_rows_that_a_preview_changes(
    monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path
) -> None:
    settings.VAR_DIR = tmp_path
    client = Client()
    client.force_login(EditorFactory())
    loaded = next_step(client, sent(client, PACK, zipped(FILES)), "load")
    assert "Imported." in loaded.text
    other = connection.copy()
    seen = []
    save = ImportRecords.save

    def save_meanwhile(self: ImportRecords, collection: Collection) -> None:
        seen.append(Skill.objects.get().body)
        with other.cursor() as cursor:
            cursor.execute("SET lock_timeout = '1ms'")
            cursor.execute("UPDATE skills_skill SET body = 'Saved meanwhile.'")
        save(self, collection)

    monkeypatch.setattr(ImportRecords, "save", save_meanwhile)
    changed = FILES | {"skills/risk.md": SKILL.replace("What it is.", "Said otherwise.")}
    page = sent(client, PACK, zipped(changed))
    other.close()
    assert 'value="load"' in page.text
    assert "Said otherwise." in seen
    assert Skill.objects.get().body == "Saved meanwhile."


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_on_postgresql_a_copied_table_goes_on_like_the_one_it_copies() -> None:
    kept = EditorFactory(username="kept")

    def try_out() -> None:
        with database_copy():
            with suppress(LookupError), transaction.atomic():
                EditorFactory(username="undone")
                raise LookupError
            new = EditorFactory(username="new")
            assert new.pk > kept.pk
            assert list(User.objects.order_by("pk").values_list("username", flat=True)) == [
                "kept",
                "new",
            ]
            with pytest.raises(IntegrityError), transaction.atomic():
                EditorFactory(username="new", pk=kept.pk)
            raise LookupError

    with pytest.raises(LookupError):
        try_out()
    assert list(User.objects.values_list("username", flat=True)) == ["kept"]


@pytest.mark.django_db
def test_inside_a_transaction_nothing_is_copied() -> None:
    original = connections["default"]
    with transaction.atomic(), database_copy():
        assert connections["default"] is original


@pytest.mark.django_db
def test_a_new_row_of_a_question_file_costs_a_preview_two_queries() -> None:
    """There were eighteen when each row searched for duplicates, slugs and positions.

    Each row also wrote a history that was rolled back.
    """
    question_set = phone_screen()

    def queries(number: int) -> int:
        rows: Rows = [
            {"question": "", "prompt": f"Ask {n}.", "section": "Opening"} for n in range(number)
        ]
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert import_file(question_set, rows, dry_run=True).refusals == []
        return len(captured)

    assert queries(30) - queries(10) == 40


@pytest.mark.django_db
def test_a_changed_cell_of_a_question_file_costs_a_preview_one_query() -> None:
    """It was 5 to 13, depending on the column."""
    columns = ["prompt", "probes", "anchor_3", "minutes"]

    def queries(number: int) -> int:
        section = SetSectionFactory()
        for position in range(1, number + 1):
            question = make_question(f"{section.pk} {position}")
            SetItemFactory(section=section, question=question, position=position)
        question_set = section.question_set
        rows = [row | {name: f"{row[name]}7" for name in columns} for row in rows_of(question_set)]
        with CaptureQueriesContext(connection) as captured:
            report = import_file(question_set, rows, dry_run=True)
        assert report.refusals == []
        assert [[cell.column for cell in row.cells] for row in report.rows] == [columns] * number
        return len(captured)

    few, many = queries(2), queries(7)
    assert (many - few) / 5 <= len(columns)
