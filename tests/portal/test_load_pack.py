"""The command `load_pack`: prints counts, and fails if a pack is refused."""

import errno
import sqlite3
from io import StringIO
from pathlib import Path
from unittest.mock import Mock

import pytest
from django.core.management import CommandError, call_command, get_commands, load_command_class
from django.db import DatabaseError, IntegrityError, OperationalError

from content.models import Collection
from packs.report import DATABASE_BUSY, DISK_FULL, MAX_DISPLAYED, PREVIEW
from packs.row_writer import RowWriter
from roles.models import Role
from tests.pack_files import Pack

pytestmark = pytest.mark.django_db


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    return Pack(tmp_path).with_skill()


def load(pack: Pack, *options: str, verbosity: int = 1) -> str:
    """What the command prints."""
    printed = StringIO()
    call_command("load_pack", str(pack.folder), *options, verbosity=verbosity, stdout=printed)
    return printed.getvalue()


def test_it_prints_how_much_was_created_changed_and_left(pack: Pack) -> None:
    assert load(pack) == "7 created, 0 changed, 0 unchanged.\n"
    pack.write("roles.csv", "id,title\nlead,Lead\n")
    assert load(pack) == "1 created, 0 changed, 7 unchanged.\n"
    pack.write("roles.csv", "id,title\nlead,Head\n")
    assert load(pack) == "0 created, 1 changed, 7 unchanged.\n"


def test_it_names_the_columns_that_no_field_holds(pack: Pack) -> None:
    pack.write("roles.csv", "id,title,stauts\nlead,Lead,published\n")
    assert "Unmapped columns (stored and exported): roles.stauts.\n" in load(pack)


def test_a_dry_run_writes_nothing_and_says_so_above_the_same_report(pack: Pack) -> None:
    assert load(pack, "--dry-run") == f"{PREVIEW}\n7 created, 0 changed, 0 unchanged.\n"
    assert not Collection.objects.exists()
    assert load(pack) == "7 created, 0 changed, 0 unchanged.\n"


def test_it_can_be_quiet(pack: Pack) -> None:
    assert load(pack, verbosity=0) == ""
    assert Collection.objects.exists()


@pytest.mark.parametrize(
    "error", [OperationalError("database is locked"), IntegrityError("UNIQUE failed")]
)
def test_a_database_that_others_write_to_ends_it_in_a_sentence(
    pack: Pack, monkeypatch: pytest.MonkeyPatch, error: DatabaseError
) -> None:
    monkeypatch.setattr(RowWriter, "create", Mock(side_effect=error))
    with pytest.raises(CommandError) as ended:
        load(pack)
    assert str(ended.value) == f"{DATABASE_BUSY} ({error})"


def sqlite_error(name: str) -> OperationalError:
    """What Django makes of an error with this name."""
    error = OperationalError("no such luck")
    error.__cause__ = sqlite3.OperationalError("no such luck")
    error.__cause__.sqlite_errorname = name
    return error


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (sqlite_error("SQLITE_FULL"), DISK_FULL),
        (sqlite_error("SQLITE_IOERR_SHMSIZE"), DISK_FULL),
        (sqlite_error("SQLITE_READONLY_DIRECTORY"), DISK_FULL),
        (OSError(errno.ENOSPC, "No space left on device"), DISK_FULL),
        (sqlite_error("SQLITE_BUSY"), DATABASE_BUSY),
    ],
    ids=str,
)
def test_a_full_disk_is_not_taken_for_another_writer(
    pack: Pack, monkeypatch: pytest.MonkeyPatch, error: Exception, reason: str
) -> None:
    monkeypatch.setattr(RowWriter, "create", Mock(side_effect=error))
    with pytest.raises(CommandError) as ended:
        load(pack)
    assert str(ended.value) == f"{reason} ({error})"


@pytest.mark.parametrize("options", [(), ("--dry-run",)])
def test_a_refused_pack_ends_with_an_error_that_names_every_place(
    pack: Pack, options: tuple[str, ...]
) -> None:
    pack.write("roles.csv", "id,title\nlead,\nhead,Head\n").write("guides.csv", "id,title\nx,X,x\n")
    with pytest.raises(CommandError) as refused:
        load(pack, *options)
    assert str(refused.value).splitlines() == [
        "roles.csv line 2: title: This field cannot be blank.",
        "guides.csv line 2: 3 cells under 2 columns",
        "2 refused; nothing was saved.",
    ]
    assert not Collection.objects.exists()


def test_of_many_refusals_the_first_are_shown_and_all_are_counted(pack: Pack) -> None:
    pack.write("roles.csv", "id,title\n" + "".join(f"r{n},\n" for n in range(MAX_DISPLAYED + 20)))
    with pytest.raises(CommandError) as refused:
        load(pack)
    lines = str(refused.value).splitlines()
    assert (len(lines), lines[-1]) == (
        MAX_DISPLAYED + 1,
        f"{MAX_DISPLAYED + 20} refused; nothing was saved.",
    )
    assert not Role.objects.exists()


@pytest.mark.parametrize("is_sound", [True, False])
def test_the_process_ends_with_one_where_a_pack_is_refused(
    pack: Pack, is_sound: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("django.core.management.base.connections.close_all", lambda: None)
    command = load_command_class(get_commands()["load_pack"], "load_pack")
    arguments = [
        "manage.py",
        "load_pack",
        str(pack.folder if is_sound else pack.folder / "none"),
        "--skip-checks",
    ]
    if is_sound:
        command.run_from_argv(arguments)
        assert capsys.readouterr().out.startswith("7 created")
        return
    with pytest.raises(SystemExit) as ended:
        command.run_from_argv(arguments)
    assert ended.value.code == 1
    assert capsys.readouterr().err == "CommandError: none: the file is missing\n"


def test_a_dry_run_that_skips_what_is_refused_says_what_loading_the_rest_would_do(
    pack: Pack,
) -> None:
    pack.write("roles.csv", "id,title\nlead,\nhead,Head\n")
    lines = load(pack, "--dry-run", "--skip-refused").splitlines()
    assert lines == [
        PREVIEW,
        "roles.csv line 2: title: This field cannot be blank.",
        "1 refused.",
        "8 created, 0 changed, 0 unchanged.",
    ]
    assert not Collection.objects.exists()


def test_questions_one_must_not_ask_are_named(pack: Pack) -> None:
    pack.write(
        "questions.csv",
        "id,title,prompt\nhome,Home,Are you married?\nwork,Work,What did you plan?\n",
    )
    warned = [line for line in load(pack, "--dry-run").splitlines() if line.startswith("Warning: ")]
    assert [line.partition(" touches ")[0] for line in warned] == [
        "Warning: questions.csv line 2: “Are you married”"
    ]
