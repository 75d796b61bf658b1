"""How a run is divided among processes and databases.

Each database has its tests, and no skip is silent.

A plugin (`-p tests.running`) that knows nothing of the portal; `docs/adr/0001-tests-in-minutes.md`
has its reasons.
"""

import gc
import os
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from xdist.scheduler import LoadGroupScheduling

#: Groups of files (`xdist_group`) that start first, because they take longest; then the files with
#: the most tests.
FIRST = ("browser", "served", "walk")
#: Marks of tests that a fast run leaves out, and the part it takes of those with a database.
NOT_FAST = ("browser", "frameworks", "thorough")
FAST_PART = 0.3
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup"}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of `make test-full` and `make test-fast`."""
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
    """Leave out what does not belong to a run on this database.

    That is what is marked for the other one, or for full runs; of the cases of a test that is
    marked `drawn` all but so many; and on PostgreSQL, where the suite runs for the second time,
    what never reads a database and what is marked `one_database`. A file named on the command line
    runs whole.
    """
    _sort_by_size(items)
    other = "postgresql" if os.environ["TEST_DATABASE"] == "sqlite" else "sqlite"
    is_second = (
        os.environ["TEST_DATABASE"] == "postgresql"
        and not config.option.full
        and not _names_files(config)
    )
    unwanted = {other} if config.option.full else {other, "full"}
    left_out = [
        item
        for item in items
        if any(map(item.get_closest_marker, unwanted)) or (is_second and _needs_one_database(item))
    ]
    if not config.option.full and not _names_files(config):
        left_out += _not_drawn(items)
    if config.option.fast:
        left_out += _not_fast(items)
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        kept = set(items) - set(left_out)
        items[:] = [item for item in items if item in kept]


def _not_drawn(items: list[pytest.Item]) -> Iterator[pytest.Item]:
    """Tests marked `drawn(number)` that this run leaves out; the next run draws others.

    The marker of a test counts its own cases. With `drawn(number, of="…")` it counts all tests
    marked with the same name, so a run takes some of several expensive tests.
    """
    groups: defaultdict[str, list[pytest.Item]] = defaultdict(list)
    numbers: dict[str, int] = {}
    for item in items:
        if marker := item.get_closest_marker("drawn"):
            group = marker.kwargs.get("of") or item.nodeid.partition("[")[0]
            groups[group].append(item)
            numbers[group] = marker.args[0]
    for group, tests in sorted(groups.items()):
        surplus = max(len(tests) - numbers[group], 0)
        tests.sort(key=lambda item: item.nodeid)
        yield from random.Random(f"{os.environ['TEST_DRAW']} {group}").sample(tests, surplus)


def _not_fast(items: list[pytest.Item]) -> list[pytest.Item]:
    """Tests that a fast run leaves out: expensive ones, and most of those with a database."""
    slow = [item for item in items if any(map(item.get_closest_marker, NOT_FAST))]
    others = sorted(set(items) - set(slow), key=lambda item: item.nodeid)
    with_database = [item for item in others if _uses_database(item)]
    number = round(len(with_database) * (1 - FAST_PART))
    return slow + random.Random(os.environ["TEST_DRAW"]).sample(with_database, number)


def pytest_collection_finish() -> None:
    """Spare the garbage collector what lives until the end: modules, tests and fixtures."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


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


def _needs_one_database(item: pytest.Item) -> bool:
    if item.get_closest_marker("postgresql"):
        return False
    return not _uses_database(item) or item.get_closest_marker("one_database") is not None


def _uses_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    return bool(DATABASE_FIXTURES & fixtures) or item.get_closest_marker("django_db") is not None


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
