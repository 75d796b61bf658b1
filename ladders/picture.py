"""The shape of a ladder: levels as boxes, what stands on what, where it forks and rejoins.

All measures are in units of the picture, which a browser shows as CSS pixels.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from content.wrapped_lines import wrapped_lines
from ladders.matrix import Matrix
from ladders.models import Level, LevelMove

GAP_ACROSS, GAP_UP = 84, 30
#: A box, as high as a title of one line and a code need; how far its words stand from its left
#: side.
BOX_WIDTH, BOX_HEIGHT, INDENT = 256, 44, 12
#: The middle of the first line of a title below the top of its box, of each next line, and of the
#: code below the last.
FIRST_LINE, LEADING, CODE = 15, 18, 17
#: How many letters of a title have room in a line.
LETTERS = 24
#: A picture that is higher than this scrolls.
TALL = 1600


@dataclass(frozen=True)
class Box:
    """One level, by its upper left corner."""

    level: Level
    x: int
    y: int
    height: int
    #: The levels that a step leads to from here.
    leads: Sequence[Level]

    @property
    def text_x(self) -> int:
        """Where its words begin."""
        return self.x + INDENT

    @property
    def lines(self) -> list[tuple[str, int]]:
        """The whole title in lines, each with the height of its middle."""
        first = self.y + FIRST_LINE
        return [
            (line, first + LEADING * place) for place, line in enumerate(_title_lines(self.level))
        ]

    @property
    def code_y(self) -> int:
        """The height of the middle of its code."""
        return self.lines[-1][1] + CODE


@dataclass(frozen=True)
class Rise:
    """A step from one level to another as a line."""

    kind: str
    path: str


class Picture:
    """Levels by how many steps up they are.

    Each track, and each branch of one, is in a column of its own.
    """

    def __init__(self, matrix: Matrix, moves: Iterable[LevelMove]) -> None:
        """
        :param moves: the steps between the levels of the matrix; any others do not count.
        """
        self._matrix = matrix
        self._moves = list(moves)

    @property
    def is_telling(self) -> bool:
        """Whether it says more than that one level stands on the other."""
        return len({column for column, _ in self._places.values()}) > 1

    @cached_property
    def boxes(self) -> list[Box]:
        """The levels, the lowest at the bottom."""
        return [self._box(level) for level in self._matrix.levels]

    @property
    def lines(self) -> list[Rise]:
        """The steps between them; where none is told, that one level stands on the other."""
        at = {box.level.pk: box for box in self.boxes}
        return [Rise(kind, _path(at[start], at[end])) for (start, end), kind in self._steps.items()]

    @property
    def width(self) -> int:
        """How wide the picture is."""
        columns = max((column for column, _ in self._places.values()), default=0) + 1
        return columns * (BOX_WIDTH + GAP_ACROSS) - GAP_ACROSS

    @property
    def height(self) -> int:
        """How high."""
        return self._top_of(-1) - GAP_UP

    @property
    def is_tall(self) -> bool:
        """Whether it is so high that the page does not show all of it at once."""
        return self.height > TALL

    @property
    def box_width(self) -> int:
        """How wide each box is."""
        return BOX_WIDTH

    @cached_property
    def _steps(self) -> dict[tuple[int, int], str]:
        """The kind of step, by the keys of the levels at its ends."""
        keys = {level.pk for level in self._matrix.levels}
        stands = {
            (lower.pk, upper): LevelMove.Kind.PROMOTION.value
            for upper, lower in self._matrix.below.items()
        }
        told = {(move.from_level_id, move.to_level_id): str(move.kind) for move in self._moves}
        return {ends: kind for ends, kind in {**stands, **told}.items() if keys.issuperset(ends)}

    @cached_property
    def _row_heights(self) -> dict[int, int]:
        """How high the boxes of each row are, so that the longest title of it has room."""
        heights = {0: BOX_HEIGHT}
        for level in self._matrix.levels:
            row = self._places[level.pk][1]
            needed = BOX_HEIGHT + LEADING * (len(_title_lines(level)) - 1)
            heights[row] = max(heights.get(row, 0), needed)
        return heights

    def _top_of(self, row: int) -> int:
        """Where the boxes of a row begin, below all higher rows."""
        return sum(height + GAP_UP for higher, height in self._row_heights.items() if higher > row)

    @cached_property
    def _places(self) -> dict[int, tuple[int, int]]:
        """The column and the row of every level, by its key."""
        places: dict[int, tuple[int, int]] = {}
        for level in self._matrix.levels:
            lower = self._matrix.below.get(level.pk)
            row = places[lower.pk][1] + 1 if lower and lower.pk in places else 0
            column = (
                places[lower.pk][0]
                if lower and lower.pk in places and lower.track == level.track
                else 0
            )
            column = max(column, int(level.track != self._first_track))
            while (column, row) in places.values():
                column += 1
            places[level.pk] = column, row
        return places

    @property
    def _first_track(self) -> str:
        return self._matrix.levels[0].track

    def _box(self, level: Level) -> Box:
        column, row = self._places[level.pk]
        leads = [upper for upper in self._matrix.levels if (level.pk, upper.pk) in self._steps]
        return Box(
            level,
            column * (BOX_WIDTH + GAP_ACROSS),
            self._top_of(row),
            self._row_heights[row],
            leads,
        )


def _title_lines(level: Level) -> list[str]:
    return wrapped_lines(level.title, LETTERS)


def _path(start: Box, end: Box) -> str:
    """Straight up within a column; beside each other across the gap.

    Elsewhere it goes in a curve from side to side.
    """
    if start.x == end.x:
        middle = start.x + BOX_WIDTH / 2
        leave, reach = (
            (start.y, end.y + end.height) if end.y < start.y else (start.y + start.height, end.y)
        )
        return f"M{middle:g} {leave:g}V{reach:g}"
    leave, reach = (start.x + BOX_WIDTH, end.x) if end.x > start.x else (start.x, end.x + BOX_WIDTH)
    # Lines there and back leave and reach a side at different heights.
    share = 1 / 3 if end.x > start.x else 2 / 3
    high, low = start.y + start.height * share, end.y + end.height * share
    bend = (leave + reach) / 2
    return f"M{leave:g} {high:g}C{bend:g} {high:g} {bend:g} {low:g} {reach:g} {low:g}"


def picture_of(matrix: Matrix, moves: Sequence[LevelMove]) -> Picture | None:
    """The picture of a ladder, if it says more than the list of its levels."""
    picture = Picture(matrix, moves)
    return picture if matrix.levels and picture.is_telling else None
