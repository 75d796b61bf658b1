"""A load is prepared without SQLite's write lock; concurrent changes are noticed."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import reversion
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.core.management import call_command
from django.db import IntegrityError, OperationalError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings
from reversion.models import Version

from content.models import Collection, SiteVersion
from guides.models import Guide
from packs.row_writer import RowWriter
from search.models import SearchEntry
from skills.models import Skill
from tests.factories import CollectionFactory, EditorFactory, GuideFactory
from tests.pack_files import Pack
from tests.portal.packs_sent import FILES, PACK, next_step, sent, zipped
from transactions import prepared_writes
from transactions.prepared_writes import ATTEMPTS, TooManyWriters, write_prepared

pytestmark = [pytest.mark.sqlite, pytest.mark.django_db(transaction=True)]

NOT_CONTENT = "UPDATE auth_user SET last_login = '2026-01-01 00:00:00'"
CONTENT = "UPDATE content_siteversion SET version = version + 1"
REVISION = "INSERT INTO reversion_revision (date_created, comment) VALUES ('2026-01-01', 'Theirs')"


def write(*statements: str) -> None:
    """Someone else writes at once, or fails."""
    with closing(sqlite3.connect(settings.DATABASES["default"]["NAME"], timeout=0)) as other, other:
        for sql in statements:
            other.execute(sql)


def always(outcome: Any) -> bool:
    return True


def never(outcome: Any) -> bool:
    return False


class Work:
    """Makes a guide that says how many there were.

    Someone else writes before that, each time something of these.
    """

    def __init__(self, *meanwhile: str) -> None:
        self.meanwhile = list(meanwhile)
        self.collection = CollectionFactory()
        self.calls = 0

    def __call__(self) -> str:
        self.calls += 1
        title = f"After {Guide.objects.count()}"
        if self.meanwhile:
            write(*self.meanwhile.pop(0).split("; "))
        GuideFactory(title=title, collection=self.collection)
        return title


def titles() -> list[str]:
    return list(Guide.objects.order_by("pk").values_list("title", flat=True))


@pytest.fixture
def created(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The rows of packs that were created. After each, someone else writes other data."""
    rows: list[str] = []
    create = RowWriter.create

    def create_meanwhile(self: RowWriter, **options: Any) -> Any:
        row = create(self, **options)
        write(NOT_CONTENT)
        rows.append(str(row))
        return row

    monkeypatch.setattr(RowWriter, "create", create_meanwhile)
    return rows


def test_others_write_while_a_command_loads(created: list[str], tmp_path: Path) -> None:
    call_command("load_pack", Pack(tmp_path).with_skill().folder, verbosity=0)
    assert len(created) > 5
    assert len(set(created)) == len(created)
    skill = Skill.objects.get()
    assert [str(each.proficiency) for each in skill.descriptors.all()] == ["Working", "Expert"]
    assert SearchEntry.objects.get(kind="skill", object_id=skill.pk).title == skill.title
    assert SiteVersion.objects.get().version == 1


@pytest.fixture
def editor(settings: Settings, tmp_path: Path) -> Client:
    settings.VAR_DIR = tmp_path
    client = Client()
    client.force_login(EditorFactory())
    return client


def test_others_write_while_a_file_is_loaded_in_the_admin(
    created: list[str], editor: Client
) -> None:
    looked = sent(editor, PACK, zipped(FILES))
    del created[:]
    assert next_step(editor, looked, "load").context["page"].is_done
    assert len(created) > 5
    skill = Skill.objects.get()
    assert Version.objects.get_for_object(skill).get().field_dict["title"] == skill.title
    assert LogEntry.objects.filter(object_repr=str(Collection.objects.get())).count() == 1


