"""A portal with the starter content, prepared once per run; tests that need one work on a copy.

`prepare` takes seconds, a copy of its folder (on PostgreSQL: of its database) milliseconds.
`tests/portal/test_serve.py` tests that `prepare` itself works from nothing.
"""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg2
from psycopg2 import sql

from tests.serving import PASSWORD, Portal

TEMPLATE = "prepared"
SETTINGS = "tests.quick_settings"


def folder() -> Path:
    """Return the folder of the prepared portal, prepared by the first process that asks for it."""
    prepared = Path(os.environ["VAR_DIR"]) / "prepared"
    prepared.mkdir(exist_ok=True)
    with (prepared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (prepared / "password").exists():
            _prepare(prepared)
    return prepared


def _prepare(prepared: Path) -> None:
    if _is_sqlite():
        address = ""
    else:
        _execute("CREATE DATABASE {}", TEMPLATE)
        address = address_of(TEMPLATE)
    printed = Portal(prepared, address, SETTINGS).manage("prepare")
    found = PASSWORD.search(printed)
    assert found, printed
    (prepared / "password").write_text(found[1])


@contextmanager
def copied_portal(target: Path, name: str) -> Iterator[tuple[Portal, str]]:
    """A copy of the prepared portal, not started, and the password of its editor.

    :param name: of its database, on PostgreSQL.
    """
    prepared = folder()
    shutil.copytree(prepared / "var", target / "var")
    if _is_sqlite():
        address = ""
    else:
        _execute("CREATE DATABASE {} TEMPLATE {}", name, TEMPLATE)
        address = address_of(name)
    portal = Portal(target, address, SETTINGS)
    yield portal, (prepared / "password").read_text()
    portal.end()
    if address:
        _execute("DROP DATABASE {} WITH (FORCE)", name)


@contextmanager
def copied_database(target: Path, name: str) -> Iterator[str]:
    """The name of a database that is a copy of the prepared one.

    On SQLite it is a file in `target`, else `name`.
    """
    prepared = folder()
    if _is_sqlite():
        yield shutil.copy(prepared / "var" / "portal.sqlite3", target / "starter.sqlite3")
        return
    _execute("CREATE DATABASE {} TEMPLATE {}", name, TEMPLATE)
    yield name
    _execute("DROP DATABASE {} WITH (FORCE)", name)


@contextmanager
def empty_database(name: str) -> Iterator[str]:
    """The address of another empty database; SQLite does not need one."""
    if _is_sqlite():
        yield ""
        return
    _execute("CREATE DATABASE {}", name)
    yield address_of(name)
    _execute("DROP DATABASE {} WITH (FORCE)", name)


def address_of(database: str) -> str:
    """Return the address of another database of the server that the tests use."""
    return os.environ["DATABASE_URL"].replace("/postgres?", f"/{database}?")


def _is_sqlite() -> bool:
    return os.environ["TEST_DATABASE"] == "sqlite"


def _execute(statement: str, *names: str) -> None:
    """Run a statement about whole databases, outside a transaction."""
    connection = psycopg2.connect(os.environ["DATABASE_URL"])
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
    connection.close()
