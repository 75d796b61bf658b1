"""A page that has not changed, requested from the server"""

import gzip
from collections.abc import Iterator
from statistics import median

from ladders.models import Level
from tests.benchmarks.report import QUICK, Row
from tests.benchmarks.server import Caller, requests_per_second, serving
from tests.benchmarks.visitor import Visitor

LEAST = {"sqlite": 0.60, "postgresql": 0.45}
ROUNDS, SECONDS = (4, 1.0) if QUICK else (12, 2.0)
ASKED_AFTER_A_CHANGE = 40
MARK = "Changed a moment ago"


def rows(vendor: str) -> Iterator[Row]:
    """Its share of what a bare view of the same size does, and whether a change is ever missed."""
    visitor = Visitor()
    path = visitor.reference_ladder()
    ours, bare = speeds(path, size=len(visitor.ask(path).content))
    share = median(our / its for our, its in zip(ours, bare, strict=True))
    rates = f"{share:.0%} ({median(ours):.0f} of {median(bare):.0f} a second)"
    yield Row(
        "requests a second, of those of a bare view",
        rates,
        f"≥ {LEAST[vendor]:.0%}",
        share >= LEAST[vendor],
    )
    stale = stale_answers(path)
    yield Row(
        f"stale answers of {ASKED_AFTER_A_CHANGE} after a change, 2 workers",
        str(stale),
        "0",
        stale == 0,
    )


def speeds(path: str, *, size: int) -> tuple[list[float], list[float]]:
    """Both servers in turns, for the machine is never the same for long."""
    ours, bare = [], []
    with (
        serving("tpm_portal.wsgi") as our_port,
        serving("tests.benchmarks.bare", BARE_SIZE=str(size)) as bare_port,
    ):
        for port in (our_port, bare_port):
            requests_per_second(port, path, SECONDS)
        for _ in range(ROUNDS):
            ours.append(requests_per_second(our_port, path, SECONDS))
            bare.append(requests_per_second(bare_port, path, SECONDS))
    return ours, bare


def stale_answers(path: str) -> int:
    """How many requests after a change, each on its own connection, get the page of before."""
    with serving("tpm_portal.wsgi", workers=2) as port:
        stored = [once(port, path) for _ in range(ASKED_AFTER_A_CHANGE)]
        level = Level.objects.published().filter(ladder__slug=path.strip("/").rpartition("/")[2])[0]
        level.title = MARK
        level.save()
        changed = [once(port, path) for _ in range(ASKED_AFTER_A_CHANGE)]
    if any(MARK in page for page in stored):
        raise AssertionError("The change was there before it was made.")
    return sum(MARK not in page for page in changed)


def once(port: int, path: str) -> str:
    """The answer to one request over a new connection."""
    caller = Caller(port, path)
    caller.send()
    body = caller.read()
    caller.close()
    return gzip.decompress(body).decode()
