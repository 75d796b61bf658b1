"""The selection of tests for a run."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

import pytest

from tests.selection import DATABASES, Run, selected_tests

SQLITE, POSTGRESQL = DATABASES
DATABASE, DRAWN_TWO = pytest.mark.django_db, pytest.mark.drawn(2)
ONE_OF_EXPENSIVE = pytest.mark.drawn(1, of="expensive tests")


@dataclass(eq=False)
class Test:
    """Stands for a collected test."""

    __test__ = False
    nodeid: str
    marks: tuple[pytest.Mark, ...]

    def get_closest_marker(self, name: str) -> pytest.Mark | None:
        return next((mark for mark in self.marks if mark.name == name), None)


def cases(name: str, number: int, *marks: pytest.MarkDecorator) -> list[Any]:
    """The cases of one function, or for one case the function itself."""
    names = [f"{name}[{each}]" for each in range(number)] if number > 1 else [name]
    return [Test(f"test_module.py::{each}", tuple(mark.mark for mark in marks)) for each in names]


def numbers(tests: list[Any], **run: Any) -> dict[str, int]:
    """How many cases of each function a run takes."""
    taken = selected_tests(tests, Run(**{"database": SQLITE, "draw": "1"} | run))
    return dict(Counter(test.nodeid.partition("::")[2].partition("[")[0] for test in taken))


def test_a_run_takes_as_many_cases_as_are_marked_and_a_full_run_all() -> None:
    expensive = cases("a", 1, ONE_OF_EXPENSIVE) + cases("b", 1, ONE_OF_EXPENSIVE)
    tests = cases("two", 9, DRAWN_TWO) + cases("all", 3) + expensive
    taken = numbers(tests)
    assert taken in [{"two": 2, "all": 3, name: 1} for name in "ab"]
    everything = {"two": 9, "all": 3, "a": 1, "b": 1}
    assert numbers(tests, is_full=True) == numbers(tests, is_of_files=True) == everything


def test_the_draw_decides_which_cases_are_taken() -> None:
    tests = cases("two", 9, DRAWN_TWO)
    draws = [selected_tests(tests, Run(SQLITE, draw=str(number % 20))) for number in range(40)]
    assert draws[:20] == draws[20:]
    assert len({test.nodeid for draw in draws for test in draw}) == 9


def test_what_needs_one_database_runs_on_one() -> None:
    one = cases("one", 1, DATABASE, pytest.mark.one_database)
    tests = one + cases("none", 1) + cases("both", 1, DATABASE)
    for name in DATABASES:
        tests += cases(name, 1, DATABASE, getattr(pytest.mark, name))
    on_sqlite = {"one": 1, "none": 1, "both": 1, SQLITE: 1}
    assert numbers(tests) == on_sqlite
    assert numbers(tests, database=POSTGRESQL) == {"both": 1, POSTGRESQL: 1}
    everything = on_sqlite | {POSTGRESQL: 1}
    del everything[SQLITE]
    assert numbers(tests, database=POSTGRESQL, is_full=True) == everything


def test_what_belongs_to_full_runs_is_left_out_of_others() -> None:
    tests = cases("full", 1, pytest.mark.full)
    assert numbers(tests) == numbers(tests, is_of_files=True) == {}
    assert numbers(tests, is_full=True) == {"full": 1}


def test_the_cases_of_a_test_that_runs_on_both_databases_are_divided() -> None:
    tests = cases("divided", 9, DATABASE) + cases("drawn", 9, DATABASE, DRAWN_TWO)
    tests += cases("single", 1, DATABASE) + cases("one", 9, DATABASE, pytest.mark.one_database)
    runs = [
        {test.nodeid for test in selected_tests(tests, Run(database, draw="1", is_divided=True))}
        for database in DATABASES
    ]
    names = Counter(nodeid.partition("::")[2].partition("[")[0] for run in runs for nodeid in run)
    assert names == {"divided": 9, "drawn": 2, "single": 2, "one": 9}
    assert runs[0] & runs[1] == {"test_module.py::single"}
    assert all(any("divided" in nodeid for nodeid in run) for run in runs)


def test_a_fast_run_takes_some_of_the_tests_with_a_database() -> None:
    tests = cases("quick", 10) + cases("database", 10, DATABASE)
    tests += cases("slow", 10, pytest.mark.thorough)
    assert numbers(tests, is_fast=True) == {"quick": 10, "database": 3}
