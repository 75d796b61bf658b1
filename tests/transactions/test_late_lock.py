"""On SQLite, forms are validated without the write lock; concurrent changes are noticed."""

import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from typing import Any

import pytest
from django.conf import settings
from django.contrib.messages import get_messages
from django.db import OperationalError, connection, transaction
from django.test import Client
from reversion.models import Version

from content.change_tracking import tracking_changes
from editing.forms import FIELD_MESSAGE, EditForm
from guides.models import Guide
from interviews.models import Question
from tests.admin_forms import admin_url, opened, saved, with_new_part
from tests.factories import (
    CollectionFactory,
    GuideFactory,
    LadderFactory,
    ProbeFactory,
    QuestionFactory,
    RoleFactory,
)
from transactions.write_lock import LateLock, lock_to_write

pytestmark = [pytest.mark.sqlite, pytest.mark.django_db(transaction=True)]

OTHER_ROW = "UPDATE content_siteversion SET version = version + 1"
LATER = "updated_at = '2026-01-01 00:00:00'"


@pytest.fixture
def question(editor: Client) -> Question:
    """A question that has versions already."""
    question = QuestionFactory(title="Old", guidance="Old.")
    ProbeFactory(question=question, text="Why?")
    assert saved(editor, admin_url(question, "change"), summary="First").status_code == 302
    return question


def write(sql: str, *values: Any) -> None:
    """Someone else writes at once, or fails."""
    with closing(sqlite3.connect(settings.DATABASES["default"]["NAME"], timeout=0)) as other, other:
        other.execute(sql, values)


def once(monkeypatch: pytest.MonkeyPatch, happens: Callable[[], None]) -> list[str]:
    """Let this happen when a form is checked for the first time.

    Returns one line for each check.
    """
    checks: list[str] = []
    clean = EditForm.clean

    def clean_meanwhile(self: EditForm) -> Any:
        checks.append("checked")
        if len(checks) == 1:
            happens()
        return clean(self)

    monkeypatch.setattr(EditForm, "clean", clean_meanwhile)
    return checks


def said(response: Any) -> list[str]:
    return list(map(str, get_messages(response.wsgi_request)))


def test_others_write_while_a_form_is_checked(
    editor: Client, question: Question, monkeypatch: pytest.MonkeyPatch
) -> None:
    checks = once(monkeypatch, lambda: write(OTHER_ROW))
    assert saved(editor, admin_url(question, "change"), title="Second").status_code == 302
    assert checks == ["checked"]
    question.refresh_from_db()
    assert question.title == "Second"
    assert [version.field_dict["title"] for version in Version.objects.get_for_object(question)][
        0
    ] == "Second"


def test_a_form_that_is_refused_takes_no_lock(editor: Client, question: Question) -> None:
    url = admin_url(question, "change")
    data = opened(editor, url) | {"title": ""}
    with closing(sqlite3.connect(connection.settings_dict["NAME"], timeout=0)) as other, other:
        other.execute("BEGIN IMMEDIATE")
        assert "This field is required" in editor.post(url, data).text
    question.refresh_from_db()
    assert question.title == "Old"


def test_the_same_field_saved_by_somebody_else_while_a_form_is_checked_is_a_conflict(
    editor: Client, question: Question, monkeypatch: pytest.MonkeyPatch
) -> None:
    checks = once(
        monkeypatch, lambda: write(f"UPDATE interviews_question SET title = 'Theirs', {LATER}")
    )
    page = saved(editor, admin_url(question, "change"), title="Mine")
    assert checks == ["checked", "checked"]
    assert page.status_code == 200
    assert page.context["adminform"].form.errors == {"title": [FIELD_MESSAGE]}
    question.refresh_from_db()
    assert question.title == "Theirs"


