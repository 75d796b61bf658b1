"""The picture of a ladder: a bar for each level, with its code.

A bar is as high as the number of levels from the bottom of the ladder to this level. Levels of the
same height, such as a senior individual contributor and a manager, share a column. All lengths are
in units of the picture's `viewBox`.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from ladders.level_order import LevelOrder, load_with_moves
from ladders.models import Level

COLUMN_WIDTH = 58
GAP = 3
LOWEST_BAR = 20
HIGHEST_BAR = 105
BASELINE = 112
#: The height between the top of a bar and the baseline of its code.
CODE_OFFSET = 14
#: The width of a character of a code.
CHARACTER_WIDTH = 8
#: A ladder with more columns has no picture: the bars would be too narrow to read or to touch.
MAX_COLUMNS = 12
#: The same for a ladder with more levels in one column.
MAX_LEVELS_IN_COLUMN = 4


@dataclass(frozen=True)
class StripBar:
    """A level as a bar."""

    level: Level
    x: float
    y: float
    width: float
    height: float
    is_current: bool
    #: Empty if it does not fit into the bar.
    code: str

    @property
    def center(self) -> float:
        """The middle of the bar."""
        return self.x + self.width / 2

    @property
    def code_y(self) -> float:
        """The baseline of the code."""
        return self.y + CODE_OFFSET


@dataclass(frozen=True)
class LevelStrip:
    """The bars of a ladder from the bottom up."""

    bars: Sequence[StripBar]
    width: int
    height: int = BASELINE + 2


@dataclass(frozen=True)
class Stair:
    """The levels of one height, and this height as a part of that of the top, in percent."""

    levels: Sequence[Level]
    height: float

    @property
    def y(self) -> float:
        """Where the stair begins in a picture as high as the top, in percent."""
        return 100 - self.height


def level_stairs(order: LevelOrder) -> list[Stair]:
    """A ladder as stairs, the lowest first; in each, individual contributors before managers."""
    columns = _columns(order)
    stairs = []
    for number, levels in enumerate(columns, start=1):
        in_order = sorted(levels, key=attrgetter("is_managers"))
        stairs.append(Stair(in_order, round(100 * number / len(columns), 1)))
    return stairs


def _columns(order: LevelOrder) -> list[list[Level]]:
    """The levels by height: by how many levels there are up to each."""
    columns: defaultdict[int, list[Level]] = defaultdict(list)
    for level in order.levels:
        columns[len(order.up_to(level))].append(level)
    return [columns[height] for height in sorted(columns)]


def level_strip(order: LevelOrder, current: Level | None = None) -> LevelStrip | None:
    """The picture of a ladder; None if it has one level only, or too many for a picture.

    :param order: the levels of the ladder.
    :param current: the level whose bar is marked, if there is one.
    """
    columns = _columns(order)
    largest_column = max(map(len, columns), default=0)
    if not 1 < len(columns) <= MAX_COLUMNS or largest_column > MAX_LEVELS_IN_COLUMN:
        return None
    step = (HIGHEST_BAR - LOWEST_BAR) / (len(columns) - 1)
    bars = []
    for column, levels in enumerate(columns):
        height = LOWEST_BAR + step * column
        width = COLUMN_WIDTH / len(levels)
        for index, level in enumerate(levels):
            bar_width = width - GAP
            code = level.code if len(level.code) * CHARACTER_WIDTH <= bar_width else ""
            bars.append(
                StripBar(
                    level=level,
                    x=round(COLUMN_WIDTH * column + width * index, 1),
                    y=round(BASELINE - height, 1),
                    width=round(bar_width, 1),
                    height=round(height, 1),
                    is_current=level == current,
                    code=code,
                )
            )
    return LevelStrip(bars, width=COLUMN_WIDTH * len(columns))


def reference_stairs() -> list[Stair]:
    """The first public reference ladder as stairs; empty without one. One query."""
    levels, moves = load_with_moves(
        Level.objects.published()
        .comparable()
        .filter(ladder__organization="", ladder__collection__is_home=True)
    )
    first = [level for level in levels if level.ladder_id == levels[0].ladder_id]
    return level_stairs(LevelOrder(first, moves))
