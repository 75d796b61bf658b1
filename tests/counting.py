"""Measures work by counting function calls.

The count is the same on an idle and on a busy machine.
"""

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any


def calls_of(work: Callable[[], object]) -> int:
    """Return how many functions this work calls, those of Python and those written in C."""
    count = 0

    def note(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal count
        if event in {"call", "c_call"}:
            count += 1

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


def growth(work: Callable[[int], Callable[[], object]], size: int) -> float:
    """Return how many times as many calls twice the size takes.

    It is about 2 for linear work, 4 for quadratic.

    :param work: makes the work for a size; making it is not counted.
    """
    return calls_of(work(2 * size)) / calls_of(work(size))