@pytest.mark.parametrize(
    ("theirs", "kept", "stored"),
    [
        (
            f"UPDATE interviews_question SET guidance = 'Theirs.', {LATER}",
            "Guidance",
            ["Mine", "Theirs.", "Why?"],
        ),
        (
            f"UPDATE interviews_probe SET text = 'Theirs.', {LATER}",
            "Follow-ups",
            ["Mine", "Old.", "Theirs."],
        ),
        ("DELETE FROM interviews_probe", "Follow-ups", ["Mine", "Old."]),
    ],
    ids=["field", "part", "deleted part"],
)
def test_another_field_or_part_saved_by_somebody_else_while_a_form_is_checked_stays(
    editor: Client,
    question: Question,
    monkeypatch: pytest.MonkeyPatch,
    theirs: str,
    kept: str,
    stored: list[str],
) -> None:
    checks = once(monkeypatch, lambda: write(theirs))
    answer = saved(editor, admin_url(question, "change"), title="Mine")
    assert (answer.status_code, checks) == (302, ["checked", "checked"])
    question.refresh_from_db()
    assert [
        question.title,
        question.guidance,
        *question.probes.values_list("text", flat=True),
    ] == stored
    told = said(answer)
    assert len(told) == 2
    assert any(f"Their changes were kept: {kept}." in message for message in told)


