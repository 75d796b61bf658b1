"""The page that shows the levels of all ladders on the bands of the portal."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from ladders.models import (
    Band,
    BandConfidence,
    BandMapping,
    Confidence,
    Ladder,
    Level,
    LevelQuerySet,
    mark_shared_codes,
)

CSV_COLUMNS = (
    "ladder organization level code band band_to relation confidence source observed_on"
).split()


@dataclass(frozen=True)
class MappedLevel:
    """A level that is mapped to one band or several."""

    level: Level
    mapping: BandMapping

    @property
    def is_uncertain(self) -> bool:
        """Whether there is little evidence for its band."""
        return self.mapping.confidence == BandConfidence.LOW

    @property
    def tooltip(self) -> str:
        """Its title, and how it relates to its band."""
        tooltip = self.level.title
        if self.mapping.relation:
            tooltip += f"; {self.mapping.relation.lower()}"
        if self.mapping.confidence:
            tooltip += f"; confidence {self.mapping.confidence}"
        return tooltip

    def overlaps(self, band: Band) -> bool:
        """Whether the level lies in this band, completely or in part."""
        lowest, highest = self.level.band, self.level.band_to or self.level.band
        if lowest is None or highest is None:
            return False
        return lowest.rank_key <= band.rank_key <= highest.rank_key


@dataclass(frozen=True)
class BandRow:
    """One ladder with its mapped levels."""

    ladder: Ladder
    levels: Sequence[MappedLevel]
    #: Each band with the levels in it.
    cells: Sequence[tuple[Band, Sequence[MappedLevel]]]

    @property
    def has_little_evidence(self) -> bool:
        """Whether the whole ladder is known from few reports."""
        return self.ladder.confidence == Confidence.LOW and not self.ladder.is_reference

    @property
    def source_label(self) -> str:
        """What the link to the source of the ladder is called."""
        return "what was published" if self.ladder.is_published_by_owner else "where it was read"


def load_levels_by_ladder(levels: LevelQuerySet) -> list[list[Level]]:
    """Read those of these levels that are mapped to bands, ladder by ladder. One query.

    :param levels: levels that the page may show.
    """
    mapped = levels.filter(band__isnull=False).select_related("band_to")
    rows = list(mapped.order_by("ladder__position", "ladder__title", "ladder", "position", "id"))
    mark_shared_codes(rows)
    return [list(group) for _, group in groupby(rows, key=attrgetter("ladder"))]


def load_band_rows(bands: Sequence[Band]) -> list[BandRow]:
    """Read the public ladders with levels that are mapped to bands. One query.

    :param bands: all bands in their order.
    """
    rows = []
    for levels in load_levels_by_ladder(Level.objects.published()):
        mapped_levels = [MappedLevel(level, level.band_mapping) for level in levels]
        cells = []
        for band in bands:
            cells.append((band, [mapped for mapped in mapped_levels if mapped.overlaps(band)]))
        rows.append(BandRow(levels[0].ladder, mapped_levels, cells))
    return rows


def csv_rows(rows: Sequence[BandRow]) -> Iterator[Sequence[str]]:
    """Yield the cells of a CSV file: a header, then a row for each mapped level."""
    yield CSV_COLUMNS
    for row in rows:
        ladder = row.ladder
        for mapped in row.levels:
            level = mapped.level
            yield [
                ladder.title,
                ladder.organization,
                level.title,
                level.code,
                str(level.band),
                str(level.band_to or ""),
                "defines" if mapped.mapping.defines_band else level.band_relation,
                mapped.mapping.confidence,
                ladder.source_url,
                str(ladder.observed_on or ""),
            ]
