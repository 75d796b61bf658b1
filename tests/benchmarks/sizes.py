"""Compressed bytes of a page, of all style sheets and of all scripts"""

import gzip
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from tests.benchmarks.report import Row
from tests.benchmarks.visitor import Visitor

PAGE, STYLES, SCRIPTS = 20_000, 15_000, 10_000


def rows(vendor: str) -> Iterator[Row]:
    """The largest page of each kind that a visitor reads, then what comes with every page."""
    visitor = Visitor()
    for view, paths in visitor.page_types().items():
        sizes = {path: visitor.ask(path) for path in paths}
        path = max(sizes, key=lambda path: len(sizes[path].content))
        if sizes[path]["Content-Type"].startswith("text/html"):
            yield _row(f"{view} ({path})", len(sizes[path].content), PAGE)
    # No one loads the style of the admin with that of the site; each reader's share has the whole
    # budget.
    admin = _compressed("admin.css")
    yield _row("all CSS of the site", _compressed(".css") - admin, STYLES)
    yield _row("all CSS of the admin beyond Django's", admin, STYLES)
    yield _row("all JS", _compressed(".js"), SCRIPTS)


def _row(name: str, size: int, most: int) -> Row:
    return Row(name, f"{size / 1000:.1f} kB", f"≤ {most / 1000:.0f} kB", size <= most)


def _compressed(suffix: str) -> int:
    files = Path(settings.BASE_DIR / "static").rglob(f"*{suffix}")
    return sum(len(gzip.compress(path.read_bytes())) for path in files)
