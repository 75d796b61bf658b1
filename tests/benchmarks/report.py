"""The report of a benchmark: one row for each budget, as a count or as a ratio within one run."""

import os
from collections.abc import Iterable
from dataclasses import dataclass

#: Whether a first impression is enough (`--quick`).
QUICK = bool(os.environ.get("BENCHMARKS_QUICK"))


@dataclass(frozen=True)
class Row:
    """A measurement with its budget."""

    name: str
    measured: str
    budget: str
    ok: bool


def show(title: str, rows: Iterable[Row]) -> list[Row]:
    """Print each row as soon as it is measured; returns those that exceed their budget."""
    print(f"\n{title}", flush=True)
    missed = []
    for row in rows:
        print(
            f"  {'ok    ' if row.ok else 'MISSED'}  {row.name:<58}  {row.measured:<48}  "
            f"{row.budget}",
            flush=True,
        )
        if not row.ok:
            missed.append(row)
    return missed
