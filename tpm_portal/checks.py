"""What `manage.py check` says about this machine, its settings and its database."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from django.conf import settings
from django.core import checks
from django.core.validators import MaxValueValidator
from django.db import (
    DEFAULT_DB_ALIAS,
    DatabaseError,
    Error,
    OperationalError,
    connection,
    models,
    transaction,
)

from content.base_models import ContentModel
from content.fields import PositiveIntegerField, PositiveSmallIntegerField
from content.visibility import models_in_order, wrong_rows
from tpm_portal.operations.schema import schema_refusal

# SQLite's write-ahead log needs memory that processes share, which these do not provide.
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
#: Rows of one model that a check names.
MAX_ROWS = 10

#: Two texts in the order of their code points; most languages have the other order.
ORDERED_TEXTS = ("B", "a")

Messages = list[checks.CheckMessage]
Databases = Sequence[str] | None


@checks.register(deploy=True)
def check_plain_http(**kwargs: object) -> Messages:
    """Warn that HTTPS is switched off."""
    if not settings.PLAIN_HTTP or settings.DEBUG:
        return []
    return [
        checks.Warning(
            "PLAIN_HTTP is on: passwords and sessions travel unencrypted.",
            hint=(
                "Fine on your own machine. For visitors, put HTTPS in front of the portal and "
                "remove PLAIN_HTTP."
            ),
            id="tpm_portal.W001",
        )
    ]


@checks.register
def check_sqlite_file_system(**kwargs: object) -> Messages:
    """Refuse SQLite on a network file system, where it loses data."""
    path = settings.DATABASES["default"]["NAME"]
    if not _is_sqlite() or file_system(Path(path)) not in NETWORK_FILE_SYSTEMS:
        return []
    return [
        checks.Error(
            f"The SQLite database {path} is on a network file system.",
            hint="Name a local folder in VAR_DIR, or a PostgreSQL server in DATABASE_URL.",
            id="tpm_portal.E001",
        )
    ]


@checks.register
def check_sqlite_full_text_search(**kwargs: object) -> Messages:
    """Refuse an SQLite without its module for full-text search."""
    if not _is_sqlite() or _has_fts5():
        return []
    return [
        checks.Error(
            "This Python's SQLite was built without FTS5, which the search needs.",
            hint="Use another build of Python, or name a PostgreSQL server in DATABASE_URL.",
            id="tpm_portal.E002",
        )
    ]


@checks.register
def check_schema(**kwargs: object) -> Messages:
    """Refuse tables of another version of the portal, before any command such as `migrate` runs.

    A database that is missing or does not answer is left to the command that needs it.
    """
    if _is_sqlite() and not Path(settings.DATABASES["default"]["NAME"]).exists():
        return []
    try:
        reason = schema_refusal()
    except Error:
        return []
    return [checks.Error(reason, id="tpm_portal.E003")] if reason else []


@checks.register(checks.Tags.database)
def check_stored_numbers(databases: Databases = None, **kwargs: object) -> Messages:
    """Warn of numbers in SQLite that PostgreSQL cannot store, from earlier versions.

    A move to PostgreSQL would stop at them.
    """
    if connection.vendor != "sqlite" or DEFAULT_DB_ALIAS not in (databases or ()):
        return []
    messages = []
    try:
        for model in models_in_order():
            messages += [_too_large(row, field) for field, row in _rows_beyond_limit(model)]
    except OperationalError:  # the tables were not created yet
        return []
    return messages


@checks.register(checks.Tags.database)
def check_collation(databases: Databases = None, **kwargs: object) -> Messages:
    """Warn of a PostgreSQL database that does not sort texts by their code points, as SQLite does.

    Pages sort some lists in Python, which would have another order than those of the database.
    """
    if DEFAULT_DB_ALIAS not in (databases or ()):
        return []
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT %s < %s", ORDERED_TEXTS)
            (is_ordered,) = cursor.fetchone()
    except DatabaseError:  # left to the command that needs the database
        return []
    if is_ordered:
        return []
    return [
        checks.Warning(
            "The database sorts text by the rules of a language, so some lists are in a different "
            "order.",
            hint="Restore a dump into a database that was created with `--lc-collate C`.",
            id="tpm_portal.W004",
        )
    ]


@checks.register(checks.Tags.database)
def check_stored_visibility(databases: Databases = None, **kwargs: object) -> Messages:
    """Warn of rows that visitors see and should not see, or the other way round.

    Only SQL that changes the tables directly can cause that.
    """
    if DEFAULT_DB_ALIAS not in (databases or ()):
        return []
    messages: Messages = []
    try:
        with transaction.atomic():  # an error would end a transaction that has begun before
            for model in models_in_order():
                messages += map(_wrong_visibility, wrong_rows(model)[:MAX_ROWS])
    except DatabaseError:  # the tables were not created yet
        return []
    return messages


def _wrong_visibility(row: ContentModel) -> checks.CheckMessage:
    state = "shown to" if row.is_live else "hidden from"
    return checks.Warning(
        f"{row._meta.verbose_name} “{row}” is {state} visitors, but should not be.",
        hint="Run `manage.py recompute_visibility`. This happens when tables are changed by SQL.",
        id="tpm_portal.W003",
    )


def _rows_beyond_limit(
    model: type[ContentModel],
) -> Iterator[tuple[models.Field, ContentModel]]:
    """Rows with a number that is larger than the limit of its field, each with the field."""
    for field in model._meta.fields:
        if isinstance(field, PositiveIntegerField | PositiveSmallIntegerField):
            rows = model._base_manager.filter(**{f"{field.name}__gt": _limit(field)})
            for row in rows[:MAX_ROWS]:
                yield field, row


def _limit(field: models.Field) -> int:
    """The largest number that the validators of a field accept."""
    validators = field.validators
    limits = [item.limit_value for item in validators if isinstance(item, MaxValueValidator)]
    return min(limits)


def _too_large(row: ContentModel, field: models.Field) -> checks.CheckMessage:
    number = getattr(row, field.attname)
    return checks.Warning(
        f"{row._meta.verbose_name} “{row}” has {field.verbose_name} {number}, which is too large.",
        hint="Give it a smaller number in the admin; otherwise a move to PostgreSQL would fail.",
        id="tpm_portal.W002",
    )


def file_system(path: Path) -> str:
    """The type of the file system that a path is on; empty if the system does not say."""
    if not MOUNTS.exists():
        return ""
    types = dict(line.split()[1:3] for line in MOUNTS.read_text().splitlines())
    for parent in path.resolve().parents:
        if str(parent) in types:
            return types[str(parent)]
    return ""


def _is_sqlite() -> bool:
    return settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")


def _has_fts5() -> bool:
    with closing(sqlite3.connect(":memory:")) as memory:
        row = memory.execute("SELECT sqlite_compileoption_used('ENABLE_FTS5')").fetchone()
    return bool(row[0])
