"""A page that is rendered for each request, in this process"""

from collections.abc import Iterator
from statistics import median

from tests.benchmarks.processor import Clock
from tests.benchmarks.report import QUICK, Row
from tests.benchmarks.visitor import Visitor

MOST = 15
ROUNDS = 15 if QUICK else 60


def milliseconds(visitor: Visitor, path: str, *, rounds: int = ROUNDS) -> float:
    """Of the processor, from the request to the compressed answer."""
    visitor.ask_anew(path)
    clock = Clock()
    return median(clock.milliseconds(lambda: visitor.ask_anew(path)) for _ in range(rounds))


def rows(vendor: str) -> Iterator[Row]:
    """The reference ladder, and for comparison the page of the type that takes longest."""
    visitor = Visitor()
    path = visitor.reference_ladder()
    time = milliseconds(visitor, path)
    yield Row(
        f"reference ladder ({path})",
        f"{time:.1f} ms of the processor",
        f"≤ {MOST} ms",
        time <= MOST,
    )
    others = {
        paths[0]: milliseconds(visitor, paths[0], rounds=7)
        for paths in visitor.page_types().values()
    }
    slowest = max(others, key=lambda path: others[path])
    yield Row(
        f"slowest type of page ({slowest})",
        f"{others[slowest]:.1f} ms of the processor",
        "to compare",
        ok=True,
    )
