"""Logging in: guessing is stopped early and cheaply, by name and address."""

from unittest.mock import patch

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client

from tests.factories import EditorFactory

LOGIN = "/admin/login/"
RIGHT, WRONG = "right-password-1", "wrong-password-1"


@pytest.fixture
def names(db: None) -> list[str]:
    return [EditorFactory(password=RIGHT).username for _ in range(2)]


def sign_in(client: Client, name: str, password: str, **extra: str) -> int:
    return client.post(LOGIN, {"username": name, "password": password}, **extra).status_code


def test_the_right_password_opens(client: Client, names: list[str]) -> None:
    assert sign_in(client, names[0], RIGHT) == 302


def test_after_five_failures_even_the_right_password_is_refused(
    client: Client, names: list[str]
) -> None:
    assert [sign_in(client, names[0], WRONG) for _ in range(6)] == [200] * 4 + [429] * 2
    assert sign_in(client, names[0], RIGHT) == 429


def test_a_locked_door_is_a_page_that_says_for_how_long(client: Client, names: list[str]) -> None:
    for _ in range(4):
        sign_in(client, names[0], WRONG)
    locked = client.post(LOGIN, {"username": names[0], "password": WRONG})
    assert locked.status_code == 429
    assert "429.html" in {template.name for template in locked.templates}
    assert "for 15 minutes" in locked.text
    assert names[0] not in locked.text


def test_others_are_not_locked_out_with_them(client: Client, names: list[str]) -> None:
    for _ in range(5):
        sign_in(client, names[0], WRONG)
    assert sign_in(client, names[1], RIGHT) == 302
    assert sign_in(client, names[0], RIGHT, REMOTE_ADDR="198.51.100.7") == 302


def test_a_claimed_address_does_not_help(client: Client, names: list[str]) -> None:
    for number in range(5):
        sign_in(client, names[0], WRONG, HTTP_X_FORWARDED_FOR=f"203.0.113.{number}")
    assert sign_in(client, names[0], RIGHT, HTTP_X_FORWARDED_FOR="203.0.113.99") == 429


def test_a_locked_door_computes_no_hash(client: Client, names: list[str]) -> None:
    with patch.object(
        MD5PasswordHasher, "verify", autospec=True, side_effect=MD5PasswordHasher.verify
    ) as verify:
        for _ in range(5):
            sign_in(client, names[0], WRONG)
        assert verify.call_count == 5
        sign_in(client, names[0], RIGHT)
    assert verify.call_count == 5


def test_known_and_unknown_names_get_the_same_answer(client: Client, names: list[str]) -> None:
    known = client.post(LOGIN, {"username": names[0], "password": WRONG})
    unknown = client.post(LOGIN, {"username": "nobody", "password": WRONG})
    assert known.context["form"].errors == unknown.context["form"].errors


def test_a_name_that_no_account_can_have_is_refused_and_not_recorded(
    client: Client, names: list[str]
) -> None:
    sign_in(client, "x" * 150, WRONG)
    assert AccessAttempt.objects.count() == 1
    refused = client.post(LOGIN, {"username": "x" * 100_000, "password": WRONG})
    assert refused.status_code == 200
    assert refused.context["form"].has_error("username", "max_length")
    assert AccessAttempt.objects.count() == 1


@pytest.mark.parametrize("weak", ["elevenchars", "password1234"])
def test_a_short_or_common_password_is_refused(weak: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(weak)


@pytest.mark.parametrize("strong", ["kf7m-wq2z-tr5x", "onlywordsandnodigits", "x7" * 2048])
def test_length_is_enough(strong: str) -> None:
    validate_password(strong)
