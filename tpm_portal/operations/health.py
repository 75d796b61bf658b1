"""Health checks: `/healthz` says that the process answers, `/readyz` that it can work.

Load balancers request them with the address of a process as the host name, which
`allow_probe_hosts` accepts.
"""

import logging
from functools import cache

from django.conf import settings
from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tpm_portal.operations.middleware import GetResponse
from tpm_portal.operations.schema import schema_refusal
from tpm_portal.pages.views import RETRY_SECONDS

#: The paths of the two views below.
PROBE_PATHS = {"/healthz", "/readyz"}
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


def allow_probe_hosts(get_response: GetResponse) -> GetResponse:
    """Middleware that accepts any host name for the health checks."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.path_info in PROBE_PATHS:
            request.META["HTTP_HOST"] = settings.ALLOWED_HOSTS[0]
        return get_response(request)

    return middleware
