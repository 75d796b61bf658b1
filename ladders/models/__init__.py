"""The models of the ladders app, each noun in its own module."""

from ladders.models.bands import Band, Confidence, refuse_reversed_bands
from ladders.models.ladders import Ladder
from ladders.models.levels import Level, LevelMove
from ladders.models.needs import Expectation, LevelRequirement

__all__ = [
    "Band",
    "Confidence",
    "Expectation",
    "Ladder",
    "Level",
    "LevelMove",
    "LevelRequirement",
    "refuse_reversed_bands",
]
