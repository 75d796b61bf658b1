"""Unsafe or malformed settings stop the start with one sentence; the others are safe."""

import os
import subprocess
import sys
from pathlib import Path
from unittest.mock import patch

import pytest
from django.core.exceptions import ImproperlyConfigured

from tpm_portal.environment import BASE_DIR, Environment

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
    ({"SECRET_KEY_FILE": "/dev"}, "SECRET_KEY_FILE cannot be read (/dev: Is a directory)"),
    ({"SECRET_KEY_FILE": sys.executable}, "SECRET_KEY_FILE names a file that is not text"),
    ({"SECRET_KEY": KEY}, "ALLOWED_HOSTS is not set"),
    ({**DEPLOYED, "ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS takes host names"),
    ({**DEPLOYED, "ALLOWED_HOSTS": "https://portal.example.org"}, "ALLOWED_HOSTS takes host names"),
    ({**DEPLOYED, "ALLOWED_HOSTS": "portal.example.org:80"}, "ALLOWED_HOSTS takes host names"),
    ({**DEPLOYED, "ALLOWED_HOSTS": "a.example,,b.example"}, "ALLOWED_HOSTS takes host names"),
    ({**DEPLOYED, "DEBUG": "1"}, "DEBUG shows secrets"),
    ({**DEPLOYED, "DEBUG": "maybe"}, "DEBUG is not a valid boolean"),
    ({**DEPLOYED, "PORT": "eighty"}, "PORT is not a valid integer"),
    ({**DEPLOYED, "PORT": "70000"}, "PORT: must be greater than or equal to 1"),
    ({**DEPLOYED, "PORT": "0"}, "PORT: must be greater than or equal to 1"),
    ({**DEPLOYED, "HOST": ""}, "HOST is empty"),
    ({**DEPLOYED, "WEB_CONCURRENCY": "abc"}, "WEB_CONCURRENCY is not a valid integer"),
    ({**DEPLOYED, "WEB_CONCURRENCY": "0"}, "WEB_CONCURRENCY: must be greater than or equal to 1"),
    ({**DEPLOYED, "DATABASE_SECONDS": "abc"}, "DATABASE_SECONDS is not a valid integer"),
    (
        {**DEPLOYED, "DATABASE_SECONDS": "-1"},
        "DATABASE_SECONDS: must be greater than or equal to 0",
    ),
    ({**DEPLOYED, "VAR_DIR": "/dev/null"}, "VAR_DIR names /dev/null, which is not a folder"),
    ({**DEPLOYED, "VAR_DIR": ""}, "VAR_DIR must name a separate folder"),
    ({**DEPLOYED, "TRUSTED_PROXIES": "abc"}, "TRUSTED_PROXIES is not a valid integer"),
    ({**DEPLOYED, "TRUSTED_PROXIES": "-1"}, "TRUSTED_PROXIES: must be"),
    ({**DEPLOYED, "DATABASE_URL": "portal.db"}, "DATABASE_URL is not a valid database URL"),
    (
        {**DEPLOYED, "DATABASE_URL": "mysql://localhost/portal"},
        "DATABASE_URL names neither SQLite nor PostgreSQL",
    ),
    ({**DEPLOYED, "DATABASE_URL": "postgres://localhost"}, "DATABASE_URL names no database"),
    (
        {**DEPLOYED, "DATABASE_URL": "sqlite://"},
        "DATABASE_URL names SQLite without an absolute path",
    ),
    (
        {**DEPLOYED, "DATABASE_URL": "sqlite:///var/portal.sqlite3"},
        "DATABASE_URL names SQLite without an absolute",
    ),
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
    return python(
        "-c", f"from tpm_portal import settings; print({expression})", **environment
    ).stdout.strip()


@pytest.mark.parametrize(("environment", "sentence"), REFUSALS)
def test_an_unsafe_or_malformed_setting_is_refused_with_a_sentence(
    environment: dict[str, str], sentence: str
) -> None:
    with (
        patch.dict(os.environ, environment, clear=True),
        pytest.raises(ImproperlyConfigured) as refused,
    ):
        Environment()
    assert sentence in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "fit",
    [
        {"ALLOWED_HOSTS": ".example.org, portal-2.example.org,192.0.2.7,[::1]"},
        {"DATABASE_URL": "sqlite:////srv/portal.sqlite3"},
        {"DATABASE_URL": "postgres:///portal"},
        {"HOST": "::", "PORT": "65535", "WEB_CONCURRENCY": "1"},
        {"VAR_DIR": "/does/not/exist/yet"},
    ],
)
def test_what_a_deployment_may_ask_for_is_taken(fit: dict[str, str]) -> None:
    with patch.dict(os.environ, DEPLOYED | fit, clear=True):
        assert not any(Environment().problems)


def test_a_refusal_ends_every_command_with_one_line_that_names_everything_at_once() -> None:
    ended = check(PORT="x", DEBUG="x")
    assert ended.returncode != 0
    assert ended.stderr.startswith("Cannot start: ")
    assert all(name in ended.stderr for name in ("PORT", "DEBUG", "SECRET_KEY"))
    assert ended.stderr.count("\n") == 1


def test_a_deployment_passes_every_check_for_deployments() -> None:
    ended = check("--deploy", "--fail-level", "WARNING", **DEPLOYED)
    assert (ended.returncode, ended.stderr) == (0, "")


def test_plain_http_is_loud_in_every_check_for_deployments_and_in_no_other() -> None:
    assert "tpm_portal.W001" in check("--deploy", SECRET_KEY=KEY, PLAIN_HTTP="1").stderr
    assert check(SECRET_KEY=KEY, PLAIN_HTTP="1").stderr == ""


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
    assert "192.168.7.7" in setting(
        "settings.ALLOWED_HOSTS", SECRET_KEY=KEY, PLAIN_HTTP="1", HOST="192.168.7.7"
    )
    assert "0.0.0.0" not in setting(
        "settings.ALLOWED_HOSTS", SECRET_KEY=KEY, PLAIN_HTTP="1", HOST="0.0.0.0"
    )
