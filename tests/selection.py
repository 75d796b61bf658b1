"""Selects which of the collected tests belong to a run.

A full run has all tests on each database, and a run of named files has all tests of these files.
Other runs leave out tests as described in `docs/adr/0001-tests-in-minutes.md`.
"""

import random
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import pytest

DATABASES = ("sqlite", "postgresql")
#: Marks of tests that a fast run skips, and the share of database tests that it runs.
NOT_FAST = ("browser", "frameworks", "thorough")
FAST_PART = 0.3
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup"}


@dataclass(frozen=True)
class Run:
    """What was asked for."""

    database: str
    #: Seeds the choice of cases; runs with the same one take the same cases.
    draw: str
    is_full: bool = False
    is_fast: bool = False
    #: Whether files were named.
    is_of_files: bool = False
    #: Whether a run on the other database takes the other half of the cases.
    is_divided: bool = False


def selected_tests(tests: list[pytest.Item], run: Run) -> list[pytest.Item]:
    """Return the tests that belong to this run, in the order in which they were collected."""
    (other_database,) = {*DATABASES} - {run.database}
    selected = _without_marked(tests, other_database)
    if run.is_full:
        return selected
    selected = _without_marked(selected, "full")
    if run.is_of_files:
        return selected
    drawn = {test.nodeid for test in _drawn(_without_marked(tests, "full"), run.draw)}
    selected = [test for test in selected if test.nodeid in drawn]
    if run.is_divided:
        selected = _half_of_cases(selected, run)
    if run.database == "postgresql":
        selected = [
            test for test in selected if runs_on_both(test) or is_marked(test, "postgresql")
        ]
    if run.is_fast:
        selected = _fast(selected, run.draw)
    return selected


def is_marked(test: pytest.Item, mark: str) -> bool:
    return test.get_closest_marker(mark) is not None


def uses_database(test: pytest.Item) -> bool:
    fixtures = set(getattr(test, "fixturenames", ()))
    return bool(DATABASE_FIXTURES & fixtures) or is_marked(test, "django_db")


def runs_on_both(test: pytest.Item) -> bool:
    """Whether a test runs on both databases: it runs SQL that no other test runs on both."""
    marks = ("one_database", *DATABASES)
    return uses_database(test) and not any(is_marked(test, mark) for mark in marks)


def runs_on_postgresql(test: pytest.Item) -> bool:
    return runs_on_both(test) or is_marked(test, "postgresql")


def _without_marked(tests: Iterable[pytest.Item], mark: str) -> list[pytest.Item]:
    return [test for test in tests if not is_marked(test, mark)]


def _drawn(tests: list[pytest.Item], draw: str) -> list[pytest.Item]:
    """Return the tests without those marked `drawn` that were not drawn this time.

    The marker of a test counts its own cases. With `drawn(number, of="…")` it counts all tests
    marked with the same name, so a run takes some of several expensive tests.
    """
    groups: defaultdict[str, list[pytest.Item]] = defaultdict(list)
    numbers: dict[str, int] = {}
    for test in tests:
        if marker := test.get_closest_marker("drawn"):
            group = marker.kwargs.get("of") or _function(test)
            groups[group].append(test)
            numbers[group] = marker.args[0]
    left_out: set[pytest.Item] = set()
    for group, cases in groups.items():
        surplus = len(cases) - numbers[group]
        left_out.update(_shuffled(cases, f"{draw} {group}")[: max(surplus, 0)])
    return [test for test in tests if test not in left_out]


def _half_of_cases(tests: list[pytest.Item], run: Run) -> list[pytest.Item]:
    """Divide the cases of each test that runs on both databases between them.

    All cases of a test run the same code; to run some of them on each database shows whether its
    SQL runs on both. A test without cases runs on both.
    """
    cases_of: defaultdict[str, list[pytest.Item]] = defaultdict(list)
    for test in tests:
        if runs_on_both(test):
            cases_of[_function(test)].append(test)
    left_out: set[pytest.Item] = set()
    for function, cases in cases_of.items():
        if len(cases) > 1:
            shuffled = _shuffled(cases, f"{run.draw} {function}")
            left_out.update(shuffled[1 - DATABASES.index(run.database) :: 2])
    return [test for test in tests if test not in left_out]


def _fast(tests: list[pytest.Item], draw: str) -> list[pytest.Item]:
    """Leave out expensive tests and most of those with a database."""
    quick = [test for test in tests if not any(is_marked(test, mark) for mark in NOT_FAST)]
    with_database = [test for test in quick if uses_database(test)]
    number = round(len(with_database) * (1 - FAST_PART))
    left_out = {*_shuffled(with_database, draw)[:number]}
    return [test for test in quick if test not in left_out]


def _function(test: pytest.Item) -> str:
    """Return the address of the function that a test is a case of."""
    return test.nodeid.partition("[")[0]


def _shuffled(tests: Iterable[pytest.Item], seed: str) -> list[pytest.Item]:
    """Return the tests in an order that depends on the seed alone."""
    ordered = sorted(tests, key=lambda test: test.nodeid)
    random.Random(seed).shuffle(ordered)
    return ordered
