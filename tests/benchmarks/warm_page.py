"""A warm page, built for each request, in process"""

from collections.abc import Iterator
from statistics import quantiles
from time import perf_counter

from tests.benchmarks.report import QUICK, Row
from tests.benchmarks.visitor import Visitor

MOST = 15.0
ROUNDS = 15 if QUICK else 60


def milliseconds(visitor: Visitor, path: str, *, rounds: int = ROUNDS) -> float:
    """From the request to the compressed answer; the lower quartile, for what is slower the machine does."""
    visitor.ask_anew(path)
    times = []
    for _ in range(rounds):
        start = perf_counter()
        visitor.ask_anew(path)
        times.append(perf_counter() - start)
    return quantiles(times)[0] * 1000


def rows(vendor: str) -> Iterator[Row]:
    """The reference ladder, and for comparison the first page of the kind that takes longest."""
    visitor = Visitor()
    path = visitor.reference_ladder()
    time = milliseconds(visitor, path)
    yield Row(f"reference ladder ({path})", f"{time:.1f} ms", f"≤ {MOST:.0f} ms", time <= MOST)
    others = {paths[0]: milliseconds(visitor, paths[0], rounds=7) for paths in visitor.page_types().values()}
    slowest = max(others, key=lambda path: others[path])
    yield Row(f"slowest other type ({slowest})", f"{others[slowest]:.1f} ms", "for comparison", ok=True)
