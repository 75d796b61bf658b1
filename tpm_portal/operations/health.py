"""For whoever watches the process: `/healthz` says it answers, `/readyz` that it can work."""

import logging
from collections.abc import Callable
from functools import cache

from django.conf import settings
from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tpm_portal.operations.schema import schema_refusal
from tpm_portal.pages.views import RETRY_SECONDS

PROBES = {"/healthz", "/readyz"}
logger = logging.getLogger(__name__)


@cache
def _shipped_migrations() -> set[tuple[str, str]]:
    return set(MigrationLoader(None).disk_migrations)


def missing_migrations() -> set[tuple[str, str]]:
    """Migrations that this code has and the database has not."""
    return _shipped_migrations() - MigrationRecorder(connection).applied_migrations().keys()


def called_by_address(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Middleware for load balancers.

    One knows a process by its address, so what it probes answers to any host name.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.path_info in PROBES:
            request.META["HTTP_HOST"] = settings.ALLOWED_HOSTS[0]
        return get_response(request)

    return middleware


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """The database answers, has all migrations, and its tables fit.

    Strangers learn no more than that.
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
