"""The models of the ladders app, each noun in its own module."""

from ladders.models.bands import Band, Confidence, Relation, refuse_reversed_bands
from ladders.models.ladders import Ladder
from ladders.models.levels import Level, LevelMove, mark_owners, mark_shared_codes
from ladders.models.needs import Expectation, LevelRequirement

__all__ = [
    "Band",
    "Confidence",
    "Expectation",
    "Ladder",
    "Level",
    "LevelMove",
    "LevelRequirement",
    "Relation",
    "mark_owners",
    "mark_shared_codes",
    "refuse_reversed_bands",
]
