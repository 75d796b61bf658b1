"""What the portal reads from its environment; docs/deployment.md explains every variable.

Nothing is guessed where a wrong guess is unsafe: all that is malformed, missing or contradictory is
named in one sentence, and the process does not start.
"""

import multiprocessing
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.core.exceptions import ImproperlyConfigured
from environs import Env, EnvValidationError, validate

from tpm_portal.operations import secret_key

BASE_DIR = Path(__file__).resolve().parent.parent
THIS_MACHINE = ["localhost", "127.0.0.1", "[::1]"]
EVERY_INTERFACE = {"0.0.0.0", "::"}
ENGINES = {"django.db.backends.sqlite3", "django.db.backends.postgresql"}

HOST_NAME = re.compile(r"[\w.-]+|\[[0-9a-f:.]+\]", re.IGNORECASE)


class Environment:
    """The variables, read and checked one by one and against each other."""

    def __init__(self) -> None:
        env = Env(eager=False)
        self.problems: list[str] = []
        self.debug: bool = env.bool("DEBUG", False)
        self.plain_http: bool = env.bool("PLAIN_HTTP", False) or self.debug
        self.host: str = env.str("HOST", "127.0.0.1")
        self.port: int = env.int("PORT", 8000, validate=validate.Range(1, 65535))
        self.workers: int = env.int(
            "WEB_CONCURRENCY", 2 * multiprocessing.cpu_count(), validate=validate.Range(1)
        )
        self.trusted_proxies: int = env.int("TRUSTED_PROXIES", 0, validate=validate.Range(0, 9))
        self.hsts_preload: bool = env.bool("HSTS_PRELOAD", False)
        self.database_seconds: int = env.int("DATABASE_SECONDS", 0, validate=validate.Range(0))
        self.var_dir: Path = BASE_DIR / env.path("VAR_DIR", Path("var"))
        self.database: dict[str, Any] = env.dj_db_url("DATABASE_URL", self._sqlite_address())
        self.hosts: list[str] = env.list("ALLOWED_HOSTS", [], subcast=str.strip)
        self.secret_key = self._secret_key(env)
        self._seal(env)

    def _sqlite_address(self) -> str:
        return f"sqlite:///{quote(str(self.var_dir))}/portal.sqlite3"

    def _secret_key(self, env: Env) -> str:
        try:
            key = secret_key.read(env.str("SECRET_KEY", ""), env.str("SECRET_KEY_FILE", ""))
        except OSError as error:
            self.problems.append(
                f"SECRET_KEY_FILE cannot be read ({error.filename}: {error.strerror})"
            )
            return ""
        except UnicodeDecodeError:
            self.problems.append("SECRET_KEY_FILE names a file that is no text")
            return ""
        if not self.debug or not key:
            self.problems.append(secret_key.problem(key))
        return key

    def _seal(self, env: Env) -> None:
        """Go on only if there is nothing to say against any variable."""
        try:
            env.seal()
        except EnvValidationError as error:
            named = error.error_messages
            assert isinstance(named, Mapping)
            self.problems += [
                _sentence(name, text) for name, texts in named.items() for text in texts
            ]
        else:
            self.problems += [
                self._database_problem(),
                self._folder_problem(),
                self._hosts_problem(),
                "" if self.host else "HOST is empty",
            ]
        if problems := [problem for problem in self.problems if problem]:
            raise ImproperlyConfigured("; ".join(problems) + ".")

    def _database_problem(self) -> str:
        """In memory every process would have an SQLite database of its own.

        With a relative path every folder would.
        """
        engine, name = self.database["ENGINE"], self.database["NAME"]
        if engine not in ENGINES:
            return "DATABASE_URL names neither SQLite nor PostgreSQL"
        if engine.endswith("sqlite3") and not Path(name).is_absolute():
            return (
                "DATABASE_URL names SQLite without an absolute path (sqlite:////absolute/path has "
                "four slashes)"
            )
        return (
            ""
            if name
            else "DATABASE_URL names no database (postgres://user:password@host/database)"
        )

    def _folder_problem(self) -> str:
        if self.var_dir == BASE_DIR:
            return "VAR_DIR must name a folder of its own, e.g. var"
        is_something_else = os.path.exists(self.var_dir) and not os.path.isdir(self.var_dir)
        return f"VAR_DIR names {self.var_dir}, which is not a folder" if is_something_else else ""

    def _hosts_problem(self) -> str:
        if not self.hosts and not self.plain_http:
            return (
                "ALLOWED_HOSTS is not set (name the hosts this portal answers for, e.g. "
                "portal.example.org)"
            )
        if unfit := [host for host in self.hosts if not HOST_NAME.fullmatch(host)]:
            return (
                "ALLOWED_HOSTS takes host names, without scheme, port, path and wildcard, not "
                f"{unfit[0]!r}"
            )
        if self.debug and set(self.hosts) - set(THIS_MACHINE):
            return (
                "DEBUG shows secrets to whoever meets an error, so ALLOWED_HOSTS must stay empty "
                "with it"
            )
        return ""

    @property
    def allowed_hosts(self) -> list[str]:
        """The hosts given; without any, this machine and the address it listens on."""
        return self.hosts or [*THIS_MACHINE, *{self.host} - EVERY_INTERFACE - set(THIS_MACHINE)]


def _sentence(name: str, text: str) -> str:
    words = text.rstrip(".")
    return (
        f"{name} is {words[0].lower()}{words[1:]}"
        if words.startswith("Not ")
        else f"{name}: {words.lower()}"
    )
