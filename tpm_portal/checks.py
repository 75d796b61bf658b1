"""What `manage.py check` says about this machine and its settings, beyond Django's own checks."""

import sqlite3
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import checks
from django.db import Error

from tpm_portal.schema import schema_refusal

# SQLite's write-ahead log needs memory shared between processes, which these do not give.
NETWORK_FILE_SYSTEMS = {"afs", "ceph", "cifs", "fuse.glusterfs", "fuse.sshfs", "lustre", "nfs", "nfs4", "smb3", "smbfs"}
MOUNTS = Path("/proc/mounts")


@checks.register(deploy=True)
def plain_http(**kwargs: Any) -> list[checks.CheckMessage]:
    """The one switch that takes HTTPS away is never overlooked."""
    if not settings.PLAIN_HTTP or settings.DEBUG:
        return []
    return [
        checks.Warning(
            "PLAIN_HTTP is on: passwords and sessions travel unencrypted.",
            hint="Fine on your own machine. For visitors put HTTPS before the portal and leave PLAIN_HTTP away.",
            id="tpm_portal.W001",
        )
    ]


@checks.register
def sqlite_place(**kwargs: Any) -> list[checks.CheckMessage]:
    """SQLite loses data on a network file system."""
    database = settings.DATABASES["default"]
    if not database["ENGINE"].endswith("sqlite3") or file_system(Path(database["NAME"])) not in NETWORK_FILE_SYSTEMS:
        return []
    return [
        checks.Error(
            f"The SQLite database {database['NAME']} is on a network file system.",
            hint="Name a local place in VAR_DIR, or a PostgreSQL server in DATABASE_URL.",
            id="tpm_portal.E001",
        )
    ]


@checks.register
def sqlite_search(**kwargs: Any) -> list[checks.CheckMessage]:
    """The search on SQLite needs its full-text module."""
    if not settings.DATABASES["default"]["ENGINE"].endswith("sqlite3") or _has_fts5():
        return []
    return [
        checks.Error(
            "This Python's SQLite was built without FTS5, which the search needs.",
            hint="Use another build of Python, or name a PostgreSQL server in DATABASE_URL.",
            id="tpm_portal.E002",
        )
    ]


@checks.register
def schema(**kwargs: Any) -> list[checks.CheckMessage]:
    """Commands, `migrate` among them, refuse tables that another version of the code has made.

    A database that is not there yet, or does not answer, is the business of the command that needs it.
    """
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3") and not Path(database["NAME"]).exists():
        return []
    try:
        reason = schema_refusal()
    except Error:
        return []
    return [checks.Error(reason, id="tpm_portal.E003")] if reason else []


def file_system(path: Path) -> str:
    """The kind of file system that holds `path`, empty where the system does not tell."""
    if not MOUNTS.exists():
        return ""
    places = dict(line.split()[1:3] for line in MOUNTS.read_text().splitlines())
    return next((places[str(parent)] for parent in path.resolve().parents if str(parent) in places), "")


def _has_fts5() -> bool:
    connection = sqlite3.connect(":memory:")
    try:
        return bool(connection.execute("SELECT sqlite_compileoption_used('ENABLE_FTS5')").fetchone()[0])
    finally:
        connection.close()
