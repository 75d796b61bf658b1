"""Real frameworks outside the repository. Tests that need missing ones are skipped, and say so."""

from pathlib import Path

import pytest
from django.conf import settings

from tests.samples import is_full_run

#: Frameworks that are exported and imported again in every run; in a full run, all are.
ROUND_TRIPS = {
    "uk-government-digital-and-data",
    "codecademy-engineering-competencies",
    "18f-engineering-interview-guides",
}
FRAMEWORKS = Path(settings.BASE_DIR).parent / "shared" / "frameworks"


def makes_round_trip(name: str) -> bool:
    """Whether this run loads a framework again, exports it and loads what was exported."""
    return name in ROUND_TRIPS or is_full_run()


def folder(name: str) -> Path:
    """The folder of one framework."""
    if not (FRAMEWORKS / name).is_dir():
        pytest.skip(f"the framework {name} is not at {FRAMEWORKS}")
    return FRAMEWORKS / name
