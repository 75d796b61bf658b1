"""Test data outside the repository. Tests that need missing data are skipped, and say so."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

CORPORA = Path(settings.BASE_DIR).parent / "shared" / "corpora"


def folder(name: str) -> Path:
    """The folder of one corpus."""
    if not (CORPORA / name).is_dir():
        pytest.skip(f"the corpus {name} is not at {CORPORA}")
    return CORPORA / name


def entries(name: str, file: str, key: str = "") -> list[Any]:
    """The entries of one corpus."""
    loaded = json.loads((folder(name) / file).read_text("utf-8"))
    found = loaded[key] if key else loaded
    assert found
    return found
