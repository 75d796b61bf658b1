"""A disk that is full at any write of a save or an import: 503, and nothing half-written."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.db import OperationalError, connection
from django.test import Client
from pytest_django import Settings
from reversion.models import Version

from content.models import Collection, LoadedRow, SiteVersion
from search.models import SearchEntry
from skills.models import Skill, SkillDescriptor
from tests.admin_forms import admin_url, opened
from tests.factories import EditorFactory, SkillFactory
from tests.portal.packs_sent import FILES, PACK, next_step, sent, zipped

pytestmark = pytest.mark.django_db(transaction=True)

WRITES = ("INSERT", "UPDATE", "DELETE")
MODELS = (Collection, Skill, SkillDescriptor, LoadedRow, SearchEntry, SiteVersion, Version)
RAISE_DISK_FULL = "DO $$ BEGIN RAISE EXCEPTION 'No space left' USING ERRCODE = '53100'; END $$"


@pytest.fixture
def editor(settings: Settings, tmp_path: Path) -> Client:
    settings.VAR_DIR = tmp_path
    client = Client(raise_request_exception=False)
    client.force_login(EditorFactory())
    return client


@contextmanager
def full_disk_at(number: int) -> Iterator[list[str]]:
    """Every write from this one on fails; yields the statements that failed."""
    failed: list[str] = []
    writes = count(1)

    def execute(run: Callable[..., Any], sql: str, *args: Any) -> Any:
        if sql.startswith(WRITES) and next(writes) >= number:
            failed.append(sql)
            raise_disk_full(run, *args)
        return run(sql, *args)

    with connection.execute_wrapper(execute):
        yield failed


def raise_disk_full(run: Callable[..., Any], params: Any, many: bool, context: Any) -> None:
    """The error of the database in use; that of PostgreSQL also ends the transaction."""
    if connection.vendor == "postgresql":
        run(RAISE_DISK_FULL, None, False, context)
    error = OperationalError("database or disk is full")
    error.__cause__ = sqlite3.OperationalError("database or disk is full")
    error.__cause__.sqlite_errorname = "SQLITE_FULL"
    raise error


def stored() -> list[list[Any]]:
    return [list(model.objects.order_by("pk").values()) for model in (*MODELS, LogEntry)]


def assert_all_or_nothing(request: Callable[[], Any], *, step: int) -> None:
    """Repeat a request with a disk that becomes full later each time, until it succeeds."""
    before = stored()
    for number in range(1, 2_000, step):
        with full_disk_at(number) as failed:
            answer = request()
        if not failed:
            assert number > step
            assert stored() != before
            return
        assert (answer.status_code, answer["Retry-After"]) == (503, "5"), failed[0]
        assert "Traceback" not in answer.text
        assert stored() == before, failed[0]


def test_a_save_is_all_or_nothing(editor: Client) -> None:
    address = admin_url(SkillFactory(title="Risk"), "change")
    data = opened(editor, address) | {"title": "Risks", "body": "Names them."}
    assert_all_or_nothing(lambda: editor.post(address, data), step=1)


def test_an_import_is_all_or_nothing(editor: Client) -> None:
    preview = sent(editor, PACK, zipped(FILES))
    assert_all_or_nothing(lambda: next_step(editor, preview, "load"), step=4)
