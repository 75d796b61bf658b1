"""Loops in addresses: codes name one question permanently; invalid ones are skipped."""

import pytest

from hiring.loops import MAX_QUESTIONS, MAX_ROUNDS, Loop, question_code, question_id
from interviews.models import Question
from tests.hiring.loops import Hiring, make_hiring

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def hiring() -> Hiring:
    """Questions to make loops of."""
    return make_hiring()


def test_a_loop_is_read_as_it_was_written(hiring: Hiring) -> None:
    loop = hiring.loop("Outage Numbers", "", "Team")
    assert Loop.parse(str(loop)) == (loop, 0)
    assert Loop.parse(str(loop).upper()) == (loop, 0)
    assert loop.question_ids == [
        hiring.questions[title].pk for title in ("Outage", "Numbers", "Team")
    ]


def test_a_code_names_one_question_and_no_other_that_takes_its_number() -> None:
    before, after = Question(pk=1295, slug="outage"), Question(pk=1295, slug="launch")
    assert question_id(question_code(before)) == question_id(question_code(after)) == 1295
    assert question_code(before) != question_code(after)
    assert question_id(question_code(Question(pk=0, slug="none"))) == 0


@pytest.mark.parametrize("text", ["a", "%00", "ab c", "abc-!!", "é-abc"])
def test_what_is_no_code_is_skipped_and_counted(text: str) -> None:
    loop, skipped = Loop.parse(text)
    assert skipped == 1
    assert loop.question_ids in ([], [question_id("abc")])


def test_a_question_stands_in_a_loop_once() -> None:
    assert Loop.parse("abc-abc.abc-def") == (Loop((("abc",), ("def",))), 2)


def test_a_loop_has_an_end() -> None:
    codes = [f"{number:03}" for number in range(500)]
    loop, skipped = Loop.parse("-".join(codes))
    assert (len(loop.question_ids), skipped) == (MAX_QUESTIONS, 500 - MAX_QUESTIONS)
    loop, skipped = Loop.parse(".".join(codes))
    assert (len(loop.rounds), skipped) == (MAX_ROUNDS, 500 - MAX_ROUNDS)


def test_every_change_is_another_loop() -> None:
    loop = Loop.parse("aaa-bbb-ccc.ddd")[0]
    assert str(loop.without("bbb")) == "aaa-ccc.ddd"
    assert str(loop.with_earlier("ccc")) == "aaa-ccc-bbb.ddd"
    assert str(loop.with_earlier("aaa")) == "aaa-bbb-ccc.ddd"
    assert str(loop.with_question("aaa", 1)) == "bbb-ccc.ddd-aaa"
    assert str(loop.with_question("eee", 1)) == "aaa-bbb-ccc.ddd-eee"
    assert str(loop.with_replacement("bbb", "eee")) == "aaa-eee-ccc.ddd"
    assert str(loop.with_replacement("bbb", "ddd")) == "aaa-ddd-ccc."
    assert str(loop) == "aaa-bbb-ccc.ddd"
