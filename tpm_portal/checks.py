"""What `manage.py check` says about this machine and its settings, beyond Django's own checks."""

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core import checks
from django.core.validators import MaxValueValidator
from django.db import (
    DEFAULT_DB_ALIAS,
    DatabaseError,
    Error,
    OperationalError,
    connection,
    transaction,
)

from content.base_models import ContentModel
from content.fields import PositiveIntegerField, PositiveSmallIntegerField
from content.visibility import wrong_rows
from tpm_portal.operations.schema import schema_refusal

# SQLite's write-ahead log needs memory shared between processes, which these do not give.
NETWORK_FILE_SYSTEMS = {
    "afs",
    "ceph",
    "cifs",
    "fuse.glusterfs",
    "fuse.sshfs",
    "lustre",
    "nfs",
    "nfs4",
    "smb3",
    "smbfs",
}
MOUNTS = Path("/proc/mounts")
#: Rows of one kind that a check names.
MOST_NAMED = 10


@checks.register(deploy=True)
def plain_http(**kwargs: Any) -> list[checks.CheckMessage]:
    """The one switch that takes HTTPS away is never overlooked."""
    if not settings.PLAIN_HTTP or settings.DEBUG:
        return []
    return [
        checks.Warning(
            "PLAIN_HTTP is on: passwords and sessions travel unencrypted.",
            hint=(
                "Fine on your own machine. For visitors put HTTPS before the portal and leave "
                "PLAIN_HTTP away."
            ),
            id="tpm_portal.W001",
        )
    ]


@checks.register
def sqlite_place(**kwargs: Any) -> list[checks.CheckMessage]:
    """SQLite loses data on a network file system."""
    database = settings.DATABASES["default"]
    if (
        not database["ENGINE"].endswith("sqlite3")
        or file_system(Path(database["NAME"])) not in NETWORK_FILE_SYSTEMS
    ):
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

    A database that is not there yet, or does not answer, is the business of the command that needs
    it.
    """
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3") and not Path(database["NAME"]).exists():
        return []
    try:
        reason = schema_refusal()
    except Error:
        return []
    return [checks.Error(reason, id="tpm_portal.E003")] if reason else []


@checks.register(checks.Tags.database)
def stored_numbers(
    databases: Sequence[str] | None = None, **kwargs: Any
) -> list[checks.CheckMessage]:
    """Earlier versions stored numbers on SQLite that PostgreSQL does not hold.

    A move there would stop at them.
    """
    if connection.vendor != "sqlite" or DEFAULT_DB_ALIAS not in (databases or ()):
        return []
    try:
        return [
            _too_large(row, field) for model in _content() for field, row in _rows_beyond(model)
        ]
    except OperationalError:  # tables that the migrations have still to make
        return []


@checks.register(checks.Tags.database)
def stored_visibility(
    databases: Sequence[str] | None = None, **kwargs: Any
) -> list[checks.CheckMessage]:
    """What visitors see follows from the rows as they are.

    Only writing to the tables directly can change that.
    """
    if DEFAULT_DB_ALIAS not in (databases or ()):
        return []
    try:
        with transaction.atomic():  # an error would end a transaction that is open already
            return [
                _wrongly_stored(row)
                for model in _content()
                for row in wrong_rows(model)[:MOST_NAMED]
            ]
    except DatabaseError:  # tables that the migrations have still to make
        return []


def _wrongly_stored(row: ContentModel) -> checks.CheckMessage:
    seen = "shown to" if row.is_live else "hidden from"
    return checks.Warning(
        f"{row._meta.verbose_name} “{row}” is {seen} visitors, but should not be.",
        hint="Run `manage.py recompute_visibility`. This happens when tables are changed by SQL.",
        id="tpm_portal.W003",
    )


def _content() -> list[type[ContentModel]]:
    return [model for model in apps.get_models() if issubclass(model, ContentModel)]


def _rows_beyond(model: type[ContentModel]) -> Iterator[tuple[Any, ContentModel]]:
    """Rows with a number that is larger than its field takes, each with the field."""
    for field in model._meta.fields:
        if isinstance(field, PositiveIntegerField | PositiveSmallIntegerField):
            largest = min(
                each.limit_value for each in field.validators if isinstance(each, MaxValueValidator)
            )
            rows = model._base_manager.filter(**{f"{field.name}__gt": largest})
            yield from ((field, row) for row in rows[:MOST_NAMED])


def _too_large(row: ContentModel, field: Any) -> checks.CheckMessage:
    return checks.Warning(
        f"{row._meta.verbose_name} “{row}” has {field.verbose_name} {getattr(row, field.attname)}, "
        "which is too large.",
        hint="Give it a smaller number in the admin; a move to PostgreSQL would stop there.",
        id="tpm_portal.W002",
    )


def file_system(path: Path) -> str:
    """The kind of file system that holds `path`, empty where the system does not tell."""
    if not MOUNTS.exists():
        return ""
    places = dict(line.split()[1:3] for line in MOUNTS.read_text().splitlines())
    return next(
        (places[str(parent)] for parent in path.resolve().parents if str(parent) in places), ""
    )


def _has_fts5() -> bool:
    connection = sqlite3.connect(":memory:")
    try:
        return bool(
            connection.execute("SELECT sqlite_compileoption_used('ENABLE_FTS5')").fetchone()[0]
        )
    finally:
        connection.close()
