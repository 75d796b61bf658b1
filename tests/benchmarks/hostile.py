"""Hostile input that takes longer than in proportion to its length"""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import count

from content.markdown import render_markdown
from file_formats.text_files import read_yaml
from interchange.case.reader import read_package
from tests import corpora
from tests.benchmarks.processor import Clock
from tests.benchmarks.report import QUICK, Row
from tests.benchmarks.search import milliseconds
from tests.content.test_markdown import pathological
from tests.interchange.test_case_refusals import chain
from tests.search.test_search_limits import queries

SIZE = 2_500 if QUICK else 10_000
#: Twice the input takes at most this many times as long; quadratic work takes four times as long.
GROWTH = 3.0
#: A hostile query takes at most this many times as long as a plain word.
QUERY = 10.0

_numbers = count()


def rows(vendor: str) -> Iterator[Row]:
    """Each kind of input with its budget."""
    clock = Clock()
    if vendor == "sqlite":
        cases = corpora.entries("markdown-pathological", "cases.json", "cases")
        for case in cases:
            yield grows(
                clock,
                f"Markdown, {case['name']}",
                lambda size, case=case: partial(_render, case, size),
            )
        yield grows(
            clock,
            "YAML with many keys",
            lambda size: partial(read_yaml, _mapping(size), "pack.yml"),
        )
        yield grows(
            clock,
            "CASE, a chain of items",
            lambda size: partial(read_package, chain(size, in_order=False)),
        )
    yield slowest_query()


def grows(clock: Clock, name: str, work: Callable[[int], Callable[[], object]]) -> Row:
    """How many times as long twice the input takes, at best of three."""
    once, twice = (
        min(clock.milliseconds(work(size)) for _ in range(3)) for size in (SIZE, 2 * SIZE)
    )
    ratio = twice / max(once, 0.1)
    return Row(name, f"{ratio:.1f} × as long for twice the input", f"{GROWTH} ×", ratio <= GROWTH)


def slowest_query() -> Row:
    """The hostile query that takes longest, as a multiple of a plain word."""
    plain = min(milliseconds("program") for _ in range(5))
    taken = {text: min(milliseconds(text) for _ in range(2)) for text in queries()}
    ratio = max(taken.values()) / plain
    return Row(
        f"Search, the slowest of {len(taken)} hostile queries",
        f"{ratio:.1f} × a word",
        f"{QUERY} ×",
        ratio <= QUERY,
    )


def _render(case: dict[str, object], size: int) -> str:
    """Render a text that was not rendered before, for the renderer remembers some."""
    return render_markdown(f"{pathological(case, size)}\n\n{next(_numbers)}")


def _mapping(keys: int) -> str:
    return "\n".join(f"k{number}: v" for number in range(keys))
