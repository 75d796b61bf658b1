"""Fixtures for tests of source files and mappings."""

from pathlib import Path

import pytest

from tests.mappings import MappingCase


@pytest.fixture
def mapping_case(tmp_path: Path) -> MappingCase:
    return MappingCase(tmp_path)
