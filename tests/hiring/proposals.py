"""Cases to propose a loop for, made up, and the best that can be had, by trying all."""

import random
from collections.abc import Sequence
from itertools import product

from hiring.proposal import DESIRABLE, ESSENTIAL, Candidate, Proposal


def made_up(
    seed: int, questions: int, needs: int, rounds: int
) -> tuple[list[Candidate], list[int], list[int]]:
    """Candidates, weights of the needs, and minutes of the rounds, the same for one seed."""
    chance = random.Random(seed)
    candidates = [
        Candidate(number, chance.choice([5, 8, 10, 12, 15, 20]), _tests(chance, needs))
        for number in range(questions)
    ]
    weights = [chance.choice([ESSENTIAL, ESSENTIAL, DESIRABLE]) for _ in range(needs)]
    return candidates, weights, [chance.choice([20, 25, 35]) for _ in range(rounds)]


def _tests(chance: random.Random, needs: int) -> tuple[tuple[int, bool], ...]:
    tested = chance.sample(range(needs), chance.choice([1, 2, 2, 3]))
    return tuple((need, chance.random() < 0.7) for need in tested)


def optimum(candidates: Sequence[Candidate], weights: Sequence[int], rooms: Sequence[int]) -> int:
    """The value of the best choice there is, by trying all."""
    best = 0
    for places in product(range(-1, len(rooms)), repeat=len(candidates)):
        asked = [
            (place, each) for place, each in zip(places, candidates, strict=True) if place >= 0
        ]
        if all(
            sum(each.minutes for at, each in asked if at == place) <= room
            for place, room in enumerate(rooms)
        ):
            proposal = Proposal(weights, rooms)
            for place, each in asked:
                proposal.put(place, each)
            best = max(best, proposal.value)
    return best
