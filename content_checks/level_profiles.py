"""What the levels of a pack require, with what they inherit from the levels below."""

from content_checks.pack_rows import PackRow, PackRows
from ladders.level_order import LevelOrder
from ladders.models import Level, LevelMove


def level_profile(pack: PackRows, level: PackRow) -> list[PackRow]:
    """The requirements of the level, and those of levels below that it does not replace.

    See `ladders.requirements`.
    """
    by_skill: dict[str, PackRow] = {}
    for included in reversed(_included_levels(pack, level)):
        for requirement in included.children["level_requirements"]:
            by_skill[requirement.text("skill")] = requirement
    return list(by_skill.values())


def _included_levels(pack: PackRows, level: PackRow) -> list[PackRow]:
    """The level and those below it whose requirements hold for it too, top first."""
    rows = sorted(_levels_of_same_ladder(pack, level), key=lambda row: row.number("position"))
    levels = [_level(number, row) for number, row in enumerate(rows, start=1)]
    numbers = {row.key: number for number, row in enumerate(rows, start=1)}
    order = LevelOrder(levels, _moves(pack, numbers))
    included = order.included(levels[numbers[level.key] - 1])
    return [rows[lower.pk - 1] for lower in included]


def _levels_of_same_ladder(pack: PackRows, level: PackRow) -> list[PackRow]:
    return [row for row in pack["levels"] if row.parent is level.parent]


def _level(number: int, row: PackRow) -> Level:
    """A level that is not stored, as far as its place in the order needs it."""
    return Level(
        pk=number,
        position=row.number("position"),
        track=row.text("track"),
        cumulative=row.text("cumulative") == "true",
    )


def _moves(pack: PackRows, numbers: dict[str, int]) -> list[LevelMove]:
    """The moves between these levels, which are not stored either."""
    moves = []
    for row in pack["level_moves"]:
        start, end = numbers.get(row.text("from_level")), numbers.get(row.text("to_level"))
        if start and end:
            kind = row.text("kind") or LevelMove.Kind.PROMOTION
            moves.append(LevelMove(from_level_id=start, to_level_id=end, kind=kind))
    return moves
