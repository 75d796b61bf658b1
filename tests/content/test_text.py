"""Splitting text into lines and sentences, and shortening it."""

import pytest

from content.text import first_names, number_with_noun, title_in_sentence, wrap_text


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", []),
        ("  ", []),
        ("Senior", ["Senior"]),
        ("exactly10!", ["exactly10!"]),
        ("one two three four", ["one two", "three four"]),
        ("a Donaudampfschiff b", ["a", "Donaudampf", "schiff b"]),
        ("高级技术项目经理", ["高级技术项", "目经理"]),
        ("  a \n b  ", ["a b"]),
    ],
)
def test_text_is_divided_between_words_and_long_words_within(text: str, lines: list[str]) -> None:
    assert wrap_text(text, 10) == lines


def test_nothing_is_lost() -> None:
    text = "".join(map(chr, [*range(33, 127), 0x4E00, 0x1F600])) + " and words"
    assert "".join(wrap_text(text, 2)) == text.replace(" ", "")


@pytest.mark.parametrize(
    ("number", "text"), [(0, "no rows"), (1, "1 row"), (2, "2 rows"), (1234, "1,234 rows")]
)
def test_a_noun_agrees_with_its_number(number: int, text: str) -> None:
    assert number_with_noun(number, "row") == text


def test_a_noun_may_have_another_plural() -> None:
    assert number_with_noun(1, "entry", "entries") == "1 entry"
    assert number_with_noun(2, "entry", "entries") == "2 entries"


@pytest.mark.parametrize(
    ("names", "result"),
    [([], []), (["a", "b"], ["a", "b"]), (["a", "b", "c", "d"], ["a", "b", "2 more"])],
)
def test_a_long_list_ends_with_the_number_of_the_names_left_out(
    names: list[str], result: list[str]
) -> None:
    assert first_names(names, 2) == result


@pytest.mark.parametrize(
    ("title", "language", "text"),
    [
        ("Risk Management", "en", "risk management"),
        ("Risk management", "EN-gb", "risk management"),
        ("Risk management", "en_US", "risk management"),
        ("APIs and SQL on GitHub", "en", "APIs and SQL on GitHub"),
        ("R", "en", "R"),
        ("Umgang mit Risiken", "de", "Umgang mit Risiken"),
        ("", "en", ""),
    ],
)
def test_a_title_in_a_sentence_keeps_what_is_no_ordinary_word(
    title: str, language: str, text: str
) -> None:
    assert title_in_sentence(title, language) == text
