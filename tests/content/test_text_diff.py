"""What differs between two texts is told word by word, or whole where comparing takes long."""

from hypothesis import given
from hypothesis import strategies as st

from content.text_diff import pieces
from tests.counting import calls_of


def told(here: str, there: str) -> list[tuple[str, str]]:
    return [(piece.where, piece.text) for piece in pieces(here, there)]


def test_words_that_came_and_went_stand_in_their_places() -> None:
    assert told("Who was told first?", "Who was told last, and why?") == [
        ("kept", "Who was told "),
        ("here", "first"),
        ("there", "last, and why"),
        ("kept", "?"),
    ]
    assert told("a list, read daily.", "a list, with owners.") == [
        ("kept", "a list, "),
        ("here", "read daily"),
        ("there", "with owners"),
        ("kept", "."),
    ]
    assert told("", "New.") == [("there", "New.")]
    assert told("", "") == []


@given(st.text(max_size=40), st.text(max_size=40))
def test_both_texts_can_be_read_out_of_it(here: str, there: str) -> None:
    parts = told(here, there)
    assert "".join(text for where, text in parts if where != "there") == here
    assert "".join(text for where, text in parts if where != "here") == there


def test_texts_that_would_take_long_are_told_whole() -> None:
    long = "a b " * 5_000
    assert told(long, f"{long}c") == [("here", long), ("there", f"{long}c")]
    assert calls_of(lambda: told(long, f"{long}c")) < 2 * len(long)
