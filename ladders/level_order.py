"""The order of the levels of a ladder: which level is below which, and which includes which.

A ladder may branch and rejoin, so the level below another one is found by the moves between levels
and only without such a move by position.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Sequence

from django.db.models import F, Q, QuerySet

from ladders.models import Ladder, Level, LevelMove, LevelQuerySet, mark_shared_codes

#: What a link to a level of another ladder needs.
LEVEL_FIELDS = (
    "title",
    "code",
    "slug",
    "ladder__slug",
    "ladder__collection__slug",
    "ladder__collection__is_home",
)


def load_levels(ladder: Ladder) -> list[Level]:
    """Read the levels of a ladder from the bottom up, with `ladder` as the ladder of each.

    :param ladder: a ladder whose visibility the caller has checked.
    """
    rows = Level.objects.filter(ladder=ladder).shown_on(ladder)
    levels = list(rows.select_related(None).select_related("band", "band_to"))
    for level in levels:
        level.ladder = ladder
    mark_shared_codes(levels)
    return levels


def moves_between(levels: Sequence[Level]) -> QuerySet[LevelMove]:
    """The moves from one of these levels to another.

    :param levels: levels whose visibility the caller has checked.
    """
    return LevelMove.objects.filter(from_level__in=levels, to_level__in=levels)


def load_moves(levels: Sequence[Level]) -> list[LevelMove]:
    """Read the moves that start or end at one of these levels and whose other end is public.

    The ends are the objects in `levels`; of levels of other ladders only the name is read.

    :param levels: levels whose visibility the caller has checked.
    """
    starts_here, ends_here = Q(from_level__in=levels), Q(to_level__in=levels)
    moves = LevelMove.objects.filter(starts_here | ends_here).filter(
        starts_here | Level.shown_on_q(levels, "from_level__"),
        ends_here | Level.shown_on_q(levels, "to_level__"),
    )
    rows = moves.select_related("from_level__ladder__collection", "to_level__ladder__collection")
    from_fields = [f"from_level__{field}" for field in LEVEL_FIELDS]
    to_fields = [f"to_level__{field}" for field in LEVEL_FIELDS]
    by_id = {level.pk: level for level in levels}
    loaded = []
    for move in rows.only("kind", "text", *from_fields, *to_fields):
        move.from_level = by_id.get(move.from_level_id, move.from_level)
        move.to_level = by_id.get(move.to_level_id, move.to_level)
        loaded.append(move)
    return loaded


def load_with_moves(levels: LevelQuerySet) -> tuple[list[Level], list[LevelMove]]:
    """Read levels in their order, and the moves to them. One query."""
    rows = levels.annotate(move_from=F("moves_in__from_level"), move_kind=F("moves_in__kind"))
    by_id: dict[int, Level] = {}
    moves = []
    for row in rows:
        by_id[row.pk] = row
        if row.move_from:
            moves.append(LevelMove(from_level_id=row.move_from, to_level=row, kind=row.move_kind))
    return list(by_id.values()), moves


class LevelOrder:
    """The levels of one ladder, the level below each, and what each level includes.

    :param levels: the levels of one ladder by position.
    :param moves: moves between levels; those of other ladders are ignored.
    """

    def __init__(self, levels: Sequence[Level], moves: Iterable[LevelMove]) -> None:
        self.levels = levels
        self.below = levels_below(levels, moves)
        #: Whether there are levels of several tracks, so that pages name the track.
        self.has_tracks = len({level.track for level in levels if level.track}) > 1

    def levels_above(self, level: Level) -> list[Level]:
        """Return the levels that have this level right below them."""
        return [upper for upper in self.levels if self.below.get(upper.pk) == level]

    def included(self, level: Level) -> list[Level]:
        """Return the level and those below it whose requirements hold for it too, top first."""
        included = [level]
        while level.cumulative and level.pk in self.below:
            level = self.below[level.pk]
            included.append(level)
        return included

    def source(self, level: Level, stating: Container[int]) -> Level | None:
        """Return the level that states what holds at `level`: itself, or one that it includes.

        :param stating: the primary keys of the levels that state it.
        """
        for candidate in self.included(level):
            if candidate.pk in stating:
                return candidate
        return None

    def from_top(self) -> list[Level]:
        """Return the levels from the top down, each branch whole and right above where it begins.

        Of the levels right above a level, those of its own track come last.
        """
        above: defaultdict[int | None, list[Level]] = defaultdict(list)
        for level in self.levels:
            lower = self.below.get(level.pk)
            above[lower.pk if lower else None].append(level)
        from_bottom: list[Level] = []
        pending = above[None][::-1]
        while pending:
            level = pending.pop()
            from_bottom.append(level)
            pending += reversed(_branches_first(above[level.pk], level.track))
        return from_bottom[::-1]


def _branches_first(levels: Iterable[Level], track: str) -> list[Level]:
    """The levels of other tracks, then those of this track."""
    return sorted(levels, key=lambda level: level.track == track)


def levels_below(levels: Sequence[Level], moves: Iterable[LevelMove]) -> dict[int, Level]:
    """Return the level right below each level, by primary key.

    It is the level where the promotion to it starts, the nearest one if there are several; for the
    first level of a track the level where the change of track starts; otherwise the previous level
    of the same track. Moves that do not lead upwards are ignored, so that a loop of moves cannot
    make the order endless.
    """
    previous = _previous_of_track(levels)
    below = dict(previous)
    upward = _upward_moves(moves, levels)
    for lower, upper, kind in upward:
        if kind == LevelMove.Kind.TRACK_CHANGE and upper.pk not in previous:
            below[upper.pk] = lower
    for lower, upper, kind in upward:
        if kind == LevelMove.Kind.PROMOTION:
            below[upper.pk] = lower
    return below


def _previous_of_track(levels: Iterable[Level]) -> dict[int, Level]:
    """The previous level of the same track, by primary key; the first ones have none."""
    last_of_track: dict[str, Level] = {}
    previous = {}
    for level in levels:
        if level.track in last_of_track:
            previous[level.pk] = last_of_track[level.track]
        last_of_track[level.track] = level
    return previous


def _upward_moves(
    moves: Iterable[LevelMove], levels: Iterable[Level]
) -> list[tuple[Level, Level, str]]:
    """Start, end and kind of the moves between these levels that lead to a higher position.

    The lowest start comes first.
    """
    by_id = {level.pk: level for level in levels}
    upward = []
    for move in moves:
        lower, upper = by_id.get(move.from_level_id), by_id.get(move.to_level_id)
        if lower and upper and lower.position < upper.position:
            upward.append((lower, upper, move.kind))
    return sorted(upward, key=_start_position)


def _start_position(move: tuple[Level, Level, str]) -> int:
    return move[0].position
