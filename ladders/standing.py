"""Which level stands on which: by the steps between them, else by their order.

From that follows what holds at a level.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from django.db.models import Q, QuerySet

from ladders.models import Expectation, Ladder, Level, LevelMove, mark_shared_codes

LADDERS_OF_ENDS = ["from_level__ladder__collection", "to_level__ladder__collection"]
#: What the link to a level is made of.
NAMES_OF_ENDS = [
    f"{end}__{name}"
    for end in ("from_level", "to_level")
    for name in (
        "title",
        "code",
        "slug",
        "ladder__slug",
        "ladder__collection__slug",
        "ladder__collection__is_home",
    )
]
#: Skill, group and text of an expectation.
Statement = tuple[int | None, int | None, str]
STEP_UP: dict[str, int] = {LevelMove.Kind.PROMOTION: 0, LevelMove.Kind.TRACK_CHANGE: 1}


def levels_of(ladder: Ladder) -> list[Level]:
    """The levels of a ladder whose visibility is checked, each with this very ladder at hand."""
    rows = Level.objects.filter(ladder=ladder).shown_on(ladder)
    levels = list(rows.select_related(None).select_related("band", "band_to"))
    for level in levels:
        level.ladder = ladder
    mark_shared_codes(levels)
    return levels


def moves_between(levels: Sequence[Level]) -> QuerySet[LevelMove]:
    """Steps from one of these levels to another, whose visibility is checked."""
    return LevelMove.objects.filter(from_level__in=levels, to_level__in=levels)


def moves_of(levels: Sequence[Level]) -> list[LevelMove]:
    """Steps that start or end at one of these levels, whose visibility is checked.

    The other end is public.
    """
    starts, ends = Q(from_level__in=levels), Q(to_level__in=levels)
    moves = LevelMove.objects.filter(starts | ends).filter(
        starts | Level.shown_on_q(levels, "from_level__"),
        ends | Level.shown_on_q(levels, "to_level__"),
    )
    at_hand = {level.pk: level for level in levels}
    named = moves.select_related(*LADDERS_OF_ENDS).only("kind", "text", *NAMES_OF_ENDS)
    return [_with_ends(move, at_hand) for move in named]


def _with_ends(move: LevelMove, at_hand: dict[int, Level]) -> LevelMove:
    """The move with the levels at hand in place of its ends.

    Of a level of another ladder it has the name alone.
    """
    move.from_level = at_hand.get(move.from_level_id, move.from_level)
    move.to_level = at_hand.get(move.to_level_id, move.to_level)
    return move


def levels_below(levels: Sequence[Level], moves: Iterable[LevelMove]) -> dict[int, Level]:
    """The level each level is measured against.

    It is where its promotion starts, else the next lower of its track.

    Of several promotions the shortest counts. Only lower positions count, so that a loop of moves
    cannot make the ladder endless.
    """
    by_key = {level.pk: level for level in levels}
    below = _next_lower(levels)
    steps = [
        move
        for move in moves
        if move.kind in STEP_UP and {move.from_level_id, move.to_level_id} <= by_key.keys()
    ]
    for move in sorted(
        steps, key=lambda move: (-STEP_UP[move.kind], by_key[move.from_level_id].position)
    ):
        lower, upper = by_key[move.from_level_id], by_key[move.to_level_id]
        if lower.position < upper.position and (
            move.kind == LevelMove.Kind.PROMOTION or _starts_track(upper, levels)
        ):
            below[upper.pk] = lower
    return below


def _next_lower(levels: Iterable[Level]) -> dict[int, Level]:
    last: dict[str, Level] = {}
    below = {}
    for level in levels:
        if level.track in last:
            below[level.pk] = last[level.track]
        last[level.track] = level
    return below


def _starts_track(level: Level, levels: Iterable[Level]) -> bool:
    return not any(
        other.track == level.track and other.position < level.position for other in levels
    )


def included(level: Level, below: Mapping[int, Level]) -> list[Level]:
    """The level, and from the top down those below whose demands hold there too.

    :param below: the level that each level stands on, by key.
    """
    chain = [level]
    while chain[-1].cumulative and (lower := below.get(chain[-1].pk)):
        chain.append(lower)
    return chain


def without_repeats(expectations: Iterable[Expectation]) -> Iterator[Expectation]:
    """These expectations but for those that another level says in the same words.

    :param expectations: of a level and of those it includes, the level itself first. What it says
        under the same heading as a level below counts as its own.
    """
    stated_at: dict[Statement, int] = {}
    for row in expectations:
        statement = (row.skill_id, row.group_id, row.text)
        if stated_at.setdefault(statement, row.level_id) == row.level_id:
            yield row


def where_stated(
    level: Level, below: Mapping[int, Level], states: Callable[[Level], bool]
) -> Level | None:
    """The level that states what holds at `level`.

    It is itself, or the next below as far as each includes what is below.

    :param below: the level that each level stands on, by key.
    :param states: whether a level states it itself.
    """
    at: Level | None = level
    while at and not states(at):
        at = below.get(at.pk) if at.cumulative else None
    return at
