"""Deletions, list actions and old versions read much before they write, while others write."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from reversion.models import Version

from editing.history import HistoryAdmin
from guides.models import Guide
from tests.admin_forms import FormReader, admin_url, saved
from tests.factories import GuideFactory
from tests.transactions.test_late_lock import LATER, OTHER_ROW, once, said, write

pytestmark = [pytest.mark.sqlite, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], list[str]]:
    """Lets someone else write this when what a deletion takes along was first looked up."""

    def let(sql: str) -> list[str]:
        looks: list[str] = []
        look = HistoryAdmin.get_deleted_objects

        def look_meanwhile(self: HistoryAdmin, *given: Any) -> Any:
            found = look(self, *given)
            looks.append("looked")
            if len(looks) == 1:
                write(sql)
            return found

        monkeypatch.setattr(HistoryAdmin, "get_deleted_objects", look_meanwhile)
        return looks

    return let


@pytest.mark.parametrize(("sql", "looks"), [("SELECT 1", 1), (OTHER_ROW, 2)])
def test_a_row_is_deleted_whatever_others_write_meanwhile(
    editor: Client, meanwhile: Callable[[str], list[str]], sql: str, looks: int
) -> None:
    guide = GuideFactory(title="Old")
    looked = meanwhile(sql)
    assert editor.post(admin_url(guide, "delete"), {"post": "yes"}).status_code == 302
    assert len(looked) == looks
    assert not Guide.objects.exists()
    assert Version.objects.get_deleted(Guide).get().field_dict["title"] == "Old"


def test_what_a_deletion_takes_along_is_shown_while_others_write(editor: Client) -> None:
    guide = GuideFactory()
    data = {"action": "delete_selected", "_selected_action": guide.pk}
    editor.get(admin_url(Guide, "changelist"))  # which stores the session
    with closing(sqlite3.connect(connection.settings_dict["NAME"], timeout=0)) as other, other:
        other.execute("BEGIN IMMEDIATE")
        assert "Are you sure" in editor.post(admin_url(Guide, "changelist"), data).text
    assert Guide.objects.exists()


def test_rows_are_published_while_others_write(
    editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    guide = GuideFactory(status="draft", published_at=None)
    clean, cleaned = Guide.full_clean, []

    def clean_meanwhile(self: Guide, *given: Any, **options: Any) -> None:
        cleaned.append(self)
        if len(cleaned) == 1:
            write(f"UPDATE guides_guide SET title = 'Theirs', {LATER}")
        clean(self, *given, **options)

    monkeypatch.setattr(Guide, "full_clean", clean_meanwhile)
    answer = editor.post(
        admin_url(Guide, "changelist"), {"action": "publish", "_selected_action": guide.pk}
    )
    assert len(cleaned) == 2
    guide.refresh_from_db()
    assert (guide.title, guide.status) == ("Theirs", "published")
    assert said(answer) == ["1 guide changed to “Published”."]


@pytest.mark.parametrize(("sql", "checks"), [("SELECT 1", 1), (OTHER_ROW, 2)])
def test_a_version_is_shown_and_brought_back_while_others_write(
    editor: Client, monkeypatch: pytest.MonkeyPatch, sql: str, checks: int
) -> None:
    guide = GuideFactory(title="Old")
    assert saved(editor, admin_url(guide, "change"), title="New").status_code == 302
    url = admin_url(guide, "revision", Version.objects.get_for_object(guide).last().pk)
    with closing(sqlite3.connect(connection.settings_dict["NAME"], timeout=0)) as other, other:
        other.execute("BEGIN IMMEDIATE")
        data = FormReader(editor.get(url).text).data
    assert data["title"] == "Old"
    checked = once(monkeypatch, lambda: write(sql))
    answer = editor.post(url, data)
    assert (answer.status_code, len(checked), len(said(answer))) == (302, checks, 1)
    guide.refresh_from_db()
    assert guide.title == "Old"
    assert [each.field_dict["title"] for each in Version.objects.get_for_object(guide)] == [
        "Old",
        "New",
        "Old",
    ]
