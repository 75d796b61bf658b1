"""The order of the levels of a ladder: which level is below which, and which includes which.

A ladder may branch and rejoin, so the level below another one is found by the moves between levels
and only without such a move by position.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from operator import itemgetter

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
    rows = Level.objects.filter(Level.shown_on_q([ladder]), ladder=ladder)
    levels = list(rows.select_related("band", "band_to"))
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

    The level below is the level where the promotion starts, the nearest one if there are several;
    for the first level of a track the level where the change of track starts; otherwise the
    previous level of the same track, the first one if several have its position. Of levels with the
    same position, none is below the other; position 0 is that of levels without one, which follow
    each other. A level without a stated track continues that of the individual contributors, or
    that of the managers if no level is an individual contributor's and the lowest is a manager's.
    Moves that do not lead upward are ignored, so that a loop of moves cannot make the
    order endless.

    :param levels: the levels of one ladder by position.
    :param moves: moves between levels; those of other ladders are ignored.
    """

    def __init__(self, levels: Sequence[Level], moves: Iterable[LevelMove]) -> None:
        self.levels = levels
        #: The level right below each level, by primary key. It comes earlier in `levels`.
        self.below: dict[int, Level] = {}
        #: The track of each level, by primary key.
        self.tracks = _tracks(levels)
        #: Whether there are levels of several tracks, so that pages name the track.
        self.has_tracks = len(set(self.tracks.values())) > 1
        self._apply_positions()
        self._apply_moves(moves)
        #: The levels right above each level, by primary key; those above none are under None.
        self.above: defaultdict[int | None, list[Level]] = defaultdict(list)
        for level in levels:
            lower = self.below.get(level.pk)
            self.above[lower.pk if lower else None].append(level)

    def _apply_positions(self) -> None:
        """Put each level above the previous position of its track."""
        previous: dict[str, Level] = {}
        for level in self.levels:
            track = self.tracks[level.pk]
            lower = previous.get(track)
            if lower and level.position and level.position == lower.position:
                lower = self.below.get(lower.pk)
            else:
                previous[track] = level
            if lower:
                self.below[level.pk] = lower

    def _apply_moves(self, moves: Iterable[LevelMove]) -> None:
        """Let promotions, and changes to a track that begins there, decide what is below."""
        by_id = {level.pk: level for level in self.levels}
        first_of_track = by_id.keys() - self.below.keys()
        upward: list[tuple[bool, int, int, Level]] = []
        for move in moves:
            lower, upper = by_id.get(move.from_level_id), by_id.get(move.to_level_id)
            if lower is None or upper is None or lower.position >= upper.position:
                continue
            is_promotion = move.kind == LevelMove.Kind.PROMOTION
            begins_track = move.kind == LevelMove.Kind.TRACK_CHANGE and upper.pk in first_of_track
            if is_promotion or begins_track:
                upward.append((is_promotion, lower.position, upper.pk, lower))
        # Promotions come after changes of track, and the nearest start comes last.
        for _, _, upper_id, lower in sorted(upward, key=itemgetter(0, 1)):
            self.below[upper_id] = lower

    def included(self, level: Level) -> list[Level]:
        """Return the level and those below it whose requirements hold for it too, top first."""
        included = [level]
        while level.cumulative and level.pk in self.below:
            level = self.below[level.pk]
            included.append(level)
        return included

    def up_to(self, level: Level) -> list[Level]:
        """Return the level and all below it, top first."""
        levels = [level]
        while levels[-1].pk in self.below:
            levels.append(self.below[levels[-1].pk])
        return levels

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

        Of the levels right above a level, those of its own track come last, and of these the ones
        with further levels above.
        """
        from_bottom: list[Level] = []
        pending = self.above[None][::-1]
        while pending:
            level = pending.pop()
            from_bottom.append(level)
            pending += reversed(self._branches_first(level))
        return from_bottom[::-1]

    def _branches_first(self, level: Level) -> list[Level]:
        """The levels right above a level, those that continue its track last."""

        def continues_track(upper: Level) -> tuple[bool, bool]:
            is_same_track = self.tracks[upper.pk] == self.tracks[level.pk]
            return is_same_track, bool(self.above[upper.pk])

        return sorted(self.above[level.pk], key=continues_track)


def _tracks(levels: Sequence[Level]) -> dict[int, str]:
    """The track of each level, by primary key; see `LevelOrder` on those that state none."""
    stated = [level.track for level in levels]
    default = Level.Track.INDIVIDUAL
    if default not in stated and stated[:1] == [Level.Track.MANAGER]:
        default = Level.Track.MANAGER
    return {level.pk: level.track or default for level in levels}
