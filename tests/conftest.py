"""What all tests share: quick settings, no network beyond this machine, a browser if there is one, no silent skip."""

import os
import shutil
import socket
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import caches
from django.test import Client
from xdist.scheduler import LoadFileScheduling

from tests.factories import EditorFactory

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
LOOPBACK = {"127.0.0.1", "::1", "localhost"}

# A password hash that costs nothing, and static files without the step that names them by content.
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
settings.STATIC_ROOT.mkdir(exist_ok=True)
# A file, for a database in memory would be one connection shared by all threads of a live server.
DATABASE = settings.DATABASES["default"]
if DATABASE["ENGINE"].endswith("sqlite3"):
    DATABASE.setdefault("TEST", {})["NAME"] = str(settings.VAR_DIR / "test.sqlite3")


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
def empty_cache() -> None:
    """What one test stored in this process is not answered to the next."""
    for store in caches.all():
        store.clear()


@pytest.fixture
def editor(client: Client, db: None) -> Client:
    """Somebody who edits content, signed in."""
    client.force_login(EditorFactory())
    return client


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The browser of this machine, which can reach this machine only."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        pytest.skip("no Chromium found")
    arguments = ["--no-sandbox", "--disable-dev-shm-usage", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost"]
    return {**browser_type_launch_args, "executable_path": path, "args": arguments}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests of one database only (marked `sqlite` or `postgresql`) do not belong to a run on the other."""
    others = {"sqlite", "postgresql"} - {os.environ["TEST_DATABASE"]}
    foreign = [item for item in items if any(item.get_closest_marker(name) for name in others)]
    config.hook.pytest_deselected(items=foreign)
    items[:] = [item for item in items if item not in foreign]


class BrowsersTogether(LoadFileScheduling):
    """A file of tests goes to one process; those in a browser all go to the same, for they share a served portal."""

    def _split_scope(self, nodeid: str) -> str:
        folder = "tests/browser/"
        return folder if nodeid.startswith(folder) else super()._split_scope(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadFileScheduling:
    return BrowsersTogether(config, log)


def _skipped(config: pytest.Config) -> list[str]:
    """Why tests were skipped, one reason a test."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    return [report.longrepr[2] for report in reporter.stats.get("skipped", [])] if reporter else []


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where CI is set a skipped test is a failure."""
    if os.environ.get("CI") and _skipped(session.config) and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Say aloud which database was used and how much was not tested."""
    terminalreporter.section(f"database: {DATABASE['ENGINE'].rpartition('.')[2]}")
    for reason, count in Counter(_skipped(config)).items():
        terminalreporter.line(f"{count} TESTS WERE SKIPPED. {reason}", red=True)
