"""Measures the speed of the portal: `python -m tests.benchmarks [--quick] [subject …]`.

Every subject runs in its own process, on its own database with the starter pack.
"""

import os
import subprocess
import sys
from argparse import ArgumentParser

VENDORS = ["sqlite", "postgresql"]
SUBJECTS = [
    "hostile",
    "queries",
    "warm_page",
    "unchanged_page",
    "sizes",
    "search",
    "question_csv",
    "proposal",
    "growth",
    "call_stack",
]


def main() -> int:
    parser = ArgumentParser(
        prog="python -m tests.benchmarks", description="Measures each budget on each database."
    )
    parser.add_argument(
        "subjects", nargs="*", metavar="subject", help=f"some of: {', '.join(SUBJECTS)}"
    )
    parser.add_argument(
        "--quick", action="store_true", help="a first impression, from fewer rounds"
    )
    parser.add_argument("--database", choices=VENDORS, action="append", help="only this one")
    chosen = parser.parse_args()
    results = [
        measure(subject, vendor, quick=chosen.quick)
        for vendor in chosen.database or VENDORS
        for subject in chosen.subjects or SUBJECTS
    ]
    print(f"\n{len(results) - sum(results)} of {len(results)} subjects keep their budgets.")
    return int(any(results))


def measure(subject: str, vendor: str, *, quick: bool) -> bool:
    """Whether the subject misses a budget on this database."""
    environment = os.environ | {"BENCHMARKS_QUICK": "1" if quick else ""}
    command = [sys.executable, "-W", "ignore", "-m", "tests.benchmarks.subject", vendor, subject]
    return subprocess.run(command, env=environment, check=False).returncode != 0


sys.exit(main())
