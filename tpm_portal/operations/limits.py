"""Limits on what one client may send: failed log-ins of an address, and bytes of an upload."""

from datetime import timedelta
from ipaddress import ip_address
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt, AccessLog
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler
from django.db.models import Sum
from django.http import HttpRequest
from django.utils.timezone import now


def client_address(request: HttpRequest) -> str | None:
    """What the outermost of our own proxies saw.

    Whatever a client claims beyond that is ignored.
    """
    claimed = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    hops = [hop.strip() for hop in claimed] + [request.META.get("REMOTE_ADDR", "")]
    return _valid(hops[-1 - min(settings.TRUSTED_PROXIES, len(hops) - 1)])


def _valid(address: str) -> str | None:
    try:
        return str(ip_address(address))
    except ValueError:
        return None


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


class CappedUpload(FileUploadHandler):
    """Counts what one request sends and passes it on.

    Refuses with 400 what is longer than the cap.
    """

    received = 0

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,
        content_length: int,
        boundary: Any,
        encoding: str | None = None,
    ) -> None:
        self._refuse_beyond_cap(content_length)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.received += len(raw_data)
        self._refuse_beyond_cap(self.received)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None

    def _refuse_beyond_cap(self, length: int) -> None:
        if length > settings.UPLOAD_MAX_SIZE:
            raise RequestDataTooBig(f"Uploads may have {settings.UPLOAD_MAX_SIZE} bytes.")
