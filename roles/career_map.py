"""The roles as a picture.

It has where people come in from at the left, the roles by family, and the moves between them.

All measures are in units of the picture, which a browser shows as CSS pixels.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby

from content.wrapped_lines import wrapped_lines
from roles.comparison import is_higher, needs_of
from roles.models import (
    Role,
    RoleFamily,
    RoleMove,
    SkillRequirement,
    is_required,
    word_for_required,
)
from skills.models import Skill

ROW, HEADING = 32, 40
#: Where origins end, and roles begin and end.
ORIGIN_END, ROLE_START, ROLE_END = 275, 420, 714
WIDTH = 1100
#: How far a move swings out to the right: at the least, for every unit between its ends, and at the
#: most.
LEAST_SWING, SWING, MOST_SWING = 40, 0.75, 500
#: Between the lines that leave a role and those that reach it.
APART = 5
#: How many letters have room in a line of a box, and in a line of an origin; and how far apart two
#: such lines are.
BOX_LETTERS, LETTERS, LEADING = 30, 33, 16
#: A box of one line, and how far its words stand from its left side.
BOX_HEIGHT, INDENT = 26, 12

Needs = Mapping[Skill, SkillRequirement]


@dataclass(frozen=True)
class Spot:
    """A role, or a place outside, in the picture."""

    title: str
    y: float
    role: Role | None = None

    @property
    def lines(self) -> list[tuple[str, float]]:
        """The whole title in lines, each with the height of its middle."""
        lines = wrapped_lines(self.title, BOX_LETTERS if self.role else LETTERS)
        return [
            (line, self.y + LEADING * (place - (len(lines) - 1) / 2))
            for place, line in enumerate(lines)
        ]

    @property
    def box(self) -> tuple[float, float]:
        """Where the box of a role begins, and how high it is."""
        height = BOX_HEIGHT + LEADING * (len(self.lines) - 1)
        return self.y - height / 2, height

    @property
    def height(self) -> float:
        """How much of the height of the picture it takes."""
        return ROW + LEADING * (len(self.lines) - 1)


@dataclass(frozen=True)
class Line:
    """One move as a curve."""

    move: RoleMove
    path: str


@dataclass(frozen=True)
class Cost:
    """What a move takes in skills.

    Those are what the role left does not need, and what is needed at a higher step.
    """

    move: RoleMove
    fresh: Sequence[Skill]
    higher: Sequence[Skill]
    #: What `fresh` is where it is all that a role outside needs.
    needed: str
    #: Whether the roles at both ends name their skills.
    is_known: bool


class CareerMap:
    """Roles and the moves to and between them. One query more, for what the roles need."""

    def __init__(self, roles: Sequence[Role], moves: Iterable[RoleMove]) -> None:
        """
        :param roles: in the order of their families.
        :param moves: whose visibility is checked; those that leave the picture are left out.
        """
        shown = {role.pk for role in roles}
        self.roles = roles
        self.moves = [
            move
            for move in moves
            if move.to_role_id in shown and move.from_role_id in {*shown, None}
        ]

    @cached_property
    def families(self) -> list[tuple[RoleFamily | None, float, list[Spot]]]:
        """Each family with the height of its heading, and its roles."""
        found, y = [], 0.0
        for family, roles in groupby(self.roles, key=lambda role: role.family):
            heading, y = y + HEADING / 2, y + HEADING
            spots = _below_each_other([Spot(role.title, 0, role) for role in roles], y)
            found.append((family, heading, spots))
            y += sum(spot.height for spot in spots)
        return found

    @cached_property
    def origins(self) -> list[Spot]:
        """Where people come from outside, over the whole height."""
        spots = self._unplaced_origins
        spare = self.height - sum(spot.height for spot in spots)
        return _below_each_other(spots, 0, spare / max(len(spots), 1))

    @cached_property
    def height(self) -> float:
        """How high the picture is, with room for every origin."""
        families = HEADING * len(self.families) + sum(spot.height for spot in self._spots.values())
        return max(families, sum(spot.height for spot in self._unplaced_origins))

    @property
    def measures(self) -> dict[str, int]:
        """Where things stand in it, across."""
        box = {"role": ROLE_START, "box": ROLE_END - ROLE_START, "label": ROLE_START + INDENT}
        return {"width": WIDTH, "origin": ORIGIN_END} | box

    @property
    def leaving(self) -> list[tuple[Spot, str, list[Line]]]:
        """Every spot with where it links to, and the moves that leave it."""
        return [
            (spot, self._link(spot), list(self._lines(spot)))
            for spot in [*self.origins, *self._spots.values()]
        ]

    @property
    def costs(self) -> list[tuple[Role, list[Cost]]]:
        """The moves to each role that some lead to, with what each takes. One query."""
        needs = needs_of(self.roles)
        found = {
            role: [_cost(move, needs) for move in self.moves if move.to_role_id == role.pk]
            for role in self.roles
        }
        return [(role, costs) for role, costs in found.items() if costs]

    @property
    def _entries(self) -> list[RoleMove]:
        """From outside, in the order of the roles that they lead to, so that few lines cross."""
        order = {role.pk: place for place, role in enumerate(self.roles)}
        return sorted(
            (move for move in self.moves if move.origin), key=lambda move: order[move.to_role_id]
        )

    @cached_property
    def _unplaced_origins(self) -> list[Spot]:
        names = dict.fromkeys(move.origin for move in self._entries)
        return [Spot(name, 0) for name in names]

    @cached_property
    def _spots(self) -> dict[int, Spot]:
        return {spot.role.pk: spot for _, _, spots in self.families for spot in spots if spot.role}

    def _link(self, spot: Spot) -> str:
        """To the list of moves that lead to a role, or to the role itself if none does."""
        if spot.role is None:
            return ""
        is_reached = any(move.to_role_id == spot.role.pk for move in self.moves)
        return f"#to-{spot.role.slug}" if is_reached else spot.role.get_absolute_url()

    def _lines(self, spot: Spot) -> Iterator[Line]:
        for move in self.moves:
            target = self._spots[move.to_role_id].y
            if spot.role and move.from_role_id == spot.role.pk:
                yield Line(move, _swing(spot.y, target))
            elif not spot.role and move.origin == spot.title:
                yield Line(move, _entry(spot.y, target))


def _below_each_other(spots: Iterable[Spot], top: float, spare: float = 0) -> list[Spot]:
    """The spots in a column.

    :param spare: the space that each gets beyond its own height.
    """
    placed = []
    for spot in spots:
        room = spot.height + spare
        placed.append(replace(spot, y=top + room / 2))
        top += room
    return placed


def _entry(start: float, end: float) -> str:
    """From an origin to a role at its right."""
    middle = (ORIGIN_END + ROLE_START) / 2
    return (
        f"M{ORIGIN_END + 8} {start:g}C{middle:g} {start:g} {middle:g} {end:g} {ROLE_START - 12} "
        f"{end:g}"
    )


def _swing(start: float, end: float) -> str:
    """From one role to another, out to the right and back.

    Upwards a little wider than downwards.
    """
    down = 1 if end > start else -1
    out = ROLE_END + min(
        LEAST_SWING + SWING * abs(end - start) + (8 if down < 0 else 0), MOST_SWING
    )
    leave, reach = start + APART * down, end - APART * down
    return f"M{ROLE_END} {leave:g}C{out:g} {leave:g} {out:g} {reach:g} {ROLE_END + 8} {reach:g}"


def _cost(move: RoleMove, needs: Mapping[int, Needs]) -> Cost:
    """From outside nothing is known to be there, so that all required skills are new.

    Between two roles, one of which names no skills, nothing is known of what the move takes.
    """
    before: Needs = needs.get(move.from_role_id, {}) if move.from_role_id else {}
    wanted = needs.get(move.to_role_id, {})
    if not wanted or (move.from_role_id and not before):
        return Cost(move, [], [], "", is_known=False)
    after = {
        skill: need
        for skill, need in wanted.items()
        if move.from_role_id or is_required(need.importance)
    }
    fresh = [skill for skill in after if skill not in before]
    higher = [
        skill for skill, need in after.items() if skill in before and is_higher(need, before[skill])
    ]
    needed = word_for_required(need.importance for need in after.values())
    return Cost(move, fresh, higher, needed, is_known=True)
