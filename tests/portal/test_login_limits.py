"""Failed logins are also limited by address, and their records do not grow forever."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt, AccessLog
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils.timezone import now

from tests.factories import EditorFactory

pytestmark = pytest.mark.django_db

LOGIN = "/admin/login/"
RIGHT, WRONG = "right-password-1", "wrong-password-1"
LIMIT = settings.LOGIN_ADDRESS_LIMIT
ELSEWHERE = "198.51.100.7"


def log_in(name: str, password: str, address: str = "203.0.113.5") -> int:
    return (
        Client(REMOTE_ADDR=address)
        .post(LOGIN, {"username": name, "password": password})
        .status_code
    )


def guesses(number: int) -> list[int]:
    """Answers to guesses, each with another name."""
    return [log_in(f"guessed-{count}", WRONG) for count in range(number)]


@pytest.fixture
def name() -> str:
    return EditorFactory(password=RIGHT).username


def test_one_address_tries_no_more_names_than_the_limit(name: str) -> None:
    assert guesses(LIMIT + 2) == [200] * (LIMIT - 1) + [429] * 3
    assert log_in(name, RIGHT) == 429
    assert log_in(name, RIGHT, ELSEWHERE) == 302


def test_a_right_password_does_not_clear_the_failures_of_its_address(name: str) -> None:
    guesses(LIMIT - 1)
    assert log_in(name, RIGHT) == 302
    assert log_in("another", WRONG) == 429


def test_refused_attempts_leave_no_records_and_do_not_extend_the_lockout() -> None:
    guesses(LIMIT + 5)
    assert AccessAttempt.objects.count() == LIMIT


def test_failures_count_for_a_quarter_of_an_hour(name: str) -> None:
    guesses(LIMIT)
    assert log_in(name, RIGHT) == 429
    AccessAttempt.objects.update(attempt_time=now() - timedelta(minutes=15, seconds=1))
    assert log_in(name, RIGHT) == 302


def test_the_page_of_a_lockout_says_that_it_is_about_the_address() -> None:
    guesses(LIMIT)
    page = Client(REMOTE_ADDR="203.0.113.5").post(
        LOGIN, {"username": "somebody", "password": WRONG}
    )
    assert "from your network address" in page.text
    assert "for 15 minutes" in page.text


def test_old_records_are_pruned_and_recent_ones_stay(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert [log_in(name, RIGHT), log_in(name, RIGHT)] == [302, 302]
    assert guesses(2) == [200, 200]
    AccessLog.objects.filter(pk=AccessLog.objects.latest("pk").pk).update(
        attempt_time=now() - timedelta(days=91)
    )
    AccessAttempt.objects.filter(username="guessed-0").update(
        attempt_time=now() - timedelta(minutes=16)
    )
    call_command("prune_logins")
    assert capsys.readouterr().out == "Deleted 2 login records.\n"
    assert (AccessLog.objects.count(), AccessAttempt.objects.get().username) == (1, "guessed-1")
    call_command("prune_logins", days=0)
    assert (AccessLog.objects.count(), AccessAttempt.objects.count()) == (0, 1)


@pytest.mark.parametrize("days", [-1, 10**12])
def test_a_number_of_days_that_cannot_be_is_refused(days: int) -> None:
    with pytest.raises(CommandError, match="give a number of days"):
        call_command("prune_logins", days=days)
