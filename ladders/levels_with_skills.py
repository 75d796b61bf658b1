"""The levels that require skills, which one can interview for, practice for and assess oneself by.

Other levels of a band are replaced by the reference level of that band.
"""

from collections.abc import Iterable
from itertools import groupby
from operator import attrgetter
from typing import Self

from django.db.models import Exists, OuterRef

from ladders.level_order import LevelOrder, load_with_moves
from ladders.models import Level, LevelQuerySet, LevelRequirement, Relation


class LevelsBySkills:
    """Levels of which it is known whether they require public skills. One query.

    :param levels: all public levels of some ladders, ladder by ladder from the bottom up.
    """

    def __init__(self, levels: LevelQuerySet) -> None:
        requirements = LevelRequirement.objects.filter(level=OuterRef("pk")).published()
        self.levels, moves = load_with_moves(levels.annotate(states_skills=Exists(requirements)))
        stating = {level.pk for level in self.levels if level.states_skills}
        #: Those that require skills, inherited requirements included.
        self.with_skills: list[Level] = []
        for _, levels_of_ladder in groupby(self.levels, key=attrgetter("ladder_id")):
            order = LevelOrder(list(levels_of_ladder), moves)
            self.with_skills += [level for level in order.levels if order.source(level, stating)]

    @classmethod
    def comparable(cls, keys: Iterable[str] = ()) -> Self:
        """The public levels of the portal's own ladders and some others.

        :param keys: keys of levels whose ladders are included.
        """
        return cls(Level.objects.published().comparable(keys))


def reference_levels(levels: Iterable[Level]) -> dict[int, Level]:
    """Read the best public reference level of the same band for each of these levels.

    The result is by primary key and has no entry for a level without such a reference level. Only
    reference levels that require skills count. One of the same track is best, then one that
    defines the band. One query.
    """
    references = Level.objects.comparable().filter(
        ladder__organization="", ladder__collection__is_home=True
    )
    by_band: dict[int, list[Level]] = {}
    for reference in LevelsBySkills(references).with_skills:
        if reference.band_id:
            by_band.setdefault(reference.band_id, []).append(reference)
    best: dict[int, Level] = {}
    for level in levels:
        if level.band_id in by_band:
            best[level.pk] = _best_reference(level, by_band[level.band_id])
    return best


def reference_level(level: Level) -> Level | None:
    """Read the best public reference level of the same band, if there is one. One query."""
    return reference_levels([level]).get(level.pk)


def _best_reference(level: Level, references: Iterable[Level]) -> Level:
    def fitness(reference: Level) -> tuple[bool, bool]:
        return reference.is_managers == level.is_managers, reference.band_relation == Relation.EXACT

    return max(references, key=fitness)
