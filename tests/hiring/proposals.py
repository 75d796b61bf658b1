"""Artificial cases for the proposal of a loop, and the best choice found by exhaustive search."""

import random
from collections.abc import Sequence
from itertools import product

from hiring.proposal import WEIGHT_ESSENTIAL, WEIGHT_HELPFUL, Candidate, Choice, Proposal

WEIGHTS = [WEIGHT_ESSENTIAL, WEIGHT_ESSENTIAL, WEIGHT_HELPFUL]


def made_up(
    seed: int, questions: int, requirements: int, rounds: int
) -> tuple[list[Candidate], list[int], list[int]]:
    """Candidates, weights of the requirements, and minutes of the rounds, the same for one seed."""
    chance = random.Random(seed)
    candidates = []
    for number in range(questions):
        minutes = chance.choice([5, 8, 10, 12, 15, 20])
        candidates.append(Candidate(str(number), minutes, _tests(chance, requirements)))
    weights = [chance.choice(WEIGHTS) for _ in range(requirements)]
    return candidates, weights, [chance.choice([20, 25, 35]) for _ in range(rounds)]


def _tests(chance: random.Random, requirements: int) -> tuple[tuple[int, bool], ...]:
    tested = chance.sample(range(requirements), chance.choice([1, 2, 2, 3]))
    return tuple((requirement, chance.random() < 0.7) for requirement in tested)


def optimum(
    candidates: Sequence[Candidate], weights: Sequence[int], round_minutes: Sequence[int]
) -> int:
    """The value of the best choice there is, by trying all."""
    best = 0
    not_asked = -1
    for indexes in product(range(not_asked, len(round_minutes)), repeat=len(candidates)):
        choices = []
        for index, candidate in zip(indexes, candidates, strict=True):
            if index != not_asked:
                choices.append(Choice(index, candidate))
        if _fits(choices, round_minutes):
            proposal = Proposal(weights, round_minutes)
            for choice in choices:
                proposal.add(choice)
            best = max(best, proposal.value)
    return best


def _fits(choices: Sequence[Choice], round_minutes: Sequence[int]) -> bool:
    free_minutes = list(round_minutes)
    for choice in choices:
        free_minutes[choice.round_index] -= choice.candidate.minutes
    return min(free_minutes) >= 0
