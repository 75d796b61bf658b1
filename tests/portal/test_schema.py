"""A database whose tables do not match this version is refused.

The start, `check`, `migrate` and /readyz refuse it.
"""

import logging
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError, SystemCheckError
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from content.models import Collection
from search.results import find_entries
from tests.factories import SkillFactory
from tpm_portal import checks
from tpm_portal.operations.schema import schema_differences, schema_refusal

pytestmark = pytest.mark.django_db

WITHOUT_A_COLUMN = ["ALTER TABLE guides_guide RENAME COLUMN change_note TO note"]
REFUSAL = (
    "The database was created by another version of the portal and does not match this one "
    "(guides_guide has no column change_note, and 1 more difference): return to the version that "
    "created it, export your content with export_pack, and load it with load_pack into an empty "
    "database of this version; “Upgrading” in docs/deployment.md lists the commands."
)


def alter(statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@pytest.fixture
def older_database() -> None:
    """A database that was made before guides had notes on what changed.

    A migration that was edited since made it.
    """
    alter(WITHOUT_A_COLUMN)


def test_tables_that_the_migrations_have_made_fit() -> None:
    assert schema_differences() == []
    assert schema_refusal() == ""


@pytest.mark.parametrize(
    ("statements", "differences"),
    [
        (
            WITHOUT_A_COLUMN,
            [
                "guides_guide has no column change_note",
                "guides_guide.note is required, and this version does not have it",
            ],
        ),
        (
            ["ALTER TABLE guides_guide_roles RENAME TO former"],
            ["there is no table guides_guide_roles"],
        ),
        (["ALTER TABLE auth_user RENAME COLUMN email TO mail"], ["auth_user has no column email"]),
        (
            ["DROP INDEX interviews_anchor_one_general"],
            ["interviews_anchor has no constraint interviews_anchor_one_general"],
        ),
        (
            ["CREATE UNIQUE INDEX guides_guide_once ON guides_guide (title)"],
            ["guides_guide has a constraint guides_guide_once that this version does not have"],
        ),
        (
            [
                "ALTER TABLE guides_guide RENAME COLUMN title TO name",
                "ALTER TABLE guides_guide ADD title text",
            ],
            [
                "guides_guide.name is required, and this version does not have it",
                "guides_guide.title is text, not character varying(200)",
                "guides_guide.title may be empty",
            ],
        ),
    ],
)
def test_every_difference_that_loses_or_refuses_rows_is_named(
    statements: list[str], differences: list[str]
) -> None:
    alter(statements)
    found = schema_differences()
    named = [line.replace("not varchar(200)", "not character varying(200)") for line in found]
    assert sorted(named) == differences


def test_tables_and_columns_of_somebody_else_are_no_difference() -> None:
    alter(
        [
            "CREATE TABLE notes (id integer)",
            "ALTER TABLE guides_guide ADD mood varchar(9) NOT NULL DEFAULT 'calm'",
        ]
    )
    assert schema_differences() == []


def test_a_database_that_only_waits_for_newer_migrations_fits() -> None:
    alter(
        [
            "DROP TABLE content_loadedrow",
            "DROP TABLE guides_guide_roles",
            "DROP TABLE guides_guide_skills",
        ]
    )
    assert schema_differences() != []
    MigrationRecorder(connection).flush()
    assert schema_differences() == []


LOSSES = [
    pytest.param(
        "DROP TABLE content_documents", "table content_documents", marks=pytest.mark.sqlite
    ),
    pytest.param(
        "DROP TRIGGER content_words_insert",
        "trigger content_words_insert",
        marks=pytest.mark.sqlite,
    ),
    pytest.param(
        "ALTER TABLE content_searchentry DROP COLUMN document",
        "column document and 1 more",
        marks=pytest.mark.postgresql,
    ),
    pytest.param(
        "DROP INDEX content_searchentry_heading",
        "index content_searchentry_heading",
        marks=pytest.mark.postgresql,
    ),
]


@pytest.mark.followed_at_once
@pytest.mark.parametrize(("loss", "named"), LOSSES)
def test_a_lost_part_of_the_search_is_named_with_the_command_that_makes_it(
    client: Client, capsys: pytest.CaptureFixture[str], loss: str, named: str
) -> None:
    SkillFactory(title="Zebra")
    connection.check_constraints()
    alter([loss])
    refusal = (
        f"The search index lacks its {named}: run `manage.py rebuild_search`, which rebuilds it."
    )
    assert schema_refusal() == refusal
    with pytest.raises(CommandError, match=re.escape(refusal)):
        call_command("prepare")
    with pytest.raises(SystemCheckError, match=re.escape(refusal)):
        call_command("check")
    assert client.get("/readyz").status_code == 503
    call_command("rebuild_search")
    connection.check_constraints()
    assert named.partition(" and ")[0] in capsys.readouterr().out
    assert schema_refusal() == ""
    assert find_entries("zebra").ranking


def test_no_part_of_the_search_is_missed_before_its_migration_ran() -> None:
    alter(
        [
            "DROP TABLE content_searchword"
            if connection.vendor == "postgresql"
            else "DROP TABLE content_words"
        ]
    )
    MigrationRecorder(connection).flush()
    assert schema_refusal() == ""


@pytest.mark.usefixtures("older_database")
def test_the_start_is_refused_in_one_sentence_and_changes_nothing() -> None:
    with pytest.raises(CommandError) as refused:
        call_command("prepare")
    assert str(refused.value) == REFUSAL
    assert not Collection.objects.exists()


@pytest.mark.usefixtures("older_database")
def test_check_and_every_command_with_checks_refuse_it() -> None:
    with pytest.raises(SystemCheckError, match="guides_guide has no column change_note"):
        call_command("check")
    with pytest.raises(SystemCheckError, match="guides_guide has no column change_note"):
        call_command("migrate", skip_checks=False, verbosity=0)


@pytest.mark.usefixtures("older_database")
def test_readyz_says_not_ready_and_the_log_says_why(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        response = client.get("/readyz")
    assert (response.status_code, response.text) == (503, "not ready\n")
    assert REFUSAL in caplog.text


@pytest.mark.usefixtures("older_database")
def test_a_database_that_is_not_there_yet_is_neither_made_nor_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "portal.sqlite3"
    database = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(place)}
    monkeypatch.setattr(checks, "settings", SimpleNamespace(DATABASES={"default": database}))
    assert checks.check_schema() == []
    assert not place.exists()
    place.touch()
    assert [message.id for message in checks.check_schema()] == ["tpm_portal.E003"]
