"""Real frameworks that lie beside the repository; where they are absent their tests are skipped, and say so."""

from pathlib import Path

import pytest
from django.conf import settings

FRAMEWORKS = Path(settings.BASE_DIR).parent / "shared" / "frameworks"


def folder(name: str) -> Path:
    """The folder of one framework."""
    if not (FRAMEWORKS / name).is_dir():
        pytest.skip(f"the framework {name} is not at {FRAMEWORKS}")
    return FRAMEWORKS / name
