"""Differences between two texts are shown word by word, or as a whole if that takes too long."""

from hypothesis import given
from hypothesis import strategies as st

from content.text_diff import word_diff
from tests.counting import calls_of


def told(here: str, there: str) -> list[tuple[str, str]]:
    return [(span.op, span.text) for span in word_diff(here, there)]


def test_words_that_came_and_went_stand_in_their_places() -> None:
    assert told("Who was told first?", "Who was told last, and why?") == [
        ("equal", "Who was told "),
        ("delete", "first"),
        ("insert", "last, and why"),
        ("equal", "?"),
    ]
    assert told("a list, read daily.", "a list, with owners.") == [
        ("equal", "a list, "),
        ("delete", "read daily"),
        ("insert", "with owners"),
        ("equal", "."),
    ]
    assert told("", "New.") == [("insert", "New.")]
    assert told("", "") == []


@given(st.text(max_size=40), st.text(max_size=40))
def test_both_texts_can_be_read_out_of_it(here: str, there: str) -> None:
    parts = told(here, there)
    assert "".join(text for op, text in parts if op != "insert") == here
    assert "".join(text for op, text in parts if op != "delete") == there


def test_texts_that_would_take_long_are_told_whole() -> None:
    long = "a b " * 5_000
    assert told(long, f"{long}c") == [("delete", long), ("insert", f"{long}c")]
    assert calls_of(lambda: told(long, f"{long}c")) < 2 * len(long)
