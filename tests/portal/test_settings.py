"""Settings: what is unsafe or malformed ends the start with one sentence; what is left is safe for visitors."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tpm_portal.environment import BASE_DIR

KEY = "0123456789" * 5
DEPLOYED = {"SECRET_KEY": KEY, "ALLOWED_HOSTS": "portal.example.org"}
REFUSALS = [
    ({}, "SECRET_KEY is not set"),
    ({**DEPLOYED, "SECRET_KEY": KEY[1:]}, "SECRET_KEY is shorter than 50 characters"),
    ({**DEPLOYED, "SECRET_KEY": "k" * 50}, "SECRET_KEY repeats a few characters"),
    ({**DEPLOYED, "SECRET_KEY": "django-insecure-" + KEY}, "SECRET_KEY is a published example"),
    (
        {"SECRET_KEY_FILE": "/does/not/exist"},
        "SECRET_KEY_FILE cannot be read (/does/not/exist: No such file or directory)",
    ),
    ({"SECRET_KEY": KEY}, "ALLOWED_HOSTS is not set"),
    ({**DEPLOYED, "ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS takes host names"),
    ({**DEPLOYED, "ALLOWED_HOSTS": "https://portal.example.org"}, "ALLOWED_HOSTS takes host names"),
    ({**DEPLOYED, "DEBUG": "1"}, "DEBUG shows secrets"),
    ({**DEPLOYED, "DEBUG": "maybe"}, "DEBUG is not a valid boolean"),
    ({**DEPLOYED, "PORT": "eighty"}, "PORT is not a valid integer"),
    ({**DEPLOYED, "PORT": "70000"}, "PORT: must be greater than or equal to 1"),
    ({**DEPLOYED, "TRUSTED_PROXIES": "-1"}, "TRUSTED_PROXIES: must be"),
    ({**DEPLOYED, "DATABASE_URL": "portal.db"}, "DATABASE_URL is not a valid database URL"),
    ({**DEPLOYED, "DATABASE_URL": "mysql://localhost/portal"}, "DATABASE_URL names neither SQLite nor PostgreSQL"),
]


def python(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run Python with these variables alone."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=BASE_DIR,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def check(*options: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Start as any command starts, with these variables."""
    return python("manage.py", "check", *options, **environment)


def setting(expression: str, **environment: str) -> str:
    """What this expression over the settings says with these variables."""
    return python("-c", f"from tpm_portal import settings; print({expression})", **environment).stdout.strip()


@pytest.mark.parametrize(("environment", "sentence"), REFUSALS)
def test_an_unsafe_or_malformed_setting_ends_the_start_with_a_sentence(
    environment: dict[str, str], sentence: str
) -> None:
    ended = check(**environment)
    assert ended.returncode != 0
    assert ended.stderr.startswith("Cannot start: ")
    assert sentence in ended.stderr
    assert ended.stderr.count("\n") == 1


def test_everything_wrong_is_named_at_once() -> None:
    ended = check(PORT="x", DEBUG="x")
    assert all(name in ended.stderr for name in ("PORT", "DEBUG", "SECRET_KEY"))


def test_a_deployment_passes_every_check_for_deployments() -> None:
    ended = check("--deploy", "--fail-level", "WARNING", **DEPLOYED)
    assert (ended.returncode, ended.stderr) == (0, "")


def test_plain_http_is_loud_in_every_check() -> None:
    ended = check(SECRET_KEY=KEY, PLAIN_HTTP="1")
    assert ended.returncode == 0
    assert "tpm_portal.W001" in ended.stderr


def test_the_key_can_be_in_a_file(tmp_path: Path) -> None:
    key = tmp_path / "key"
    key.write_text(f"{KEY}\n")
    assert setting("settings.SECRET_KEY", SECRET_KEY_FILE=str(key), PLAIN_HTTP="1") == KEY


COOKIES = "settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.SESSION_COOKIE_SECURE"


def test_cookies_are_bound_to_the_host_over_https_and_work_without_it() -> None:
    assert setting(COOKIES, **DEPLOYED) == "__Host-sessionid __Host-csrftoken True"
    assert setting(COOKIES, SECRET_KEY=KEY, PLAIN_HTTP="1") == "sessionid csrftoken False"


def test_a_forwarded_protocol_counts_only_where_a_proxy_is_trusted() -> None:
    assert setting("settings.SECURE_PROXY_SSL_HEADER", **DEPLOYED) == "None"
    trusted = setting("settings.SECURE_PROXY_SSL_HEADER", **DEPLOYED, TRUSTED_PROXIES="1")
    assert trusted == "('HTTP_X_FORWARDED_PROTO', 'https')"


def test_the_address_it_listens_at_is_a_host_it_answers_for() -> None:
    assert "192.168.7.7" in setting("settings.ALLOWED_HOSTS", SECRET_KEY=KEY, PLAIN_HTTP="1", HOST="192.168.7.7")
    assert "0.0.0.0" not in setting("settings.ALLOWED_HOSTS", SECRET_KEY=KEY, PLAIN_HTTP="1", HOST="0.0.0.0")
