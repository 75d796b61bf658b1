"""Divides a run among processes, and reports its results. Every skip is reported.

A plugin (`-p tests.running`) that is independent of the portal. `docs/adr/0001-tests-in-minutes.md`
explains the reasons.
"""

import gc
import os
import random
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from xdist.scheduler import LoadGroupScheduling

from tests.selection import Run, selected_tests
from tpm_portal.operations.call_stack import with_large_stack

#: Groups of files (`xdist_group`) that start first, because they take longest; then the files with
#: the most tests.
FIRST = ("browser", "served", "walk")
_is_running = pytest.StashKey[bool]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of `make test`, `make test-full` and `make test-fast`."""
    parser.addoption(
        "--full",
        action="store_true",
        help="every sample, and on PostgreSQL also the tests that one database is enough for",
    )
    parser.addoption(
        "--fast",
        action="store_true",
        help="a first answer: nothing that takes long, and some of the tests with a database",
    )
    parser.addoption(
        "--divided",
        action="store_true",
        help="half of the cases; the run on the other database (same TEST_DRAW) takes the rest",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Say to the tests whether every sample is asked for (see `tests/samples.py`).

    All processes of a run draw the same cases, for they share the environment.
    """
    os.environ["TEST_FULL"] = "1" if config.getoption("full") else ""
    os.environ.setdefault("TEST_DRAW", str(random.randrange(10_000)))


def pytest_report_header() -> str:
    """Say how to draw the same cases again."""
    return f"drawn cases: TEST_DRAW={os.environ['TEST_DRAW']}"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put the largest groups first, and remove tests that do not belong to this run."""
    _sort_by_size(items)
    run = Run(
        database=os.environ["TEST_DATABASE"],
        draw=os.environ["TEST_DRAW"],
        is_full=config.option.full,
        is_fast=config.option.fast,
        is_of_files=_names_files(config),
        is_divided=config.option.divided,
    )
    selected = selected_tests(items, run)
    left_out = set(items) - set(selected)
    if left_out:
        config.hook.pytest_deselected(items=list(left_out))
        items[:] = selected


def pytest_collection_finish() -> None:
    """Spare the garbage collector what lives until the end: modules, tests and fixtures."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> object | None:
    """Run all tests in one chunk of the stack, as the portal runs requests."""
    if _is_running in session.stash:
        return None
    session.stash[_is_running] = True
    run_tests = with_large_stack(session.config.hook.pytest_runtestloop)
    return run_tests(session=session)


def _sort_by_size(items: list[pytest.Item]) -> None:
    """Put the largest groups first.

    The workers of xdist get them in this order (`--no-loadscope-reorder`).
    """
    sizes = Counter(map(_group, items))
    items.sort(key=lambda item: (_place(item), -sizes[_group(item)]))


def _place(item: pytest.Item) -> int:
    return FIRST.index(_group(item)) if _group(item) in FIRST else len(FIRST)


def _group(item: pytest.Item) -> str:
    """Return the group of a test that its marker names, else its file."""
    marker = item.get_closest_marker("xdist_group")
    return (
        str(marker.kwargs.get("name") or marker.args[0])
        if marker
        else item.nodeid.partition("::")[0]
    )


def _names_files(config: pytest.Config) -> bool:
    return any(Path(argument.partition("::")[0]).suffix == ".py" for argument in config.args)


class ByGroup(LoadGroupScheduling):
    """One process runs all tests of a group (`xdist_group`), or of a file outside groups."""

    def _split_scope(self, nodeid: str) -> str:
        return super()._split_scope(nodeid).partition("::")[0]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadGroupScheduling:
    return ByGroup(config, log)


def _skipped(config: pytest.Config) -> list[str]:
    """Why tests were skipped, one reason a test."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    return [report.longrepr[2] for report in reporter.stats.get("skipped", [])] if reporter else []


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where CI is set a skipped test is a failure.

    A file of which nothing belongs to this database is none.
    """
    if session.exitstatus == pytest.ExitCode.NO_TESTS_COLLECTED and _names_files(session.config):
        session.exitstatus = pytest.ExitCode.OK
    if (
        os.environ.get("CI")
        and _skipped(session.config)
        and session.exitstatus == pytest.ExitCode.OK
    ):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Say which database was used and how much was not tested."""
    terminalreporter.section(f"database: {os.environ['TEST_DATABASE']}")
    for reason, count in Counter(_skipped(config)).items():
        terminalreporter.line(f"{count} TESTS WERE SKIPPED. {reason}", red=True)
