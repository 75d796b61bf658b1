"""The skill wheel: skills as spokes in groups, with a ring for each proficiency of their scale.

All measures are units of the SVG picture, which is fitted to the width that it gets. The wheel
begins at the top and goes clockwise. Of s skills in g groups each takes (2π − g · gap) / s. The
rings of a skill divide the space between two radii by the number of proficiencies of its scale, and
those up to its proficiency are filled.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter

from content.svg import Point, Sector, point_at, svg_number, tint_of_rank
from content.text import number_with_noun, shorten, wrap_text
from skills.proficiencies import GradedSkill

CENTER = Point(196, 152)
#: The radius at which the rings begin, and the one at which they end.
INNER_RADIUS, OUTER_RADIUS = 28, 106
#: The gap between two groups in radians.
GROUP_GAP = 0.11
#: Skills without a group are together under this name.
OTHER_SKILLS = "Other skills"
#: The gaps between groups take at most this part of the circle.
MAX_GAP_SHARE = 0.2
#: The space at each side of a spoke in radians, and the most that it takes of the spoke.
SPOKE_MARGIN, MAX_MARGIN_SHARE = 0.012, 0.12
#: The space between two rings.
RING_MARGIN = 1.0
#: The CSS class and the width of the arc at the required proficiency.
REQUIRED_MARK, MARK_WIDTH = "required", 2.5
#: With more skills a spoke is one bar, without a cell for each proficiency, so that the page stays
#: small.
MAX_SKILLS_WITH_CELLS = 60
#: The distance of the names of groups from the wheel, and that of their numbers.
NAME_DISTANCE, NUMBER_DISTANCE = 11.0, 14.0
#: The letters of a line of a name, the most lines, the height of a line and the width of a letter.
NAME_LETTERS, MAX_NAME_LINES, LINE_HEIGHT, LETTER_WIDTH = 14, 3, 15.0, 7.4
#: The width of a picture with names: the least, so that a wheel with short names is not larger than
#: others, and the most, so that names are at least 11 px high on a phone.
MIN_WIDTH, MAX_WIDTH = 392.0, 420.0
#: The space that numbers need around the wheel.
NUMBER_SPACE = 24.0
#: How much lower the base line of a name is than its point: at the side of the wheel, and by how
#: much more at the bottom and less at the top.
BASE_LINE, BASE_LINE_CHANGE = 4.3, 3.4
#: Names nearer than this to the vertical axis, as a sine, are centered.
CENTERED_SINE = 0.35
#: How many skills the sentence for screen readers names.
MAX_SKILLS_NAMED = 3


@dataclass(frozen=True)
class Spoke:
    """One skill of the wheel."""

    title: str
    group: str
    #: The number of rings, and how many of them are filled; None if no proficiency is stated.
    ring_count: int
    filled: int | None
    #: The ring up to which a level requires it, in a wheel of a person's own skills; 0 if it does
    #: not state one, None in other wheels.
    required: int | None = None

    @property
    def strength(self) -> float:
        """The part of its rings that is filled, or required, so that answers do not move it."""
        rank = self.filled if self.required is None else self.required
        return (rank or 0) / self.ring_count


@dataclass(frozen=True)
class TintedPath:
    """All cells of one look as one path; the look is a CSS class."""

    css_class: str
    path: str


@dataclass(frozen=True)
class NameLine:
    """One line of the name of a group with its base line."""

    text: str
    y: str


@dataclass(frozen=True)
class GroupName:
    """The name of a group beside the wheel, and its number for narrow wheels."""

    title: str
    number: str
    anchor: str
    x: str
    lines: Sequence[NameLine]
    number_x: str
    number_y: str
    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: "GroupName") -> bool:
        """Whether this name covers a part of another."""
        is_beside = self.right <= other.left or other.right <= self.left
        is_above = self.bottom <= other.top or other.bottom <= self.top
        return not is_beside and not is_above


class SkillWheel:
    """The wheel of these spokes.

    :param spokes: the skills by group, in the order of the groups.
    :param subject: whose wheel it is, e.g. ``Product TPM``.
    """

    def __init__(self, spokes: Sequence[Spoke], subject: str) -> None:
        self.subject = subject
        by_group: dict[str, list[Spoke]] = {}
        for spoke in spokes:
            by_group.setdefault(spoke.group, []).append(spoke)
        for group_spokes in by_group.values():
            group_spokes.sort(key=attrgetter("strength"), reverse=True)
        self._by_group = by_group
        self._count = len(spokes)

    def __bool__(self) -> bool:
        return self._count > 0

    @cached_property
    def paths(self) -> list[TintedPath]:
        """The cells, those of one look in one path."""
        cells: dict[str, list[str]] = {}
        for spoke, sector in self._spoke_sectors:
            for css_class, path in self._cells(spoke, sector):
                cells.setdefault(css_class, []).append(path)
            if spoke.required:
                radius = self._radius(spoke.required, spoke.ring_count)
                mark = sector.cell_path(radius - MARK_WIDTH, radius)
                cells.setdefault(REQUIRED_MARK, []).append(mark)
        order = sorted(cells, key=_drawing_order)
        return [TintedPath(css_class, "".join(cells[css_class])) for css_class in order]

    @cached_property
    def names(self) -> list[GroupName]:
        """The names of the groups around the wheel."""
        names = []
        for number, (title, angle) in enumerate(self._group_angles, 1):
            names.append(self._name(title, number, angle))
        return names

    @cached_property
    def is_numbered(self) -> bool:
        """Whether there are numbers around the wheel instead of names, which need more room."""
        if 2 * self._half_width > MAX_WIDTH:
            return True
        for index, name in enumerate(self.names):
            if len(name.lines) > MAX_NAME_LINES:
                return True
            if any(name.overlaps(other) for other in self.names[index + 1 :]):
                return True
        return False

    @cached_property
    def view_box(self) -> str:
        """The rectangle that the picture shows: the wheel, and names or numbers around it."""
        half_width = OUTER_RADIUS + 1.0
        top, bottom = CENTER.y - half_width, CENTER.y + half_width
        if self.is_numbered:
            half_width += NUMBER_SPACE
            top -= NUMBER_SPACE
            bottom += NUMBER_SPACE
        elif self.names:
            half_width = self._half_width
            top = min(top, *(name.top for name in self.names))
            bottom = max(bottom, *(name.bottom for name in self.names))
        corner = f"{svg_number(CENTER.x - half_width)} {svg_number(top)}"
        return f"{corner} {svg_number(2 * half_width)} {svg_number(bottom - top)}"

    @property
    def small_view_box(self) -> str:
        """The rectangle around the wheel itself, for a small picture without names."""
        width = 2 * OUTER_RADIUS
        return f"{CENTER.x - OUTER_RADIUS} {CENTER.y - OUTER_RADIUS} {width} {width}"

    @cached_property
    def _half_width(self) -> float:
        """The distance of the names from the middle, at the side where they are wider."""
        distances = [MIN_WIDTH / 2]
        for name in self.names:
            distances += [CENTER.x - name.left, name.right - CENTER.x]
        return max(distances)

    @cached_property
    def _gap(self) -> float:
        groups = max(len(self._by_group), 1)
        return min(GROUP_GAP, MAX_GAP_SHARE * math.tau / groups)

    @cached_property
    def spoke_angle(self) -> float:
        """The angle that each skill takes, with the space at its sides."""
        return (math.tau - len(self._by_group) * self._gap) / max(self._count, 1)

    @cached_property
    def _spoke_sectors(self) -> list[tuple[Spoke, Sector]]:
        margin = min(SPOKE_MARGIN, MAX_MARGIN_SHARE * self.spoke_angle)
        sectors = []
        angle = self._gap / 2
        for spokes in self._by_group.values():
            for spoke in spokes:
                end = angle + self.spoke_angle
                sectors.append((spoke, Sector(CENTER, angle + margin, end - margin)))
                angle = end
            angle += self._gap
        return sectors

    @property
    def _group_angles(self) -> list[tuple[str, float]]:
        """The groups with the angles of their middles."""
        angles = []
        start = self._gap / 2
        for title, spokes in self._by_group.items():
            end = start + self.spoke_angle * len(spokes)
            angles.append((title, (start + end) / 2))
            start = end + self._gap
        return angles

    def _radius(self, ring: int, ring_count: int) -> float:
        """The outer radius of a ring; rings count from 1."""
        return INNER_RADIUS + ring * (OUTER_RADIUS - INNER_RADIUS) / ring_count

    def _cells(self, spoke: Spoke, sector: Sector) -> list[tuple[str, str]]:
        """The cells of one spoke, each with its CSS class."""
        if spoke.filled is None:
            return [("open", sector.cell_path(INNER_RADIUS, OUTER_RADIUS))]
        tint = f"t{tint_of_rank(spoke.filled, spoke.ring_count)}"
        if self._count > MAX_SKILLS_WITH_CELLS:
            bar = self._cell(sector, spoke, tint, 0, spoke.filled)
            rest = self._cell(sector, spoke, "t0", spoke.filled, spoke.ring_count)
            return [bar, rest] if spoke.filled < spoke.ring_count else [bar]
        cells = []
        for ring in range(1, spoke.ring_count + 1):
            css_class = tint if ring <= spoke.filled else "t0"
            if spoke.filled < ring <= (spoke.required or 0):
                css_class = "missing"
            cells.append(self._cell(sector, spoke, css_class, ring - 1, ring))
        return cells

    def _cell(
        self, sector: Sector, spoke: Spoke, css_class: str, first: int, last: int
    ) -> tuple[str, str]:
        inner = self._radius(first, spoke.ring_count) + RING_MARGIN
        return css_class, sector.cell_path(inner, self._radius(last, spoke.ring_count))

    def _name(self, title: str, number: int, angle: float) -> GroupName:
        point = point_at(CENTER, OUTER_RADIUS + NAME_DISTANCE, angle)
        texts = wrap_text(title, NAME_LETTERS)
        # At the top the last line is beside the wheel, at the bottom the first.
        above = LINE_HEIGHT * (len(texts) - 1) * (1 + math.cos(angle)) / 2
        first_y = point.y + BASE_LINE - BASE_LINE_CHANGE * math.cos(angle) - above
        lines = []
        for index, text in enumerate(texts):
            lines.append(NameLine(text, svg_number(first_y + LINE_HEIGHT * index)))
        width = LETTER_WIDTH * max(map(len, texts), default=0)
        anchor = _anchor(angle)
        left = point.x - {"begin": 0.0, "mid": width / 2, "end": width}[anchor]
        number_point = point_at(CENTER, OUTER_RADIUS + NUMBER_DISTANCE, angle)
        return GroupName(
            title=title,
            number=str(number),
            anchor=anchor,
            x=svg_number(point.x),
            lines=lines,
            number_x=svg_number(number_point.x),
            number_y=svg_number(number_point.y + BASE_LINE + 1),
            left=left,
            top=first_y - LINE_HEIGHT + BASE_LINE,
            right=left + width,
            bottom=first_y + LINE_HEIGHT * (len(texts) - 1) + BASE_LINE,
        )

    @property
    def sentence(self) -> str:
        """The strongest skills, for people who do not see the picture."""
        skills = number_with_noun(self._count, "skill")
        groups = number_with_noun(len(self._by_group), "group")
        beginning = f"Skill wheel of {self.subject}: {skills} in {groups}."
        graded = [spoke for spoke, _ in self._spoke_sectors if spoke.filled]
        if not graded:
            return beginning
        highest = max(spoke.strength for spoke in graded)
        titles = [spoke.title for spoke in graded if spoke.strength == highest]
        named = _names(titles)
        return f"{beginning} The longest bars: {named}."


def required_wheel(requirements: Iterable[GradedSkill], subject: str) -> SkillWheel:
    """The wheel of what a role or a level requires. No query.

    :param requirements: with `rank` and `scale_length` and the groups of the skills, in the order
        of the groups, such as `RolePage.requirements` and `LevelPage.required_skills`.
    :param subject: the title of the role or level.
    """
    spokes = []
    for row in requirements:
        spokes.append(_spoke(row))
    return SkillWheel(spokes, subject)


def _spoke(row: GradedSkill) -> Spoke:
    group = row.skill.group
    ring_count = max(row.scale_length or 1, row.rank or 0)
    title = group.title if group else OTHER_SKILLS
    return Spoke(row.skill.title, title, ring_count, row.rank)


def _drawing_order(css_class: str) -> tuple[bool, str]:
    """Marks are drawn last, so that no cell covers them."""
    return css_class == REQUIRED_MARK, css_class


def _anchor(angle: float) -> str:
    """On which side of its point a name is: a CSS class that sets `text-anchor`."""
    sine = math.sin(angle)
    if abs(sine) < CENTERED_SINE:
        return "mid"
    return "begin" if sine > 0 else "end"


def _names(titles: Sequence[str]) -> str:
    """The first titles, and how many others there are."""
    named = [shorten(title, 80) for title in titles[:MAX_SKILLS_NAMED]]
    more = len(titles) - len(named)
    if more:
        named.append(f"{more} more")
    if len(named) == 1:
        return named[0]
    return f"{', '.join(named[:-1])} and {named[-1]}"
