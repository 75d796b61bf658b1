"""Health checks: `/healthz` says that the process answers, `/readyz` that it can work."""

import logging
from functools import cache

from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tpm_portal.operations.schema import schema_refusal
from tpm_portal.pages.views import RETRY_SECONDS

#: An app and the name of a migration.
MigrationKey = tuple[str, str]

logger = logging.getLogger(__name__)


@cache
def _shipped_migrations() -> set[MigrationKey]:
    return set(MigrationLoader(None).disk_migrations)


def missing_migrations() -> set[MigrationKey]:
    """Migrations of this version that were not applied to the database."""
    return _shipped_migrations() - MigrationRecorder(connection).applied_migrations().keys()


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Whether the process answers; the database is not asked."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """Whether the database answers, has all migrations, and has the tables of this version.

    The reason is only logged, because strangers can read the response.
    """
    try:
        reason = "migrations are missing" if missing_migrations() else schema_refusal()
    except Error as error:
        reason = str(error)
    if not reason:
        return HttpResponse("ready\n", content_type="text/plain")
    logger.error("Not ready: %s", reason)
    headers = {"Retry-After": str(RETRY_SECONDS)}
    return HttpResponse("not ready\n", content_type="text/plain", status=503, headers=headers)
