"""Small real-world files outside the repository. Tests that need missing ones are skipped."""

from pathlib import Path

import pytest
from django.conf import settings

INPUTS = Path(settings.BASE_DIR).parent / "shared" / "review" / "inputs"


def path(name: str) -> Path:
    """A file, or a folder of files."""
    if not (INPUTS / name).exists():
        pytest.skip(f"{name} is not at {INPUTS}")
    return INPUTS / name
