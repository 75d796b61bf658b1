"""How long a session lasts."""

from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest
from django.conf import settings
from django.test import Client

from tests.factories import EditorFactory

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
ADMIN = "/admin/"


def status_at(client: Client, moment: datetime) -> int:
    """What the admin answers at this moment."""
    with patch("time.time", moment.timestamp), patch("django.utils.timezone.now", lambda: moment):
        return client.get(ADMIN).status_code


@pytest.fixture
def editor(client: Client, db: None) -> Client:
    """An editor who signed in at NOW."""
    with patch("django.utils.timezone.now", lambda: NOW):
        client.force_login(EditorFactory())
    return client


def test_an_editor_at_work_stays_signed_in(editor: Client) -> None:
    moments = [NOW + timedelta(hours=7 * count) for count in range(5)]
    assert [status_at(editor, moment) for moment in moments] == [200] * 5


def test_eight_idle_hours_end_the_session(editor: Client) -> None:
    assert status_at(editor, NOW) == 200
    assert status_at(editor, NOW + timedelta(hours=8, minutes=1)) == 302


def test_seven_days_end_every_session(editor: Client) -> None:
    moments = [NOW + timedelta(hours=7 * count) for count in range(25)]
    answers = [status_at(editor, moment) for moment in moments]
    assert answers == [200] * 25
    assert status_at(editor, NOW + timedelta(days=7, minutes=1)) == 302


def test_the_cookie_is_renewed_no_more_often_than_needed(editor: Client) -> None:
    status_at(editor, NOW)
    cookie = settings.SESSION_COOKIE_NAME
    with (
        patch("time.time", (NOW + timedelta(minutes=1)).timestamp),
        patch("django.utils.timezone.now", lambda: NOW),
    ):
        assert cookie not in editor.get(ADMIN).cookies
    with (
        patch("time.time", (NOW + timedelta(minutes=6)).timestamp),
        patch("django.utils.timezone.now", lambda: NOW),
    ):
        assert cookie in editor.get(ADMIN).cookies
