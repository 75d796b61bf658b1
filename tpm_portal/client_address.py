"""The address a request comes from, as far as it can be known; the login throttle counts by it."""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest


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
