"""The strip of levels and the chart of bands are laid out by their formulas."""

from collections.abc import Sequence

import pytest

from ladders.band_chart import BandLane, band_lane
from ladders.level_order import LevelOrder
from ladders.level_strip import BASELINE, LevelStrip, level_stairs, level_strip
from ladders.models import Band, Ladder, Level, LevelMove


def make_levels(count: int, **values: object) -> list[Level]:
    ladder = Ladder(title="Ladder")
    levels = []
    for number in range(1, count + 1):
        code = f"L{number}"
        levels.append(Level(pk=number, ladder=ladder, position=number, code=code, **values))
    return levels


def make_strip(levels: Sequence[Level], moves: Sequence[LevelMove] = ()) -> LevelStrip:
    strip = level_strip(LevelOrder(levels, moves), levels[0])
    assert strip is not None
    return strip


def test_each_bar_is_higher_than_the_one_below_on_one_baseline() -> None:
    bars = make_strip(make_levels(4)).bars
    heights = [bar.height for bar in bars]
    assert heights == sorted(set(heights))
    assert {round(bar.y + bar.height) for bar in bars} == {BASELINE}
    assert [bar.is_current for bar in bars] == [True, False, False, False]


def test_a_manager_shares_the_column_of_the_level_of_the_same_height() -> None:
    levels = make_levels(3)
    manager = Level(pk=4, ladder=levels[0].ladder, position=4, track=Level.Track.MANAGER, code="M1")
    move = LevelMove(from_level=levels[1], to_level=manager, kind=LevelMove.Kind.TRACK_CHANGE)
    bars = {bar.level: bar for bar in make_strip([*levels, manager], [move]).bars}
    assert bars[manager].height == bars[levels[2]].height
    assert bars[manager].x > bars[levels[2]].x + bars[levels[2]].width
    assert bars[levels[0]].width > 2 * bars[manager].width > 0


def test_each_stair_is_higher_and_the_top_one_has_the_full_height() -> None:
    levels = make_levels(3)
    manager = Level(pk=4, ladder=levels[0].ladder, position=4, track=Level.Track.MANAGER, code="M1")
    move = LevelMove(from_level=levels[1], to_level=manager, kind=LevelMove.Kind.TRACK_CHANGE)
    stairs = level_stairs(LevelOrder([*levels, manager], [move]))
    assert [stair.height for stair in stairs] == [33.3, 66.7, 100]
    assert [stair.y for stair in stairs] == [pytest.approx(66.7), pytest.approx(33.3), 0]
    assert stairs[-1].levels == [levels[2], manager]
    assert level_stairs(LevelOrder([], [])) == []


@pytest.mark.parametrize(("count", "is_drawn"), [(1, False), (2, True), (12, True), (13, False)])
def test_a_ladder_of_one_level_or_of_very_many_has_no_picture(count: int, is_drawn: bool) -> None:
    levels = make_levels(count)
    assert (level_strip(LevelOrder(levels, []), levels[0]) is not None) is is_drawn


def test_a_ladder_of_many_levels_of_one_height_has_no_picture() -> None:
    for count, is_drawn in ((4, True), (5, False), (60, False)):
        levels = make_levels(1) + [
            Level(pk=10 + number, ladder=Ladder(), position=2, code="L2") for number in range(count)
        ]
        strip = level_strip(LevelOrder(levels, []), levels[0])
        assert (strip is not None) is is_drawn, count
        assert strip is None or min(bar.width for bar in strip.bars) > 0


def test_a_code_that_does_not_fit_into_its_bar_is_left_out() -> None:
    levels = make_levels(2)
    levels[1].code = "Principal"
    assert [bar.code for bar in make_strip(levels).bars] == ["L1", ""]


@pytest.fixture
def bands() -> list[Band]:
    return [Band(pk=number, title=f"Band {number}", position=number) for number in range(1, 5)]


def make_lane(bands: list[Band], *covered: tuple[int, int], current: int = 0) -> BandLane:
    """The lane of levels that cover the bands with these numbers, the lowest and the highest."""
    levels = make_levels(len(covered))
    for level, (lowest, highest) in zip(levels, covered, strict=True):
        level.band = bands[lowest]
        level.band_to = bands[highest]
    return band_lane(levels, bands, levels[current])


def test_a_level_fills_its_band_but_for_a_margin(bands: list[Band]) -> None:
    (bar,) = make_lane(bands, (1, 1)).bars
    assert (bar.x, bar.width, bar.center) == (25.35, 24.3, 37.5)


def test_levels_share_a_band_equally(bands: list[Band]) -> None:
    low, high = make_lane(bands, (0, 0), (0, 1)).bars
    assert (low.x, low.width) == (0.35, 11.8)
    assert (high.x, high.width) == (12.85, 36.8)


def test_bars_of_many_levels_in_one_band_have_a_width(bands: list[Band]) -> None:
    bars = make_lane(bands, *[(0, 0)] * 60).bars
    assert min(bar.width for bar in bars) > 0
    assert [bar.x for bar in bars] == sorted({bar.x for bar in bars})
    assert bars[-1].x + bars[-1].width < 25


def test_a_lane_has_the_borders_of_all_bands(bands: list[Band]) -> None:
    assert make_lane(bands, (1, 1)).edges == [0, 25, 50, 75, 100]
    assert len(make_lane(bands[:3], (1, 1)).edges) == 4


def test_levels_in_the_bands_of_the_current_one_match(bands: list[Band]) -> None:
    lane = make_lane(bands, (0, 0), (0, 1), (1, 2), (3, 3), current=1)
    assert [bar.is_match for bar in lane.bars] == [True, True, True, False]
    assert [bar.is_current for bar in lane.bars] == [False, True, False, False]
    assert lane.summary == "In these bands:  (L1),  (L2),  (L3)"


@pytest.mark.parametrize(
    ("confidence", "border"), [("high", ""), ("medium", "dashed"), ("low", "dotted"), ("", "")]
)
def test_the_border_of_a_bar_shows_the_confidence(
    bands: list[Band], confidence: str, border: str
) -> None:
    levels = make_levels(1, band=bands[0], band_confidence=confidence)
    levels[0].ladder.organization = "Raven Works"
    (bar,) = band_lane(levels, bands).bars
    assert bar.style == " ".join(filter(None, ["lane__bar", border]))
    assert ("confidence" in bar.description) is bool(confidence)


def test_a_label_that_does_not_fit_is_left_out(bands: list[Band]) -> None:
    levels = make_levels(2, band=bands[0])
    levels[1].code = "Principal engineer"
    short, long = band_lane(levels, bands).bars
    assert (short.label, long.label) == ("L1", "")
    assert (short.fits_phones, long.fits_phones) == (True, False)