def test_what_was_edited_while_a_load_compared_is_left_as_it_was_edited(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    pack = Pack(tmp_path).with_skill()
    call_command("load_pack", pack.folder, verbosity=0)
    path = pack.folder / "skills/risk.md"
    path.write_text(path.read_text().replace("title: Risk", "title: Risks"))
    differences, calls = RowWriter.differences, []

    def differ_meanwhile(self: RowWriter, stored: Any) -> Any:
        if isinstance(stored, Skill) and not calls:
            calls.append(stored)
            write("UPDATE skills_skill SET title = 'Theirs'", CONTENT)
        return differences(self, stored)

    monkeypatch.setattr(RowWriter, "differences", differ_meanwhile)
    call_command("load_pack", pack.folder, verbosity=0)
    assert calls
    assert Skill.objects.get().title == "Theirs"


@pytest.mark.parametrize(
    ("meanwhile", "calls", "stored"),
    [
        ((), 1, ["First", "After 1"]),
        ((NOT_CONTENT,), 1, ["First", "After 1"]),
        ((CONTENT,), 2, ["First", "After 1"]),
        ((f"DELETE FROM guides_guide; {CONTENT}",), 2, ["After 0"]),
        ((CONTENT,) * ATTEMPTS, ATTEMPTS + 1, ["First", "After 1"]),
    ],
    ids=[
        "nothing",
        "what is no content",
        "the content",
        "a row that counts",
        "the content each time",
    ],
)
def test_a_change_is_worked_out_anew_when_the_content_has_changed(
    meanwhile: tuple[str, ...], calls: int, stored: list[str]
) -> None:
    GuideFactory(title="First", collection=(work := Work(*meanwhile)).collection)
    assert write_prepared(work, always) == stored[-1]
    assert work.calls == calls
    assert titles() == stored


def test_a_long_change_that_is_overtaken_each_time_gives_up_and_writes_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(prepared_writes, "MAX_STATEMENTS_WITH_LOCK", 1)
    work = Work(*[CONTENT] * ATTEMPTS)
    with pytest.raises(TooManyWriters):
        write_prepared(work, always)
    assert (work.calls, titles()) == (ATTEMPTS, [])
    assert write_prepared(work, always) == "After 0"


def test_the_last_attempt_has_the_lock() -> None:
    work = Work(*[CONTENT] * (ATTEMPTS + 1))
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        write_prepared(work, always)
    assert titles() == []
    write(NOT_CONTENT)


def test_keys_that_somebody_else_took_meanwhile_are_not_taken_twice() -> None:
    make = Work(REVISION)

    def work() -> None:
        make()
        with reversion.create_revision():
            reversion.add_to_revision(Guide.objects.get())

    write_prepared(work, always)
    assert make.calls == 2
    assert Version.objects.get_for_object(Guide.objects.get()).get().revision.comment == ""


def test_a_row_that_went_without_notice_is_not_counted_as_written() -> None:
    make = Work("DELETE FROM guides_guide")
    GuideFactory(title="First", collection=make.collection)

    def work() -> None:
        Guide.objects.filter(title="First").update(summary="Ours.")
        make()

    write_prepared(work, always)
    assert (make.calls, titles()) == (2, ["After 0"])


@pytest.mark.parametrize("supported", [True, False])
def test_what_is_not_wanted_is_not_written(
    supported: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("transactions.prepared_writes.can_copy_database", lambda: supported)
    work = Work()
    version = SiteVersion.objects.get().version
    with CaptureQueriesContext(connection) as queries:
        assert write_prepared(work, never) == "After 0"
    assert any(query["sql"].startswith("BEGIN") for query in queries) is not supported
    assert (work.calls, titles(), SiteVersion.objects.get().version) == (1, [], version)
    assert write_prepared(work, always) == "After 0"
    assert titles() == ["After 0"]


def test_a_load_that_changes_nothing_takes_no_lock(tmp_path: Path) -> None:
    folder = Pack(tmp_path).with_skill().folder
    call_command("load_pack", folder, verbosity=0)
    with closing(sqlite3.connect(settings.DATABASES["default"]["NAME"], timeout=0)) as other, other:
        other.execute("BEGIN IMMEDIATE")
        call_command("load_pack", folder, verbosity=0)
    assert Skill.objects.count() == 1


def test_what_was_taken_back_is_not_written() -> None:
    make = Work()

    def work() -> None:
        for fails in (True, False, True):
            try:
                with transaction.atomic():
                    make()
                    if fails:
                        raise LookupError
            except LookupError:
                pass

    with CaptureQueriesContext(connection) as queries:
        write_prepared(work, always)
    assert titles() == ["After 0"]
    assert sum(query["sql"].startswith('INSERT INTO "guides_guide"') for query in queries) == 1


@pytest.mark.parametrize("fails", [LookupError, IntegrityError, OperationalError])
def test_a_change_that_fails_writes_nothing(fails: type[Exception]) -> None:
    make = Work()

    def work() -> None:
        make()
        raise fails

    with pytest.raises(fails):
        write_prepared(work, always)
    assert (make.calls, titles()) == (1, [])
    assert write_prepared(make, always) == "After 0"


def test_what_stands_on_a_deleted_account_is_refused() -> None:
    make, user = Work("DELETE FROM auth_user"), EditorFactory()

    def work() -> None:
        make()
        LogEntry.objects.log_actions(user.pk, Guide.objects.all(), 1)

    with pytest.raises(IntegrityError):
        write_prepared(work, always)
    assert titles() == []
