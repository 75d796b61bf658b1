"""The proposal of a loop: within 5 percent of an exhaustive search, and fast."""

import pytest

from hiring.proposal import (
    VALUE_HIGH_ENOUGH,
    VALUE_SECOND_TEST,
    VALUE_TOO_LOW,
    WEIGHT_ESSENTIAL,
    WEIGHT_EXPECTED,
    WEIGHT_HELPFUL,
    Candidate,
    Proposal,
    propose,
    value_of_tests,
)
from tests.hiring.proposals import made_up, optimum


def keys(proposal: Proposal) -> list[str]:
    """The keys of all questions, round by round."""
    return [choice.candidate.key for choice in proposal.choices]


@pytest.mark.parametrize("seed", range(12))
def test_it_is_within_five_in_a_hundred_of_the_optimum(seed: int) -> None:
    questions, rounds = (9, 2) if seed % 2 else (13, 1)
    case = made_up(seed, questions, requirements=6, rounds=rounds)
    assert propose(*case).value >= 0.95 * optimum(*case) > 0


@pytest.mark.parametrize("seed", range(5))
def test_it_keeps_to_the_time_of_each_round_and_asks_nothing_twice(seed: int) -> None:
    candidates, weights, round_minutes = made_up(seed, questions=200, requirements=30, rounds=4)
    proposal = propose(candidates, weights, round_minutes)
    for candidates, minutes in zip(proposal.rounds, round_minutes, strict=True):
        assert sum(candidate.minutes for candidate in candidates) <= minutes
    asked = keys(proposal)
    assert len(asked) == len(set(asked)) > 4


def test_essential_skills_come_before_helpful_ones() -> None:
    candidates = [Candidate("two", 10, ((1, True), (2, True))), Candidate("one", 10, ((0, True),))]
    proposal = propose(candidates, [WEIGHT_ESSENTIAL, WEIGHT_HELPFUL, WEIGHT_HELPFUL], [10])
    assert keys(proposal) == ["one"]


def test_expected_skills_come_before_helpful_ones() -> None:
    candidates = [Candidate("helpful", 10, ((0, True),)), Candidate("expected", 10, ((1, True),))]
    assert keys(propose(candidates, [WEIGHT_HELPFUL, WEIGHT_EXPECTED], [10])) == ["expected"]


def test_a_question_that_asks_as_much_as_the_level_comes_before_one_that_asks_less() -> None:
    candidates = [Candidate("low", 10, ((0, False),)), Candidate("enough", 10, ((0, True),))]
    assert keys(propose(candidates, [WEIGHT_ESSENTIAL], [10])) == ["enough"]
    assert keys(propose(candidates[:1], [WEIGHT_ESSENTIAL], [10])) == ["low"]


def test_what_tests_nothing_that_is_needed_is_not_asked_and_a_third_test_neither() -> None:
    candidates = [Candidate(str(number), 5, ((0, True),)) for number in range(3)] + [
        Candidate("none", 5, ())
    ]
    assert len(propose(candidates, [WEIGHT_ESSENTIAL], [60]).choices) == 2
    assert value_of_tests(0, 3) == value_of_tests(0, 2) == VALUE_HIGH_ENOUGH + VALUE_SECOND_TEST
    assert value_of_tests(2, 0) == VALUE_TOO_LOW + VALUE_SECOND_TEST


@pytest.mark.parametrize("round_minutes", [[], [0], [4, 4]])
def test_without_time_nothing_is_asked(round_minutes: list[int]) -> None:
    candidates = [Candidate("a", 5, ((0, True),))]
    assert keys(propose(candidates, [WEIGHT_ESSENTIAL], round_minutes)) == []


def test_two_hundred_questions_for_thirty_needs_take_few_steps(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Counted, for time is noisy: `make bench` measures it."""
    calls = 0
    plain = Proposal.gain

    def counting(self: Proposal, candidate: Candidate) -> int:
        nonlocal calls
        calls += 1
        return plain(self, candidate)

    monkeypatch.setattr(Proposal, "gain", counting)
    assert propose(*made_up(1, questions=200, requirements=30, rounds=4)).value
    assert 0 < calls < 60_000
