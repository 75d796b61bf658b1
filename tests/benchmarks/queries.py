"""Queries of a public page that is not cached"""

from collections.abc import Iterator

from tests.benchmarks.report import Row
from tests.benchmarks.visitor import Visitor

MOST = 10


def rows(vendor: str) -> Iterator[Row]:
    """The page of each type that takes the most."""
    visitor = Visitor()
    for view, paths in visitor.page_types().items():
        most, path = max((visitor.queries(path), path) for path in paths)
        yield Row(f"{view} ({len(paths)} asked)", f"{most} ({path})", f"≤ {MOST}", most <= MOST)
