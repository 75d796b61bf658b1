"""A test that costs more than the limit fails the run, unless it is listed with a reason."""

import os
import sys
from subprocess import PIPE, Popen

from tests.costs import (
    EXPENSIVE,
    LIMIT,
    REFUSED,
    cpu_seconds,
    descendants,
    function_of,
    too_expensive,
)
from tests.project.sources import modules_of_tests


def test_an_expensive_test_is_refused_unless_it_is_listed() -> None:
    listed = f"tests/x.py::{next(iter(EXPENSIVE))}[chromium]"
    lines = too_expensive(
        {"tests/x.py::test_slow[a]": LIMIT + 1, listed: LIMIT + 1, "tests/x.py::test_quick": LIMIT}
    )
    assert len(lines) == 1
    assert lines[0].startswith("tests/x.py::test_slow[a] took 6.0 s of CPU")


def test_only_a_test_over_twice_the_limit_fails_the_run() -> None:
    measured = {"tests/x.py::test_slow": REFUSED, "tests/x.py::test_slower": REFUSED + 1}
    lines = too_expensive(measured, REFUSED)
    assert len(lines) == 1
    assert lines[0].startswith("tests/x.py::test_slower took 11.0 s of CPU")


def test_every_listed_test_exists() -> None:
    functions = {function.name for module in modules_of_tests() for function in module.functions()}
    assert function_of("tests/x.py::TestClass::test_name[a::b]") == "test_name"
    assert EXPENSIVE.keys() <= functions


def test_work_costs_cpu_time() -> None:
    before = cpu_seconds(with_processes=False)
    assert sum(range(3_000_000)) > 0
    assert cpu_seconds(with_processes=False) > before > 0


def test_a_process_that_still_runs_costs_what_it_used() -> None:
    command = [sys.executable, "-c", "print(sum(range(5_000_000)), flush=True); input()"]
    with Popen(command, stdin=PIPE, stdout=PIPE) as child:
        assert child.stdout is not None
        child.stdout.readline()
        own = cpu_seconds(with_processes=False)
        assert cpu_seconds(with_processes=True) > own + 0.01
        child.communicate(b"\n")


def test_a_process_may_end_while_its_time_is_added_up() -> None:
    with Popen([sys.executable, "-c", "input()"], stdin=PIPE) as child:
        assert child.pid in descendants(os.getpid())
        child.communicate(b"\n")
    assert child.pid not in descendants(os.getpid())
    assert list(descendants(child.pid)) == []
