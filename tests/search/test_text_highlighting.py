"""Passages with highlighted words, as parts that a template escapes."""

import pytest

from search.text import EXCERPT_LENGTH, MAX_HIGHLIGHTS, Part, excerpt, highlight


def shown(parts: list[Part]) -> str:
    """The parts as one line, marks in brackets."""
    return "".join(f"[{part.text}]" if part.highlighted else part.text for part in parts)


@pytest.mark.parametrize(
    ("text", "forms", "line"),
    [
        ("Risk and risks", {"risk", "risks"}, "[Risk] and [risks]"),
        ("Asterisk", {"risk"}, "Asterisk"),
        ("Ein Café", {"cafe"}, "Ein [Café]"),
        ("Ein Cafe\u0301!", {"cafe"}, "Ein [Café]!"),
        ("risk-averse", {"risk"}, "[risk]-averse"),
        ("<b>risk</b> & co", {"risk", "b"}, "<[b]>[risk]</[b]> & co"),
        ("nothing", {"risk"}, "nothing"),
        ("nothing", set(), "nothing"),
        ("", {"risk"}, ""),
    ],
)
def test_whole_words_are_marked(text: str, forms: set[str], line: str) -> None:
    assert shown(highlight(text, forms)) == line


def test_a_text_full_of_the_word_is_marked_only_so_often() -> None:
    parts = highlight("risk " * 5000, {"risk"})
    assert sum(part.highlighted for part in parts) == MAX_HIGHLIGHTS
    assert "".join(part.text for part in parts) == "risk " * 5000


def test_the_passage_is_where_the_word_is() -> None:
    text = "before " * 300 + "the risk here " + "after " * 300
    line = shown(excerpt([text], {"risk"}))
    assert line.startswith("… before before")
    assert "the [risk] here after" in line
    assert line.endswith("after …")
    assert len(line) <= EXCERPT_LENGTH + 10


def test_a_short_text_is_shown_whole_on_one_line() -> None:
    assert shown(excerpt(["One\n\nrisk\tonly."], {"risk"})) == "One [risk] only."


def test_the_first_text_with_the_word_is_shown_else_the_first() -> None:
    texts = ["The summary.", "The body has a risk."]
    assert shown(excerpt(texts, {"risk"})) == "The body has a [risk]."
    assert shown(excerpt(texts, {"summary", "risk"})) == "The [summary]."
    assert shown(excerpt(texts, {"else"})) == "The summary."
    assert shown(excerpt(["", ""], {"else"})) == ""


def test_text_without_spaces_is_cut_all_the_same() -> None:
    assert len(shown(excerpt(["x" * 10_000], set()))) <= EXCERPT_LENGTH + 10
    assert "[risk]" in shown(excerpt(["日本語、" * 1000 + "risk"], {"risk"}))
