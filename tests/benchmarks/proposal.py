"""Proposing a loop: how long it takes for many questions, and how close it comes to the best"""

from collections.abc import Iterator
from statistics import median
from time import process_time

from hiring.proposal import propose
from tests.benchmarks.report import QUICK, Row
from tests.hiring.proposals import made_up, optimum

#: Milliseconds of one processor.
MOST = 100
TIMES, CASES = (3, 5) if QUICK else (11, 30)
LEAST = 0.95


def rows(vendor: str) -> Iterator[Row]:
    """200 questions for 30 requirements, then small cases with an exhaustive search.

    The database is not involved.
    """
    took = median(_milliseconds(seed) for seed in range(TIMES))
    yield Row("200 questions, 30 needs, 4 rounds", f"{took:.0f} ms", f"≤ {MOST} ms", took <= MOST)
    worst = min(_share(seed) for seed in range(CASES))
    yield Row(
        f"worst of {CASES} small cases, of the optimum",
        f"{worst:.1%}",
        f"≥ {LEAST:.0%}",
        worst >= LEAST,
    )


def _milliseconds(seed: int) -> float:
    case = made_up(seed, questions=200, requirements=30, rounds=4)
    before = process_time()
    propose(*case)
    return (process_time() - before) * 1000


def _share(seed: int) -> float:
    case = made_up(seed, questions=10, requirements=6, rounds=2)
    return propose(*case).value / optimum(*case)
