"""How many failed log-ins one address may make, whatever names it tries.

Also how long records of log-ins are kept.
"""

from datetime import timedelta
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt, AccessLog
from django.conf import settings
from django.db.models import Sum
from django.http import HttpRequest
from django.utils.timezone import now


class LoginLimits(AxesDatabaseHandler):
    """Axes counts failures of one name from one address; this counts all of one address as well."""

    def get_failures(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        """The failures that count against this log-in.

        At least the limit once its address has made too many.
        """
        failures: int = super().get_failures(request, credentials)
        if failures_of_address(request) < settings.LOGIN_ADDRESS_LIMIT:
            return failures
        return max(failures, settings.AXES_FAILURE_LIMIT)


def failures_of_address(request: HttpRequest) -> int:
    """How many log-ins from the address of this request have failed of late."""
    address = request.axes_ip_address  # type: ignore[attr-defined]
    attempts = AccessAttempt.objects.filter(
        ip_address=address, attempt_time__gt=now() - settings.AXES_COOLOFF_TIME
    )
    return attempts.aggregate(total=Sum("failures_since_start"))["total"] or 0


def prune_logins(age: timedelta) -> int:
    """Delete failures that no longer count, and records of log-ins older than this.

    Returns how many.
    """
    failures, _ = AccessAttempt.objects.filter(
        attempt_time__lte=now() - settings.AXES_COOLOFF_TIME
    ).delete()
    records, _ = AccessLog.objects.filter(attempt_time__lt=now() - age).delete()
    return failures + records
