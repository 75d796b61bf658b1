"""Readers are tested through mappings, as they are used."""

from tests.mapping.conftest import mapping_case

__all__ = ["mapping_case"]