def test_a_level_saved_by_somebody_else_while_the_form_of_its_ladder_is_checked_stays(
    editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    with tracking_changes():
        ladder = LadderFactory(levels=2)
    url = admin_url(ladder, "change")
    assert saved(editor, url, **{"levels-0-title": "First"}).status_code == 302
    data = opened(editor, url) | {"title": "Mine", "levels-0-title": "Mine"}
    last = ladder.levels.last()
    checks = once(
        monkeypatch,
        lambda: write(f"UPDATE ladders_level SET title = 'Theirs', {LATER} WHERE id = ?", last.pk),
    )
    assert editor.post(url, data).status_code == 302
    assert checks == ["checked", "checked"]
    ladder.refresh_from_db()
    assert [ladder.title, *ladder.levels.values_list("title", flat=True)] == [
        "Mine",
        "Mine",
        "Theirs",
    ]


def test_a_row_that_is_deleted_while_a_form_is_checked_is_not_added_anew(
    editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = admin_url(guide := GuideFactory(), "change")
    assert saved(editor, url, title="First").status_code == 302
    once(monkeypatch, lambda: write("DELETE FROM guides_guide WHERE id = ?", guide.pk))
    answer = saved(editor, url, title="Mine")
    assert answer.status_code == 302
    assert "was deleted since you opened its form" in " ".join(said(answer))
    assert not Guide.objects.exists()


def test_a_twin_that_appears_while_a_form_is_checked_is_a_twin(
    editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = GuideFactory(slug="other")
    data = opened(editor, admin_url(Guide, "add")) | {
        "title": "New",
        "slug": "twin",
        "body": "Text.",
    }
    checks = once(
        monkeypatch, lambda: write("UPDATE guides_guide SET slug = 'twin' WHERE id = ?", other.pk)
    )
    page = editor.post(admin_url(Guide, "add"), data)
    assert page.status_code == 200
    assert checks == ["checked", "checked"]
    assert "Another row of this collection has this slug." in page.text
    assert Guide.objects.count() == 1


def test_a_save_that_fails_at_its_end_tells_no_success(
    editor: Client, question: Question, monkeypatch: pytest.MonkeyPatch
) -> None:
    role = RoleFactory()
    checks = once(monkeypatch, lambda: write("DELETE FROM roles_role WHERE id = ?", role.pk))
    page = saved(editor, admin_url(question, "change"), title="Mine", roles=[role.pk])
    assert page.status_code == 200
    assert checks == ["checked", "checked"]
    assert page.context["adminform"].form.has_error("roles", "invalid_choice")
    assert said(page) == []


def test_others_write_while_the_form_of_a_row_without_a_history_is_checked(
    editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = QuestionFactory(title="Old")
    ProbeFactory(question=question, text="Why?")
    checks = once(monkeypatch, lambda: write(OTHER_ROW))
    answer = saved(
        editor, admin_url(question, "change"), **{"title": "Mine", "probes-0-text": "Why not?"}
    )
    assert (answer.status_code, checks) == (302, ["checked"])
    titles = [version.field_dict["title"] for version in Version.objects.get_for_object(question)]
    assert titles == ["Mine", "Old"]
    probes = [
        version.field_dict["text"]
        for version in Version.objects.get_for_object(question.probes.get())
    ]
    assert probes == ["Why not?", "Why?"]


def test_others_write_while_the_form_of_a_ladder_without_a_history_is_checked(
    editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    ladder = LadderFactory(levels=2)
    data = {"title": "Mine", "levels-0-title": "Mine"}
    checks = once(monkeypatch, lambda: write(OTHER_ROW))
    assert saved(editor, admin_url(ladder, "change"), **data).status_code == 302
    assert checks == ["checked"]
    level, other = ladder.levels.all()
    assert [version.field_dict["title"] for version in Version.objects.get_for_object(level)][
        0
    ] == "Mine"
    assert (
        Version.objects.get_for_object(level).count()
        == Version.objects.get_for_object(ladder).count()
        == 2
    )
    assert not Version.objects.get_for_object(other).exists()


def test_rows_are_added_with_their_parts(editor: Client) -> None:
    data = opened(editor, admin_url(Question, "add")) | {
        "title": "New",
        "slug": "new",
        "prompt": "Tell me …",
    }
    data["collection"] = CollectionFactory().pk
    assert (
        editor.post(
            admin_url(Question, "add"), with_new_part(data, "probes", text="Why?")
        ).status_code
        == 302
    )
    assert [probe.text for probe in Question.objects.get(slug="new").probes.all()] == ["Why?"]


@pytest.mark.parametrize("fails", [True, False])
def test_a_late_transaction_is_a_transaction(fails: bool) -> None:
    with suppress(LookupError), LateLock().transaction(), transaction.atomic():
        assert Question.objects.count() == 0
        write(OTHER_ROW)
        with suppress(LookupError), transaction.atomic():
            lock_to_write([Question.objects.all()])
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                write(OTHER_ROW)
            QuestionFactory()
            raise LookupError
        QuestionFactory()
        lock_to_write([Question.objects.all()])  # which changes nothing now
        if fails:
            raise LookupError
    assert Question.objects.count() == (0 if fails else 1)
    write(OTHER_ROW)


def test_a_lock_that_somebody_keeps_is_waited_for_once(
    editor: Client, question: Question, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor.raise_request_exception = False
    url = admin_url(question, "change")
    data = opened(editor, url) | {"title": "Mine"}
    with closing(sqlite3.connect(connection.settings_dict["NAME"], timeout=0)) as other, other:
        once(monkeypatch, lambda: other.execute("BEGIN IMMEDIATE") and None)
        connection.cursor().execute("PRAGMA busy_timeout = 0")
        statements: list[str] = []
        connection.connection.set_trace_callback(statements.append)
        assert editor.post(url, data).status_code == 503
    begun = [sql for sql in statements if sql.startswith("BEGIN")]
    assert begun == ["BEGIN DEFERRED", "BEGIN IMMEDIATE"]
    connection.close()
    question.refresh_from_db()
    assert question.title == "Old"
    assert saved(editor, url, title="Mine").status_code == 302


def test_other_transactions_lock_from_the_start(editor: Client, question: Question) -> None:
    with transaction.atomic(), pytest.raises(sqlite3.OperationalError, match="locked"):
        write(OTHER_ROW)
    assert saved(editor, admin_url(question, "change"), title="Mine").status_code == 302
    with transaction.atomic(), pytest.raises(sqlite3.OperationalError, match="locked"):
        write(OTHER_ROW)
    with closing(sqlite3.connect(connection.settings_dict["NAME"], timeout=0)) as other, other:
        other.execute("BEGIN IMMEDIATE")
        connection.cursor().execute("PRAGMA busy_timeout = 0")
        with pytest.raises(OperationalError, match="locked"), transaction.atomic():
            pass
    connection.close()
