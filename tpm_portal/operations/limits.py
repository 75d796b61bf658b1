"""Limits on what one client may send: failed logins of an address, and bytes of an upload."""

from collections.abc import Mapping
from datetime import timedelta
from ipaddress import ip_address

from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt, AccessLog
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler
from django.db.models import Sum
from django.http import HttpRequest
from django.utils.timezone import now


def client_address(request: HttpRequest) -> str | None:
    """The address that the outermost of our own proxies saw; None if it is not an IP address.

    Addresses before that in X-Forwarded-For are ignored, because a client can claim any.
    """
    claimed = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    hops = [hop.strip() for hop in claimed]
    hops.append(request.META.get("REMOTE_ADDR", ""))
    proxies = min(settings.TRUSTED_PROXIES, len(hops) - 1)
    try:
        return str(ip_address(hops[-1 - proxies]))
    except ValueError:
        return None


class LoginLimits(AxesDatabaseHandler):
    """Limits all failures of one address, besides those of one name from one address (Axes)."""

    def get_failures(
        self, request: HttpRequest, credentials: Mapping[str, object] | None = None
    ) -> int:
        """The failures that count against this login.

        They are at least the limit once the address has had too many.
        """
        failures: int = super().get_failures(request, credentials)
        if failures_of_address(request) < settings.LOGIN_ADDRESS_LIMIT:
            return failures
        return max(failures, settings.AXES_FAILURE_LIMIT)


def failures_of_address(request: HttpRequest) -> int:
    """How many logins from the address of this request failed within the lockout period."""
    address = request.axes_ip_address  # type: ignore[attr-defined]
    attempts = AccessAttempt.objects.filter(
        ip_address=address, attempt_time__gt=now() - settings.AXES_COOLOFF_TIME
    )
    return attempts.aggregate(total=Sum("failures_since_start"))["total"] or 0


def prune_logins(age: timedelta) -> int:
    """Delete failures that no longer count, and records of logins that are older than this.

    :returns: the number of deleted records.
    """
    expired = AccessAttempt.objects.filter(attempt_time__lte=now() - settings.AXES_COOLOFF_TIME)
    old = AccessLog.objects.filter(attempt_time__lt=now() - age)
    expired_count, _ = expired.delete()
    old_count, _ = old.delete()
    return expired_count + old_count


class UploadSizeLimit(FileUploadHandler):
    """The first upload handler: refuses requests longer than the limit with 400."""

    received = 0

    def handle_raw_input(
        self,
        input_data: object,
        META: dict[str, str],
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        """Refuses a request by the length that it claims, before anything is read."""
        self._check_length(content_length)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Counts what is really received, and passes it on to the next handler."""
        self.received += len(raw_data)
        self._check_length(self.received)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leaves the file to the next handler."""

    def _check_length(self, length: int) -> None:
        if length > settings.UPLOAD_MAX_SIZE:
            raise RequestDataTooBig(f"Uploads may have {settings.UPLOAD_MAX_SIZE} bytes.")
