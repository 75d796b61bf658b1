"""The models of ladders, levels and requirements."""

from ladders.models.ladders import (
    Band,
    BandConfidence,
    Confidence,
    Ladder,
    LadderQuerySet,
    Relation,
    refuse_reversed_bands,
)
from ladders.models.levels import (
    BandMapping,
    Level,
    LevelMove,
    LevelQuerySet,
    mark_owners,
    mark_shared_codes,
)
from ladders.models.requirements import Expectation, LevelRequirement

__all__ = [
    "Band",
    "BandConfidence",
    "BandMapping",
    "Confidence",
    "Expectation",
    "Ladder",
    "LadderQuerySet",
    "Level",
    "LevelMove",
    "LevelQuerySet",
    "LevelRequirement",
    "Relation",
    "mark_owners",
    "mark_shared_codes",
    "refuse_reversed_bands",
]
