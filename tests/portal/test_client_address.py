"""The address of a client: as seen by our own proxies, never as claimed by the client."""

import pytest
from django.test import RequestFactory
from pytest_django import Settings

from tpm_portal.operations.limits import client_address

CASES = [
    (0, None, "10.0.0.9", "10.0.0.9"),
    (0, "198.51.100.1", "10.0.0.9", "10.0.0.9"),
    (1, "198.51.100.1", "10.0.0.9", "198.51.100.1"),
    (1, "203.0.113.66, 198.51.100.1", "10.0.0.9", "198.51.100.1"),
    (2, "203.0.113.66, 198.51.100.1, 10.0.0.8", "10.0.0.9", "198.51.100.1"),
    (2, "198.51.100.1", "10.0.0.9", "198.51.100.1"),
    (1, "2001:db8::1", "10.0.0.9", "2001:db8::1"),
    (1, "nonsense", "10.0.0.9", None),
    (0, None, "", None),
]


@pytest.mark.parametrize(("proxies", "forwarded", "remote", "address"), CASES)
def test_the_address_is_the_one_our_outermost_proxy_saw(
    settings: Settings, proxies: int, forwarded: str | None, remote: str, address: str | None
) -> None:
    settings.TRUSTED_PROXIES = proxies
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    assert client_address(RequestFactory().get("/", headers=headers, REMOTE_ADDR=remote)) == address
