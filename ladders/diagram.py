"""The diagram of a ladder: its levels as boxes, and the moves between them as lines.

All measures are units of the SVG picture, which a browser shows as CSS pixels. The origin is the
upper left corner.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from content.text import wrap_text
from ladders.level_order import LevelOrder
from ladders.models import Level, LevelMove

#: The space between two columns and between two rows.
COLUMN_GAP, ROW_GAP = 84, 30
#: The size of a box with a title of one line, and the distance of its text from its left side.
BOX_WIDTH, BOX_HEIGHT, BOX_PADDING = 256, 44, 12
#: The distance of the middle of the first line of a title from the top of its box, of each further
#: line from the line before, and of the code from the last line.
FIRST_LINE_Y, LINE_HEIGHT, CODE_HEIGHT = 15, 18, 17
#: How many letters of a title fit into a line.
LINE_LETTERS = 24
#: A diagram that is higher than this scrolls.
TALL = 1600
#: The space around the boxes, so that their borders are not cut off.
MARGIN = 2
#: Where lines to the right and to the left leave and reach a box, as shares of its height, so that
#: lines of opposite directions do not cover each other.
RIGHTWARD_SHARE, LEFTWARD_SHARE = 1 / 3, 2 / 3


@dataclass(frozen=True)
class TextLine:
    """One line of a title with the height of its middle."""

    text: str
    y: int


@dataclass(frozen=True)
class Box:
    """One level; `x` and `y` are its upper left corner."""

    level: Level
    x: int
    y: int
    height: int
    #: The levels that moves from this level lead to.
    next_levels: Sequence[Level]
    width: int = BOX_WIDTH

    @property
    def text_x(self) -> int:
        """Where its text begins."""
        return self.x + BOX_PADDING

    @property
    def lines(self) -> list[TextLine]:
        """The whole title, wrapped."""
        lines = []
        y = self.y + FIRST_LINE_Y
        for text in _title_lines(self.level):
            lines.append(TextLine(text, y))
            y += LINE_HEIGHT
        return lines

    @property
    def code_y(self) -> int:
        """The height of the middle of the line below the title."""
        return self.lines[-1].y + CODE_HEIGHT

    @property
    def code(self) -> str:
        """The line below the title: the code, and whether the level is a manager's."""
        parts = [self.level.separate_code]
        if self.level.is_managers:
            parts.append("manager")
        return " · ".join(part for part in parts if part)

    @property
    def label(self) -> str:
        """The title and where its moves lead, for screen readers."""
        label = str(self.level)
        if self.next_levels:
            label += ", leads to " + ", ".join(map(str, self.next_levels))
        return label


@dataclass(frozen=True)
class Edge:
    """A move from one level to another as the path of an SVG line."""

    kind: str
    path: str


class Cell(NamedTuple):
    """The column and the row of a box; row 0 is at the bottom."""

    column: int
    row: int


