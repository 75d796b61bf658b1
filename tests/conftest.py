"""Shared fixtures: quick settings, no network access, an editor, and a browser if there is one."""

import shutil
import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import caches
from django.test import Client
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from tests.factories import EditorFactory
from tests.postponing import postponed_listeners
from tests.samples import is_full_run

#: The first has no window to draw and takes half the time.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
LOOPBACK = {"127.0.0.1", "::1", "localhost"}

# Nothing depends on how busy the machine is.
hypothesis_settings.register_profile(
    "any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("any machine")
# A password hash that costs nothing, and static files without the step that names them by content.
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
settings.STORAGES["staticfiles"] = {
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
settings.STATIC_ROOT.mkdir(exist_ok=True)
# A file, for a database in memory would be one connection shared by all threads of a live server.
DATABASE = settings.DATABASES["default"]
if DATABASE["ENGINE"].endswith("sqlite3"):
    DATABASE.setdefault("TEST", {})["NAME"] = str(settings.VAR_DIR / "test.sqlite3")


def pytest_itemcollected(item: pytest.Item) -> None:
    """Forms of the admin take long to open and to save."""
    if "editor" in getattr(item, "fixturenames", ()):
        item.add_marker("thorough")


def _guarded(connect: Callable[..., Any]) -> Callable[..., Any]:
    def guarded(self: socket.socket, address: Any) -> Any:
        if self.family != socket.AF_UNIX and address[0] not in LOOPBACK:
            raise AssertionError(f"A test called {address}; tests stay on this machine.")
        return connect(self, address)

    return guarded


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    """Calls to other machines fail the test that makes them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", _guarded(socket.socket.connect))
        patch.setattr(socket.socket, "connect_ex", _guarded(socket.socket.connect_ex))
        yield


@pytest.fixture(autouse=True)
def listeners_of_changes(request: pytest.FixtureRequest) -> Iterator[None]:
    """Index the rows that a test prepares once, when it first asks the portal for something."""
    marker = request.node.get_closest_marker("django_db")
    at_once = request.node.get_closest_marker("followed_at_once")
    if marker is None or marker.kwargs.get("transaction") or at_once or is_full_run():
        yield
        return
    request.getfixturevalue("db")
    with postponed_listeners():
        yield


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    """What one test stored in this process is not answered to the next."""
    for store in caches.all():
        store.clear()


@pytest.fixture
def editor(client: Client, db: None) -> Client:
    """Someone who edits content, signed in."""
    client.force_login(EditorFactory())
    return client


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The browser of this machine, which can reach this machine only."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        pytest.skip("no Chromium found")
    arguments = [
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost",
    ]
    return {**browser_type_launch_args, "executable_path": path, "args": arguments}
