"""Suggestions for misspelled words, with a bounded number of database queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from search.models import SearchWord
from search.spelling import corrected

pytestmark = pytest.mark.django_db

WORDS = [
    "communication",
    "community",
    "stakeholder",
    "risk",
    "risks",
    "escalation",
    "estimate",
    "café",
    "a" * 30,
]


@pytest.fixture(autouse=True)
def _vocabulary() -> None:
    SearchWord.objects.change_counts(dict.fromkeys(WORDS, 1))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("comunication", "communication"),
        ("commmunication", "communication"),
        ("communicatoin", "communication"),
        ("kommunication", "communication"),
        ("stakehodler", "stakeholder"),
        ("communikasion", "communication"),
        ("stakholdr", "stakeholder"),
        ("riskz", "risk"),
        ("comunication risk", "communication risk"),
        ("risk esclation comunity", "risk escalation community"),
    ],
)
def test_a_near_word_takes_the_place_of_an_unknown_one(typed: str, meant: str) -> None:
    assert corrected(typed.split()) == meant


@pytest.mark.parametrize(
    "typed", ["", "risk", "rsk", "zzzzzzzz", "xylophone", "%_%_%_", "b" * 40, "日本語日本語"]
)
def test_without_a_near_word_nothing_is_proposed(typed: str) -> None:
    assert corrected(typed.split()) == ""


def test_many_words_and_a_large_vocabulary_cost_three_questions() -> None:
    SearchWord.objects.change_counts({f"st{number:05}older": 1 for number in range(3000)})
    with CaptureQueriesContext(connection) as captured:
        assert corrected(["stakholdr", "riskk", *(f"stword{number}x" for number in range(10))])
    assert len(captured) == 3
