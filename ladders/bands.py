"""Ladders side by side on the portal's bands."""

from collections.abc import Sequence
from dataclasses import dataclass

from ladders.models import Band, Ladder, Level, mark_shared_codes


@dataclass(frozen=True)
class BandRow:
    """One ladder: for each band the levels that lie in it, wholly or in part."""

    ladder: Ladder
    levels: Sequence[Level]
    cells: Sequence[tuple[Band, Sequence[Level]]]


def band_rows(bands: Sequence[Band]) -> list[BandRow]:
    """The public ladders that are mapped to bands. One query."""
    mapped = Level.objects.published().filter(band__isnull=False).select_related("band_to")
    levels = list(mapped.order_by("ladder__position", "ladder__title", "ladder", "position", "id"))
    mark_shared_codes(levels)
    by_ladder: dict[Ladder, list[Level]] = {}
    for level in levels:
        by_ladder.setdefault(level.ladder, []).append(level)
    return [BandRow(ladder, rungs, _cells(bands, rungs)) for ladder, rungs in by_ladder.items()]


def _cells(bands: Sequence[Band], levels: Sequence[Level]) -> list[tuple[Band, Sequence[Level]]]:
    return [(band, [level for level in levels if _spans(level, band)]) for band in bands]


def _spans(level: Level, band: Band) -> bool:
    assert level.band is not None
    return level.band.position <= band.position <= (level.band_to or level.band).position
