"""What a call costs at the most unfavorable depth of the stack, as a multiple of the usual"""

from collections.abc import Iterator
from statistics import median
from time import perf_counter

from tests.benchmarks.report import Row
from tpm_portal.operations.call_stack import with_large_stack

#: The frames of so many calls take several chunks of the stack.
DEPTHS = range(300)
CALLS = 2_000
#: Without `with_large_stack`, CPython 3.11 to 3.13 take about 200 times as long at one depth.
LARGEST_RATIO = 10.0


def rows(vendor: str) -> Iterator[Row]:
    """The slowest depth compared with the median."""
    seconds = [with_large_stack(seconds_at)(depth) for depth in DEPTHS]
    ratio = max(seconds) / median(seconds)
    yield Row(
        "a call at the slowest depth", f"× {ratio:.1f}", f"≤ × {LARGEST_RATIO:.0f}",
        ratio <= LARGEST_RATIO,
    )  # fmt: skip


def seconds_at(depth: int) -> float:
    """The time of many calls by a function that is nested so deeply."""
    if depth:
        return seconds_at(depth - 1)
    start = perf_counter()
    for _ in range(CALLS):
        nothing()
    return perf_counter() - start


def nothing() -> None:
    """Cost no more than a call does."""
