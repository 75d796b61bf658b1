"""Numbers and paths of SVG pictures, as text that does not depend on the locale.

Templates get measures of pictures as text, because the template engine writes numbers as the locale
does, such as ``1,5``. Angles are in radians, clockwise from the top.
"""

import math
from dataclasses import dataclass
from typing import NamedTuple

#: The number of tints that show how high a proficiency is; the tint 0 is that of empty shapes.
TINTS = 4


class Point(NamedTuple):
    """A point of a picture; the origin is the upper left corner."""

    x: float
    y: float

    def __str__(self) -> str:
        return f"{svg_number(self.x)} {svg_number(self.y)}"


def svg_number(value: float) -> str:
    """The number with at most one decimal place, e.g. ``12.5`` or ``12``."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def tint_of_rank(rank: int, step_count: int) -> int:
    """The tint of a proficiency, 1 to `TINTS`; that of the highest proficiency is the darkest.

    :param rank: counts from 1.
    :param step_count: the number of proficiencies of the scale.
    """
    tint = math.ceil(TINTS * rank / max(step_count, 1))
    return min(max(tint, 1), TINTS)


def point_at(center: Point, radius: float, angle: float) -> Point:
    """The point of a circle at this angle."""
    return Point(center.x + radius * math.sin(angle), center.y - radius * math.cos(angle))


@dataclass(frozen=True)
class Sector:
    """The part of a ring between two angles, and between two radii for `cell_path`."""

    center: Point
    start: float
    end: float

    def cell_path(self, inner: float, outer: float) -> str:
        """The closed shape between two radii as a path."""
        corners = [
            point_at(self.center, inner, self.start),
            point_at(self.center, outer, self.start),
            point_at(self.center, outer, self.end),
            point_at(self.center, inner, self.end),
        ]
        outer_arc, inner_arc = self._arc(outer, 1), self._arc(inner, 0)
        first, second, third, fourth = map(str, corners)
        return f"M{first}L{second}A{outer_arc} {third}L{fourth}A{inner_arc} {first}Z"

    def _arc(self, radius: float, clockwise: int) -> str:
        is_large = int(self.end - self.start > math.pi)
        return f"{svg_number(radius)} {svg_number(radius)} 0 {is_large} {clockwise}"
