"""How a run is divided among processes, what does not belong to it, and that no skip is silent.

A plugin (`-p tests.running`) that knows nothing of the portal.
"""

import os
from collections import Counter
from typing import Any

import pytest
from xdist.scheduler import LoadFileScheduling


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
    terminalreporter.section(f"database: {os.environ['TEST_DATABASE']}")
    for reason, count in Counter(_skipped(config)).items():
        terminalreporter.line(f"{count} TESTS WERE SKIPPED. {reason}", red=True)