class Diagram:
    """The levels of a ladder in rows by the number of steps up to them.

    Each track, and each branch of a track, has its own column.

    :param moves: the moves from one of these levels to another.
    """

    def __init__(self, order: LevelOrder, moves: Iterable[LevelMove]) -> None:
        #: Whether the legend explains the track.
        self.has_tracks = order.has_tracks
        #: Whether the levels that are not of managers are known to lead by their own work.
        self.states_all_tracks = all(level.track for level in order.levels)
        self._levels = order.levels
        # Where no move to a level from the one below is stated, it is a promotion.
        self._kinds: dict[tuple[int, int], str] = {}
        for upper_id, lower in order.below.items():
            self._kinds[lower.pk, upper_id] = LevelMove.Kind.PROMOTION.value
        for move in moves:
            self._kinds[move.from_level_id, move.to_level_id] = move.kind
        self._cells = _cells(order)
        columns = {cell.column for cell in self._cells.values()}
        #: Whether it has several columns; with one it says no more than the list of levels.
        self.is_branching = len(columns) > 1
        self.width = len(columns) * (BOX_WIDTH + COLUMN_GAP) - COLUMN_GAP + 2 * MARGIN
        self._row_heights = self._heights_of_rows()
        self._row_tops: dict[int, int] = {}
        bottom = 0
        for row in sorted(self._row_heights, reverse=True):
            self._row_tops[row] = bottom
            bottom += self._row_heights[row] + ROW_GAP
        self.height = bottom - ROW_GAP + 2 * MARGIN

    @cached_property
    def boxes(self) -> list[Box]:
        """The boxes, the lowest level first."""
        boxes = []
        for level in self._levels:
            column, row = self._cells[level.pk]
            x, y = column * (BOX_WIDTH + COLUMN_GAP), self._row_tops[row]
            next_levels = [other for other in self._levels if (level.pk, other.pk) in self._kinds]
            boxes.append(Box(level, x, y, self._row_heights[row], next_levels))
        return boxes

    @property
    def edges(self) -> list[Edge]:
        """The moves, and promotions from the level below where no move is stated."""
        boxes = {box.level.pk: box for box in self.boxes}
        edges = []
        for (start, end), kind in self._kinds.items():
            edges.append(Edge(kind, _path(boxes[start], boxes[end])))
        return edges

    @property
    def is_tall(self) -> bool:
        """Whether it is so high that the page does not show all of it at once."""
        return self.height > TALL

    @property
    def view_box(self) -> str:
        """The rectangle that the picture shows."""
        return f"-{MARGIN} -{MARGIN} {self.width} {self.height}"

    def _heights_of_rows(self) -> dict[int, int]:
        """The heights of the boxes of each row, with room for the longest title of the row."""
        heights: dict[int, int] = {}
        for level in self._levels:
            row = self._cells[level.pk].row
            further_lines = len(_title_lines(level)) - 1
            height = BOX_HEIGHT + LINE_HEIGHT * further_lines
            heights[row] = max(heights.get(row, 0), height)
        return heights


def _cells(order: LevelOrder) -> dict[int, Cell]:
    """The cells of the levels, by primary key.

    A level is in the row above the level below it, and in its column if that is free and the track
    is the same. The track of the first level has the columns from 0 on, other tracks those from 1.
    """
    cells: dict[int, Cell] = {}
    for level in order.levels:
        row = column = 0
        lower = order.below.get(level.pk)
        if lower and lower.pk in cells:
            row = cells[lower.pk].row + 1
            if order.tracks[lower.pk] == order.tracks[level.pk]:
                column = cells[lower.pk].column
        if order.tracks[level.pk] != order.tracks[order.levels[0].pk]:
            column = max(column, 1)
        while Cell(column, row) in cells.values():
            column += 1
        cells[level.pk] = Cell(column, row)
    return cells


def _title_lines(level: Level) -> list[str]:
    return wrap_text(level.title, LINE_LETTERS)


def _path(start: Box, end: Box) -> str:
    """The line from one box to another: straight within a column, otherwise a curve."""
    if start.x == end.x:
        return _vertical_path(start, end)
    if end.x > start.x:
        share, start_x, end_x = RIGHTWARD_SHARE, start.x + BOX_WIDTH, end.x
    else:
        share, start_x, end_x = LEFTWARD_SHARE, start.x, end.x + BOX_WIDTH
    start_y, end_y = start.y + start.height * share, end.y + end.height * share
    middle = (start_x + end_x) / 2
    curve = f"C{middle:g} {start_y:g} {middle:g} {end_y:g} {end_x:g} {end_y:g}"
    return f"M{start_x:g} {start_y:g}{curve}"


def _vertical_path(start: Box, end: Box) -> str:
    x = start.x + BOX_WIDTH / 2
    if end.y < start.y:
        return f"M{x:g} {start.y:g}V{end.y + end.height:g}"
    return f"M{x:g} {start.y + start.height:g}V{end.y:g}"
