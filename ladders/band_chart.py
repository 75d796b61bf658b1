"""The chart of levels on the bands of the portal: a lane for each ladder, a bar for each level.

All lengths are in percent of the width of a lane, so that a chart fits any width while its words
keep their size.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import attrgetter
from typing import NamedTuple

from ladders.models import Band, BandConfidence, Ladder, Level

#: What is left free at each end of a bar, in percent, and at most as a part of the bar.
MARGIN = 0.35
MAX_MARGIN_SHARE = 0.2
#: The width of a character of a label on a wide screen and on a phone, in percent.
CHARACTER_WIDTH = 1.3
CHARACTER_WIDTH_ON_PHONES = 2.5
#: How many other ladders a chart about one level has; the page of all bands has all.
MAX_OTHER_LADDERS = 6
#: How the border of a bar is drawn, by the confidence in the band.
BORDERS = {BandConfidence.MEDIUM.value: "dashed", BandConfidence.LOW.value: "dotted"}


@dataclass(frozen=True)
class BandBar:
    """A level as a bar across the bands that it covers, approximately."""

    level: Level
    x: float
    width: float
    #: Whether the level covers a band that the page is about.
    is_match: bool
    is_current: bool

    @property
    def center(self) -> float:
        """The middle of the bar."""
        return round(self.x + self.width / 2, 2)

    @property
    def label(self) -> str:
        """The code of the level; empty if it does not fit into the bar."""
        fits = len(self.level.code) * CHARACTER_WIDTH <= self.width
        return self.level.code if fits else ""

    @property
    def fits_phones(self) -> bool:
        """Whether the label fits into the bar on the screen of a phone too."""
        return len(self.level.code) * CHARACTER_WIDTH_ON_PHONES <= self.width

    @property
    def style(self) -> str:
        """The CSS classes of the bar."""
        classes = ["lane__bar", BORDERS.get(self.level.band_mapping.confidence, "")]
        if self.is_current:
            classes.append("lane__bar--current")
        elif self.is_match:
            classes.append("lane__bar--match")
        return " ".join(filter(None, classes))

    @property
    def description(self) -> str:
        """The level and its bands, for people who do not see the bar."""
        mapping = self.level.band_mapping
        description = f"{self.level}: {mapping.bands}"
        if mapping.confidence:
            description += f", confidence {mapping.confidence}"
        return description


@dataclass(frozen=True)
class BandLane:
    """A ladder with the bars of its mapped levels."""

    ladder: Ladder
    bars: Sequence[BandBar]
    #: The borders between the bands.
    edges: Sequence[float]

    @property
    def matches(self) -> list[Level]:
        """The levels that cover a band that the page is about."""
        return [bar.level for bar in self.bars if bar.is_match]

    @property
    def summary(self) -> str:
        """The matches as a sentence, for people who do not see the bars."""
        return f"In these bands: {', '.join(map(str, self.matches))}"


class BandChart(NamedTuple):
    """The levels of several ladders on the bands that they are mapped to."""

    level: Level
    lanes: Sequence[BandLane]
    bands: Sequence[Band]


def band_chart(level: Level, ladders: Sequence[Sequence[Level]]) -> BandChart | None:
    """The ladder of a level and others with a level in its bands; None if there are no others.

    :param ladders: the levels of each ladder from the bottom up, those of this one first.
    """
    bands = _bands_of_levels(chain(*ladders))
    lanes: list[BandLane] = []
    for levels in ladders:
        lane = band_lane(levels, bands, level)
        is_repeated = bool(lanes) and level in levels
        if lane.matches and not is_repeated:
            lanes.append(lane)
    if len(lanes) < 2:
        return None
    return BandChart(level, lanes[: MAX_OTHER_LADDERS + 1], bands)


def _bands_of_levels(levels: Iterable[Level]) -> list[Band]:
    """The bands that these levels are mapped to, from the lowest up."""
    bands = set()
    for level in levels:
        bands |= {band for band in (level.band, level.band_to) if band}
    return sorted(bands, key=attrgetter("rank_key"))


def bands_of(level: Level, ranks: Mapping[int, int]) -> range:
    """The ranks of the bands that a level covers; empty if it is mapped to none.

    :param ranks: the rank of each band, by primary key.
    """
    lowest, highest = level.band_id, level.band_to_id or level.band_id
    if lowest is None or highest is None:
        return range(0)
    return range(ranks[lowest], ranks[highest] + 1)


def band_lane(
    levels: Sequence[Level], bands: Sequence[Band], current: Level | None = None
) -> BandLane:
    """Lay out the levels of one ladder.

    Each band is divided equally among the levels that cover it. A level that is number j of m in
    its first band, and number k of n in its last one, begins at j/m of the first band and ends at
    (k + 1)/n of the last.

    :param levels: levels of one ladder from the bottom up; those without a band are left out.
    :param bands: all bands in their order.
    :param current: the level whose bands the page is about.
    """
    ranks = {band.pk: rank for rank, band in enumerate(bands)}
    current_bands = set(bands_of(current, ranks)) if current else set()
    levels_in_band = _levels_in_band(levels, ranks)
    band_width = 100 / len(bands)
    bars = []
    for level in levels:
        covered = bands_of(level, ranks)
        if covered:
            first, last = levels_in_band[covered[0]], levels_in_band[covered[-1]]
            start = covered[0] + first.index(level) / len(first)
            end = covered[-1] + (last.index(level) + 1) / len(last)
            width = (end - start) * band_width
            margin = min(MARGIN, MAX_MARGIN_SHARE * width)
            bar = BandBar(
                level=level,
                x=round(start * band_width + margin, 2),
                width=round(width - 2 * margin, 2),
                is_match=not current_bands.isdisjoint(covered),
                is_current=level == current,
            )
            bars.append(bar)
    edges = [round(rank * band_width, 2) for rank in range(len(bands) + 1)]
    return BandLane(levels[0].ladder, bars, edges)


def _levels_in_band(
    levels: Sequence[Level], ranks: Mapping[int, int]
) -> defaultdict[int, list[Level]]:
    """The levels that cover each band, by the rank of the band."""
    levels_in_band: defaultdict[int, list[Level]] = defaultdict(list)
    for level in levels:
        for rank in bands_of(level, ranks):
            levels_in_band[rank].append(level)
    return levels_in_band
