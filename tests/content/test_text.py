"""Texts in lines, in sentences, and shortened."""

import pytest

from content.text import (
    first_names,
    first_sentence,
    in_sentence,
    number_with_noun,
    shorten,
    wrap_text,
)


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
    ("text", "sentence"),
    [
        ("", ""),
        ("A plan", "A plan"),
        ("A plan. Another.", "A plan"),
        ("What slipped? And why?", "What slipped?"),
        (
            "Take a metric, e.g. delay, and version 2.0. Why?",
            "Take a metric, e.g. delay, and version 2.0",
        ),
        ("They say: “We slipped.” What do you do?", "They say: “We slipped.”"),
        ("Wait! (It is late.)", "Wait!"),
    ],
)
def test_the_first_sentence_ends_where_a_reader_pauses(text: str, sentence: str) -> None:
    assert first_sentence(text) == sentence


@pytest.mark.parametrize(
    ("text", "shortened"),
    [
        ("ten chars.", "ten chars."),
        ("one two three", "one two…"),
        ("one, two, three", "one, two…"),
        ("Donaudampfschiff", "Donaudamp…"),
        ("高级技术项目经理和工程师", "高级技术项目经理和…"),
    ],
)
def test_a_long_text_is_shortened_after_a_word(text: str, shortened: str) -> None:
    assert shorten(text, 10) == shortened
    assert len(shortened) <= 10


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("Data fluency", "data fluency"),
        ("APIs and integration", "APIs and integration"),
        ("KPIs, OKRs and Goals", "KPIs, OKRs and goals"),
        ("iOS", "iOS"),
        ("", ""),
    ],
)
def test_a_title_within_a_sentence_keeps_its_abbreviations(title: str, written: str) -> None:
    assert in_sentence(title) == written
