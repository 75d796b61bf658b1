"""If the database or disk is temporarily unavailable, the response is 503 with Retry-After."""

import errno
import sqlite3
from unittest.mock import patch

import psycopg2
import pytest
from django.contrib.sessions.models import Session
from django.db import DatabaseError, InterfaceError, OperationalError, ProgrammingError
from django.http import HttpResponse
from django.test import Client
from psycopg2 import errorcodes

from content.availability import is_lost_connection, is_unavailable
from question_files.question_values import QuestionReader
from tests.factories import EditorFactory
from tests.interviews.questions import make_question

pytestmark = pytest.mark.django_db

ADMIN = "/admin/"
LOCKED = OperationalError("database is locked")


@pytest.fixture
def editor() -> Client:
    """An editor whose browser shows the page of an error."""
    client = Client(raise_request_exception=False)
    client.force_login(EditorFactory())
    return client


def lost_connection() -> DatabaseError:
    """What psycopg2 makes of a server that shuts down, as Django passes it on."""
    error = DatabaseError("server closed the connection unexpectedly")
    error.__cause__ = psycopg2.DatabaseError("server closed the connection unexpectedly")
    return error


def postgres_error(code: str | None) -> Exception:
    """An error with this code, which only the driver can set; a refused connection has none."""
    error: Exception = type("Error", (psycopg2.OperationalError,), {"pgcode": code})()
    return error


def assert_unavailable(answer: HttpResponse) -> None:
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")


@pytest.mark.parametrize(
    "error", [LOCKED, OperationalError("database or disk is full"), lost_connection()], ids=str
)
def test_a_session_that_cannot_be_written_is_503(editor: Client, error: DatabaseError) -> None:
    assert Client().get("/admin/login/").status_code == 200
    with patch.object(Session, "save", side_effect=error):
        assert_unavailable(editor.get(ADMIN))
    assert editor.get(ADMIN).status_code == 200


@pytest.mark.parametrize(
    "error", [LOCKED, InterfaceError("connection already closed"), lost_connection()], ids=str
)
def test_a_session_that_cannot_be_read_is_503(editor: Client, error: DatabaseError) -> None:
    with patch.object(Session.objects, "get", side_effect=error):
        assert_unavailable(editor.get(ADMIN))
    assert editor.get(ADMIN).status_code == 200


def test_a_log_in_that_cannot_be_stored_is_503() -> None:
    editor = EditorFactory(password="right-password-1")
    client = Client(raise_request_exception=False)
    given = {"username": editor.username, "password": "right-password-1"}
    with patch.object(Session, "save", side_effect=LOCKED):
        assert_unavailable(client.post("/admin/login/", given))
    assert client.post("/admin/login/", given).status_code == 302


def test_a_session_that_was_deleted_meanwhile_is_no_fault_of_the_database(editor: Client) -> None:
    read = Session.objects.get

    def get_and_delete(**key: object) -> Session:
        session = read(**key)
        Session.objects.all().delete()
        return session

    with patch.object(Session.objects, "get", get_and_delete):
        answer = editor.get(ADMIN)
    assert answer.status_code == 400
    assert "You logged out while this page was loading" in answer.text


@pytest.mark.parametrize(
    "error", [lost_connection(), OSError(errno.ENOSPC, "No space left on device")], ids=str
)
def test_a_page_is_503_too(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    visitor = Client(raise_request_exception=False)
    with monkeypatch.context() as patched:
        patched.setattr("content.pages.allowed_query", lambda *args: raise_(error))
        assert_unavailable(visitor.get("/roles/"))
    assert visitor.get("/roles/").status_code == 200


@pytest.mark.parametrize("form", ["csv", "json", "md", "xlsx"])
def test_a_download_whose_rows_cannot_be_read_is_503_too(form: str) -> None:
    make_question("Late program")
    visitor = Client(raise_request_exception=False)
    address = f"/interviews/questions.{form}"
    with patch.object(QuestionReader, "read", side_effect=LOCKED):
        assert_unavailable(visitor.get(address))
    assert visitor.get(address).status_code == 200


def raise_(error: Exception) -> None:
    raise error


def test_faults_in_the_code_are_not_called_unavailable() -> None:
    faulty = ProgrammingError("syntax error")
    faulty.__cause__ = psycopg2.errors.SyntaxError("syntax error")
    affected_nothing = DatabaseError("Forced update did not affect any rows.")
    for fault in (
        faulty,
        affected_nothing,
        OSError(errno.ENOENT, "no such file"),
        ValueError(),
        None,
    ):
        assert not is_unavailable(fault)


@pytest.mark.parametrize(
    ("cause", "is_lost"),
    [
        (postgres_error(None), True),
        (postgres_error(errorcodes.ADMIN_SHUTDOWN), True),
        (postgres_error(errorcodes.LOCK_NOT_AVAILABLE), False),
        (postgres_error(errorcodes.QUERY_CANCELED), False),
        (sqlite3.OperationalError("database is locked"), False),
    ],
    ids=["refused", "shut down", "locked", "too slow", "SQLite"],
)
def test_a_database_that_is_gone_is_told_from_one_that_is_busy(
    cause: Exception, is_lost: bool
) -> None:
    error = OperationalError()
    error.__cause__ = cause
    assert is_lost_connection(error) is is_lost
    assert is_unavailable(error)
