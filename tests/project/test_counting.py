"""Counting calls distinguishes quadratic from linear work without a clock."""

import ast

from tests.counting import calls_of, growth
from tests.project.sources import Module, modules_of_tests

CLOCKS = {"monotonic", "perf_counter", "process_time", "thread_time", "time", "sleep"}
#: What waits for a process, and what measures CPU time after each test.
MAY_READ_A_CLOCK = {"tests/serving.py", "tests/costs.py"}


def squares(size: int) -> None:
    for number in range(size):
        sum(abs(each) for each in range(number))


def test_calls_are_counted() -> None:
    assert calls_of(lambda: [abs(-1) for _ in range(100)]) >= 100
    assert calls_of(lambda: None) < 10


def test_quadratic_work_grows_by_four_and_linear_work_by_two() -> None:
    assert 3.5 < growth(lambda size: lambda: squares(size), 100) < 4.5
    assert 1.5 < growth(lambda size: lambda: [abs(-1) for _ in range(size)], 1_000) < 2.5


def clock_readings(module: Module) -> list[str]:
    """Return the calls and imports by which a module reads a clock or sleeps."""
    found = [
        name
        for name in module.imports()
        if name.startswith("time.") and name.partition(".")[2] in CLOCKS
    ]
    for node in module.walk(ast.Call):
        called = ast.unparse(node.func)  # type: ignore[attr-defined]
        if called.startswith("time.") and called.partition(".")[2] in CLOCKS:
            found.append(called)
    return found


def test_no_test_reads_a_clock() -> None:
    assert clock_readings(
        Module("tests/x.py", "from time import monotonic\nimport time\ntime.sleep(1)\n")
    )
    modules = [
        module for module in modules_of_tests() if not module.path.startswith("tests/benchmarks/")
    ]
    assert len(modules) > 200
    found = {module.path: readings for module in modules if (readings := clock_readings(module))}
    assert found.keys() <= MAY_READ_A_CLOCK, found
