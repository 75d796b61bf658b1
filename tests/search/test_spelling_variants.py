"""A search finds American and British spellings of a word."""

import pytest

from search.spelling_variants import ENDINGS, MIN_BEGINNING, WORDS, spellings
from tests.factories import SkillFactory
from tests.search.search_entries import shown, titles

PAIRS = [
    ("prioritization", "prioritisation"),
    ("organize", "organise"),
    ("behavioral", "behavioural"),
    ("favorite", "favourite"),
    ("labeling", "labelling"),
    ("analyze", "analyse"),
    ("program", "programme"),
    ("judgment", "judgement"),
]


@pytest.mark.parametrize(("american", "british"), PAIRS)
def test_each_spelling_leads_to_the_other(american: str, british: str) -> None:
    assert spellings(american) == (american, british)
    assert spellings(british) == (british, american)


@pytest.mark.parametrize("word", ["risk", "size", "four", "hour", "or", "rise", "x", ""])
def test_short_words_have_one_spelling(word: str) -> None:
    assert spellings(word) == (word,)


def test_no_rule_is_given_twice() -> None:
    for pairs in (ENDINGS, WORDS):
        forms = [form for pair in pairs for form in pair]
        assert len(forms) == len(set(forms)) > 2 * MIN_BEGINNING


@pytest.mark.django_db
@pytest.mark.parametrize(("american", "british"), PAIRS)
def test_content_in_one_spelling_is_found_in_the_other(american: str, british: str) -> None:
    for stored, typed in ((american, british), (british, american)):
        title = f"Weekly {stored}"
        skill = SkillFactory(title=title)
        assert titles(f"weekly {typed}") == [title]
        assert f"[{stored}]" in shown(typed)[0][0]
        skill.delete()
