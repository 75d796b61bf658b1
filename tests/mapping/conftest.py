"""What the tests of mappings share."""

from pathlib import Path

import pytest

from tests.mappings import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)
