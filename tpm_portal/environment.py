"""What the portal reads from its environment; docs/deployment.md explains every variable.

Nothing is guessed where a wrong guess is unsafe: the process does not start if a variable is
malformed, missing or contradicts another, and one sentence names all of them.
"""

import multiprocessing
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias
from urllib.parse import quote

from django.core.exceptions import ImproperlyConfigured
from environs import Env, EnvValidationError, validate

from content import Untyped
from tpm_portal.operations import secret_key

BASE_DIR = Path(__file__).resolve().parent.parent
THIS_MACHINE = ["localhost", "127.0.0.1", "[::1]"]
EVERY_INTERFACE = {"0.0.0.0", "::"}
ENGINES = {"django.db.backends.sqlite3", "django.db.backends.postgresql"}

DatabaseSettings: TypeAlias = dict[str, Untyped]

HOST_NAME = re.compile(r"[\w.-]+|\[[0-9a-f:.]+\]", re.IGNORECASE)


class Environment:
    """The variables, read and checked one by one and against each other.

    :raises ImproperlyConfigured: if there is a problem with any of them; the message has them all.
    """

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
        sqlite_url = f"sqlite:///{quote(str(self.var_dir))}/portal.sqlite3"
        self.database: DatabaseSettings = env.dj_db_url("DATABASE_URL", sqlite_url)
        self.hosts: list[str] = env.list("ALLOWED_HOSTS", [], subcast=str.strip)
        self.secret_key = self._read_secret_key(env)
        self._check(env)

    @property
    def allowed_hosts(self) -> list[str]:
        """The given hosts; without any, the names of this machine and the address in HOST."""
        if self.hosts:
            return self.hosts
        return [*THIS_MACHINE, *{self.host} - EVERY_INTERFACE - set(THIS_MACHINE)]

    def _read_secret_key(self, env: Env) -> str:
        try:
            key = secret_key.read_key(env.str("SECRET_KEY", ""), env.str("SECRET_KEY_FILE", ""))
        except OSError as error:
            self.problems.append(
                f"SECRET_KEY_FILE cannot be read ({error.filename}: {error.strerror})"
            )
            return ""
        except UnicodeDecodeError:
            self.problems.append("SECRET_KEY_FILE names a file that is not text")
            return ""
        if not self.debug or not key:
            self.problems.append(secret_key.key_problem(key))
        return key

    def _check(self, env: Env) -> None:
        """
        :raises ImproperlyConfigured: if there is a problem with any variable.
        """
        try:
            env.seal()
        except EnvValidationError as error:
            self.problems += _validation_problems(error)
        else:
            self.problems += [
                self._database_problem(),
                self._folder_problem(),
                self._hosts_problem(),
                "" if self.host else "HOST is empty",
            ]
        problems = list(filter(None, self.problems))
        if problems:
            raise ImproperlyConfigured("; ".join(problems) + ".")

    def _database_problem(self) -> str:
        """A relative path or a database in memory would be another database in each process."""
        engine, name = self.database["ENGINE"], self.database["NAME"]
        if engine not in ENGINES:
            return "DATABASE_URL names neither SQLite nor PostgreSQL"
        if engine.endswith("sqlite3") and not Path(name).is_absolute():
            return (
                "DATABASE_URL names SQLite without an absolute path (sqlite:////absolute/path has "
                "four slashes)"
            )
        if not name:
            return "DATABASE_URL names no database (postgres://user:password@host/database)"
        return ""

    def _folder_problem(self) -> str:
        if self.var_dir == BASE_DIR:
            return "VAR_DIR must name a separate folder, such as var"
        # Unlike those of Path, these functions do not raise for a folder that cannot be read.
        if os.path.exists(self.var_dir) and not os.path.isdir(self.var_dir):
            return f"VAR_DIR names {self.var_dir}, which is not a folder"
        return ""

    def _hosts_problem(self) -> str:
        if not self.hosts and not self.plain_http:
            return (
                "ALLOWED_HOSTS is not set (name the hosts of this portal, such as "
                "portal.example.org)"
            )
        malformed = [host for host in self.hosts if not HOST_NAME.fullmatch(host)]
        if malformed:
            return (
                "ALLOWED_HOSTS takes host names, without scheme, port, path and wildcard, not "
                f"{malformed[0]!r}"
            )
        if self.debug and set(self.hosts) - set(THIS_MACHINE):
            return (
                "DEBUG shows secrets on every error page, so ALLOWED_HOSTS must be empty while it "
                "is on"
            )
        return ""


def _validation_problems(error: EnvValidationError) -> list[str]:
    """The problems that environs found, each with the name of its variable."""
    messages_by_name = error.error_messages
    assert isinstance(messages_by_name, Mapping)
    problems = []
    for name, messages in messages_by_name.items():
        for message in messages:
            text = message.rstrip(".")
            if text.startswith("Not "):
                problems.append(f"{name} is {text[0].lower()}{text[1:]}")
            else:
                problems.append(f"{name}: {text.lower()}")
    return problems
