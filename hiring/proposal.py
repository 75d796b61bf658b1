"""Proposes which questions to ask in which round, so that little time tests much of a level.

The method is a greedy choice that is improved by local search: one or two chosen questions are
removed and the free time is filled again, as long as the whole gets better. Questions are added by
their gain or by their gain a minute. Finding the best choice for certain would mean solving a
knapsack problem over sets with several knapsacks; `tests/hiring/test_proposal.py` compares the
proposal with an exhaustive search.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, product, starmap
from operator import attrgetter, mul

#: The value of testing a requirement high enough, of testing it too low, and of a second test.
VALUE_HIGH_ENOUGH, VALUE_TOO_LOW, VALUE_SECOND_TEST = 10, 4, 2
#: The weights of requirements by their importance.
WEIGHT_ESSENTIAL, WEIGHT_EXPECTED, WEIGHT_HELPFUL = 6, 2, 1
#: How many variants of a proposal are tried in total. This limits the time if one small improvement
#: follows another.
MAX_VARIANTS = 200


@dataclass(frozen=True)
class Candidate:
    """A question that may be asked."""

    key: str
    minutes: int
    #: The indexes of the requirements that it tests, each with whether the question tests as much
    #: as the level requires.
    tests: tuple[tuple[int, bool], ...]


@dataclass(frozen=True)
class Choice:
    """A question in a round of a proposal."""

    round_index: int
    candidate: Candidate


class Proposal:
    """Questions in rounds, with a count of the tests of each requirement."""

    def __init__(self, weights: Sequence[int], round_minutes: Sequence[int]) -> None:
        """
        :param weights: of each requirement, one of the constants `WEIGHT_…`.
        :param round_minutes: the minutes for questions in each round.
        """
        self.rounds: list[list[Candidate]] = [[] for _ in round_minutes]
        self._weights = weights
        self._free_minutes = list(round_minutes)
        #: Of each requirement, the number of tests that are too low, and of those high enough.
        self._tests = [[0, 0] for _ in weights]

    @property
    def value(self) -> int:
        """The weighted value of all tests."""
        return sum(map(mul, self._weights, starmap(value_of_tests, self._tests)))

    @property
    def minutes(self) -> int:
        """The minutes of all its questions."""
        return sum(map(attrgetter("minutes"), chain.from_iterable(self.rounds)))

    @property
    def choices(self) -> list[Choice]:
        """All its questions, round by round."""
        choices = []
        for round_index, candidates in enumerate(self.rounds):
            choices += [Choice(round_index, candidate) for candidate in candidates]
        return choices

    def gain(self, candidate: Candidate) -> int:
        """How much the value would rise if this question were asked too."""
        total = 0
        for requirement, is_high_enough in candidate.tests:
            tests = list(self._tests[requirement])
            before = value_of_tests(*tests)
            tests[is_high_enough] += 1
            total += self._weights[requirement] * (value_of_tests(*tests) - before)
        return total

    def add(self, choice: Choice) -> None:
        """Ask this question in this round."""
        self.rounds[choice.round_index].append(choice.candidate)
        self._update_counts(choice, 1)

    def remove(self, choice: Choice) -> None:
        """Do not ask this question in this round any more."""
        self.rounds[choice.round_index].remove(choice.candidate)
        self._update_counts(choice, -1)

    def fill(self, candidates: Iterable[Candidate], *, per_minute: bool) -> None:
        """Add the question with the largest gain, again and again, while one gains and fits.

        :param per_minute: compare the gain a minute instead of the gain.
        """
        in_rounds = set(chain.from_iterable(self.rounds))
        remaining = [candidate for candidate in candidates if candidate not in in_rounds]
        while gains := self._positive_gains(remaining):
            best = _largest_gain(gains, per_minute)
            self.add(Choice(self._fullest_round_for(best), best))
            remaining = [candidate for _, candidate in gains]
            remaining.remove(best)

    def copy(self) -> "Proposal":
        """An independent copy."""
        other = Proposal(self._weights, self._free_minutes)
        other.rounds = list(map(list, self.rounds))
        other._tests = list(map(list, self._tests))
        return other

    def _positive_gains(self, candidates: Iterable[Candidate]) -> list[tuple[int, Candidate]]:
        """The gains of those candidates that gain anything and fit into a round."""
        most_minutes = max(self._free_minutes, default=0)
        gains = []
        for candidate in candidates:
            if candidate.minutes <= most_minutes and (gain := self.gain(candidate)):
                gains.append((gain, candidate))
        return gains

    def _fullest_round_for(self, candidate: Candidate) -> int:
        """The round with the least time that suffices, so that longer questions fit the others."""
        sufficient = []
        for round_index, minutes in enumerate(self._free_minutes):
            if minutes >= candidate.minutes:
                sufficient.append((minutes, round_index))
        return min(sufficient)[1]

    def _update_counts(self, choice: Choice, difference: int) -> None:
        self._free_minutes[choice.round_index] -= difference * choice.candidate.minutes
        for requirement, is_high_enough in choice.candidate.tests:
            self._tests[requirement][is_high_enough] += difference


def value_of_tests(too_low: int, high_enough: int) -> int:
    """The value of so many tests of one requirement. More than two add nothing.

    :param too_low: how many tests ask less than the level requires.
    :param high_enough: how many ask as much.
    """
    if high_enough:
        value = VALUE_HIGH_ENOUGH
    elif too_low:
        value = VALUE_TOO_LOW
    else:
        return 0
    if high_enough + too_low > 1:
        value += VALUE_SECOND_TEST
    return value


def propose(
    candidates: Sequence[Candidate], weights: Sequence[int], round_minutes: Sequence[int]
) -> Proposal:
    """The best proposal that the search finds. It asks each question once at most.

    :param candidates: each takes a minute at least; the earlier one is preferred where two are
        equally good.
    :param weights, round_minutes: see `Proposal`.
    """
    useful = [candidate for candidate in candidates if candidate.tests]
    best = Proposal(weights, round_minutes)
    best.fill(useful, per_minute=True)
    by_gain = Proposal(weights, round_minutes)
    by_gain.fill(useful, per_minute=False)
    if _rank(by_gain) > _rank(best):
        best = by_gain
    variants_left = MAX_VARIANTS
    while improvement := _improve(best, useful, variants_left):
        best, variants_tried = improvement
        variants_left -= variants_tried
    return best


def _largest_gain(gains: Iterable[tuple[int, Candidate]], per_minute: bool) -> Candidate:
    """The first candidate with the largest gain; of equal gains, the shortest candidate."""

    def rank(row: tuple[int, Candidate]) -> tuple[float, int]:
        gain, candidate = row
        return (gain / candidate.minutes if per_minute else gain), -candidate.minutes

    return max(gains, key=rank)[1]


def _rank(proposal: Proposal) -> tuple[int, int]:
    """Sorts proposals by their value, and those of equal value by their brevity."""
    return proposal.value, -proposal.minutes


def _improve(
    proposal: Proposal, candidates: Sequence[Candidate], max_variants: int
) -> tuple[Proposal, int] | None:
    """The first variant that is better, and how many variants were tried; none if none is.

    A variant lacks one or two questions, and its free time is filled again.
    """
    choices = proposal.choices
    removals = [*combinations(choices, 1), *combinations(choices, 2)]
    for tried, (removed, per_minute) in enumerate(product(removals, (True, False)), 1):
        if tried > max_variants:
            return None
        variant = _variant(proposal, removed, candidates, per_minute)
        if _rank(variant) > _rank(proposal):
            return variant, tried
    return None


def _variant(
    proposal: Proposal,
    removed: Sequence[Choice],
    candidates: Iterable[Candidate],
    per_minute: bool,
) -> Proposal:
    """The proposal without some questions, filled again.

    A single question that was removed is not added again, which would lead to the same proposal.
    """
    variant = proposal.copy()
    for choice in removed:
        variant.remove(choice)
    if len(removed) == 1:
        candidates = [row for row in candidates if row != removed[0].candidate]
    variant.fill(candidates, per_minute=per_minute)
    return variant
