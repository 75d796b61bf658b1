"""Where on the ladders one skill is needed, levels that include what is below them among them."""

from collections.abc import Iterable
from copy import copy
from itertools import groupby

from django.db.models import F

from ladders.models import Level, LevelMove, LevelRequirement
from ladders.standing import levels_below, where_stated
from skills.models import Skill
from skills.steps import steps


def levels_needing(skill: Skill) -> list[LevelRequirement]:
    """What each public level needs of this skill, ladder by ladder from the bottom up. Two queries.

    A level that takes it over from a level below has a row too, which is not stored.
    """
    needing = LevelRequirement.objects.filter(skill=skill).shown_on(skill)
    own = {
        row.level_id: row
        for row in needing.select_related("proficiency").annotate(**steps()).order_by()
    }
    levels, moves = _ladders_of(own, skill)
    found = []
    for _, rungs in groupby(levels, key=lambda level: level.ladder_id):
        ladder = list(rungs)
        below = levels_below(ladder, moves)
        for level in ladder:
            if at := where_stated(level, below, lambda level: level.pk in own):
                found.append(_at(level, own[at.pk], is_inherited=at is not level))
    return found


def _ladders_of(keys: Iterable[int], skill: Skill) -> tuple[list[Level], list[LevelMove]]:
    """The levels of the ladders that these levels belong to, and the steps up.

    They are as the page of the skill shows them.
    """
    ladders = Level.objects.filter(pk__in=list(keys)).values("ladder")
    rows = Level.objects.filter(ladder__in=ladders).shown_on(skill)
    rows = rows.annotate(start=F("moves_in__from_level"), step=F("moves_in__kind"))
    rows = rows.order_by("ladder__position", "ladder__title", "ladder", "position", "id")
    levels = {row.pk: row for row in rows}
    moves = [
        LevelMove(from_level_id=row.start, to_level=row, kind=row.step) for row in rows if row.start
    ]
    return list(levels.values()), moves


def _at(level: Level, requirement: LevelRequirement, *, is_inherited: bool) -> LevelRequirement:
    row = copy(requirement)
    row.level = level
    row.is_inherited = is_inherited
    return row
