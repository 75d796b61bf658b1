"""Words as the search compares them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.text import folded, folded_by_character, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Risk Management", ["risk", "management"]),
        ("naïve CAFÉ e\u0301tude", ["naive", "cafe", "etude"]),
        ("state-of-the-art", ["state", "of", "the", "art"]),
        ("C++, C#, .NET, node.js", ["c", "c", "net", "node", "js"]),
        ("don't a_b a/b", ["don", "t", "a", "b", "a", "b"]),
        ("ﬁnance", ["finance"]),
        ("日本語 한국어", ["日本語", "한국어"]),
        ("a\0b\u200bc", ["a", "b", "c"]),
        ("\ud800 '\"*()^:%_ \t\n", []),
        ("", []),
    ],
)
def test_words_are_letters_and_digits_without_accents(text: str, words: list[str]) -> None:
    assert words_of(text) == words


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_folding_in_place_keeps_every_place(text: str) -> None:
    assert len(folded_by_character(text)) == len(text)


@given(st.text())
def test_what_is_folded_stays_as_it_is(text: str) -> None:
    assert folded(folded(text)) == folded(text)
