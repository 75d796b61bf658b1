"""Proposes the questions to ask in which round, so little time tests much of what a level needs.

The method is a greedy choice, improved by local search: one or two chosen questions are taken out
and the room filled anew, by what a question adds and by what it adds a minute, as long as the whole
gets better. To find the best choice surely would mean to solve a knapsack problem over sets for
several sacks; `tests/hiring/test_proposal.py` compares it with an exhaustive search.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

#: What it is worth to test a need once as high as the level asks, once too low, and a second time.
ENOUGH, TOO_LOW, AGAIN = 10, 4, 2
ESSENTIAL, DESIRABLE = 6, 1
#: Ways to take questions out that are tried in all; it bounds the time where there is no end of
#: small gains.
TRIES = 200


@dataclass(frozen=True)
class Candidate:
    """A question that may be asked."""

    key: Hashable
    minutes: int
    #: Of what the level needs, the places of what it tests; each with whether the question asks as
    #: much as the level.
    tests: tuple[tuple[int, bool], ...]


class Proposal:
    """Questions in rounds, and how often each need is tested: high enough, and too low."""

    def __init__(self, weights: Sequence[int], rooms: Sequence[int]) -> None:
        """
        :param weights: what each need counts, `ESSENTIAL` or `DESIRABLE`.
        :param rooms: minutes for questions in each round.
        """
        self.rounds: list[list[Candidate]] = [[] for _ in rooms]
        self._weights = weights
        self._rooms = list(rooms)
        self._enough = [0] * len(weights)
        self._low = [0] * len(weights)

    @property
    def value(self) -> int:
        """What it is worth in all."""
        rows = zip(self._weights, self._enough, self._low, strict=True)
        return sum(weight * worth(enough, low) for weight, enough, low in rows)

    @property
    def chosen(self) -> list[tuple[int, Candidate]]:
        """Each question with the place of its round."""
        return [(place, each) for place, asked in enumerate(self.rounds) for each in asked]

    def gain(self, candidate: Candidate) -> int:
        """What is added by asking this too."""
        total = 0
        for need, is_enough in candidate.tests:
            enough, low = self._enough[need], self._low[need]
            after = worth(enough + is_enough, low + (not is_enough))
            total += self._weights[need] * (after - worth(enough, low))
        return total

    def put(self, place: int, candidate: Candidate) -> None:
        """Ask it in this round."""
        self.rounds[place].append(candidate)
        self._count(place, candidate, 1)

    def take(self, place: int, candidate: Candidate) -> None:
        """Do not ask it in this round after all."""
        self.rounds[place].remove(candidate)
        self._count(place, candidate, -1)

    def fill(self, candidates: Iterable[Candidate], *, a_minute: bool) -> None:
        """Add what gains most, by itself or by the minute, while anything does and has room."""
        asked = {each.key for _, each in self.chosen}
        left = [each for each in candidates if each.key not in asked]
        while fitting := [
            (self.gain(each), each) for each in left if each.minutes <= max(self._rooms, default=0)
        ]:
            gain, best = max(
                fitting,
                key=lambda row: (row[0] / row[1].minutes if a_minute else row[0], -row[1].minutes),
            )
            if not gain:
                return
            # The fullest round that has room keeps the others open for longer questions.
            self.put(
                min(
                    (room, place) for place, room in enumerate(self._rooms) if room >= best.minutes
                )[1],
                best,
            )
            left = [each for gain, each in fitting if gain and each is not best]

    def copy(self) -> "Proposal":
        """One to change freely."""
        other = Proposal(self._weights, self._rooms)
        other.rounds = [list(asked) for asked in self.rounds]
        other._enough, other._low = list(self._enough), list(self._low)
        return other

    def _count(self, place: int, candidate: Candidate, step: int) -> None:
        self._rooms[place] -= step * candidate.minutes
        for need, is_enough in candidate.tests:
            counts = self._enough if is_enough else self._low
            counts[need] += step


def worth(enough: int, low: int) -> int:
    """What it is worth to test one need so often, high enough and too low.

    More than twice adds nothing.
    """
    return (ENOUGH if enough else TOO_LOW if low else 0) + (AGAIN if enough + low > 1 else 0)


def propose(
    candidates: Sequence[Candidate], weights: Sequence[int], rooms: Sequence[int]
) -> Proposal:
    """The best that the search finds.

    Each question is asked once at most, and takes a minute at least.

    :param candidates: in the order in which they are preferred where it makes no difference.
    """
    useful = [each for each in candidates if each.tests]
    best = max(
        (_filled(Proposal(weights, rooms), useful, a_minute) for a_minute in (True, False)),
        key=_rank,
    )
    tries = TRIES
    while better := _better(best, useful, tries):
        best, used = better
        tries -= used
    return best


def _filled(proposal: Proposal, candidates: Sequence[Candidate], a_minute: bool) -> Proposal:
    proposal.fill(candidates, a_minute=a_minute)
    return proposal


def _rank(proposal: Proposal) -> tuple[int, int]:
    """More worth is better, then fewer minutes."""
    return proposal.value, -sum(each.minutes for _, each in proposal.chosen)


def _better(
    proposal: Proposal, candidates: Sequence[Candidate], tries: int
) -> tuple[Proposal, int] | None:
    """The first that is better with one or two questions out and the room filled anew.

    With it comes the number of tries.
    """
    used = 0
    for number in (1, 2):
        for out in combinations(proposal.chosen, number):
            for a_minute in (True, False):
                if used >= tries:
                    return None
                used += 1
                other = proposal.copy()
                for place, each in out:
                    other.take(place, each)
                gone = {each.key for _, each in out} if number == 1 else set()
                other.fill((each for each in candidates if each.key not in gone), a_minute=a_minute)
                if _rank(other) > _rank(proposal):
                    return other, used
    return None
