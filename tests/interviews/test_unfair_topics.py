"""Unfair questions as people really ask them are found; questions about the work are not."""

import pytest

from interviews.unfair_topics import TOPICS, find_unfair_topics
from tests.interviews.indirect_wordings import INDIRECT
from tests.interviews.innocent_wordings import LEFT
from tests.interviews.private_wordings import PRIVATE
from tests.interviews.wordings import ABOUT_BACKGROUND
from tests.interviews.work_wordings import ABOUT_WORK

CAUGHT = PRIVATE | ABOUT_BACKGROUND | INDIRECT


def topics(text: str) -> list[str]:
    return [topic.name for topic, _ in find_unfair_topics(text)]


@pytest.mark.parametrize("wording", CAUGHT)
def test_an_ordinary_wording_is_found_with_its_topic(wording: str) -> None:
    assert CAUGHT[wording] in topics(wording)


@pytest.mark.parametrize("wording", [*LEFT, *ABOUT_WORK])
def test_a_question_about_the_work_is_left_alone(wording: str) -> None:
    assert topics(wording) == []


def test_there_are_sixty_of_each_and_every_topic_is_among_them() -> None:
    assert min(len(CAUGHT), len(LEFT)) >= 60
    assert {topic.name for topic in TOPICS} - set(CAUGHT.values()) == {"secrets of an employer"}
    assert topics("Which trade secrets of theirs can you tell?") == ["secrets of an employer"]


@pytest.mark.parametrize(
    "wording", ["Do *you*\nhave **any** kids?", "DO YOU HAVE KIDS", "What’s your  age?"]
)
def test_markup_letter_case_and_quotes_make_no_difference(wording: str) -> None:
    assert topics(wording)


@pytest.mark.parametrize(
    ("wording", "found"),
    [
        ("Which prison were you in?", ["arrests and convictions"]),
        ("Which prison service was your customer?", []),
        ("Who runs that prison?", []),
        ("Who runs that prison? Did you ask?", []),
    ],
)
def test_a_private_noun_counts_in_a_question_about_the_candidate_only(
    wording: str, found: list[str]
) -> None:
    assert topics(wording) == found
