"""Loops in an address.

Short codes name one question for good, are read with patience and changed without harm.
"""

import pytest

from hiring.loops import MOST_QUESTIONS, MOST_ROUNDS, Loop, code_of, number_of
from interviews.models import Question
from tests.hiring.loops import Hiring, make_hiring

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def hiring() -> Hiring:
    """Questions to make loops of."""
    return make_hiring()


def test_a_loop_is_read_as_it_was_written(hiring: Hiring) -> None:
    loop = hiring.loop("Outage Numbers", "", "Team")
    assert Loop.read(str(loop)) == (loop, 0)
    assert Loop.read(str(loop).upper()) == (loop, 0)
    assert loop.numbers == [hiring.questions[title].pk for title in ("Outage", "Numbers", "Team")]


def test_a_code_names_one_question_and_no_other_that_takes_its_number() -> None:
    before, after = Question(pk=1295, slug="outage"), Question(pk=1295, slug="launch")
    assert number_of(code_of(before)) == number_of(code_of(after)) == 1295
    assert code_of(before) != code_of(after)
    assert number_of(code_of(Question(pk=0, slug="none"))) == 0


@pytest.mark.parametrize("text", ["a", "%00", "ab c", "abc-!!", "é-abc"])
def test_what_is_no_code_is_left_out_and_counted(text: str) -> None:
    loop, left_out = Loop.read(text)
    assert left_out == 1
    assert loop.numbers in ([], [number_of("abc")])


def test_a_question_stands_in_a_loop_once() -> None:
    assert Loop.read("abc-abc.abc-def") == (Loop((("abc",), ("def",))), 2)


def test_a_loop_has_an_end() -> None:
    codes = [f"{number:03}" for number in range(500)]
    loop, left_out = Loop.read("-".join(codes))
    assert (len(loop.numbers), left_out) == (MOST_QUESTIONS, 500 - MOST_QUESTIONS)
    loop, left_out = Loop.read(".".join(codes))
    assert (len(loop.rounds), left_out) == (MOST_ROUNDS, 500 - MOST_ROUNDS)


def test_every_change_is_another_loop() -> None:
    loop = Loop.read("aaa-bbb-ccc.ddd")[0]
    assert str(loop.without("bbb")) == "aaa-ccc.ddd"
    assert str(loop.earlier("ccc")) == "aaa-ccc-bbb.ddd"
    assert str(loop.earlier("aaa")) == "aaa-bbb-ccc.ddd"
    assert str(loop.adding("aaa", 1)) == "bbb-ccc.ddd-aaa"
    assert str(loop.adding("eee", 1)) == "aaa-bbb-ccc.ddd-eee"
    assert str(loop.swapping("bbb", "eee")) == "aaa-eee-ccc.ddd"
    assert str(loop.swapping("bbb", "ddd")) == "aaa-ddd-ccc."
    assert str(loop) == "aaa-bbb-ccc.ddd"
