"""The kit of a loop: every round is its own interview, with an introduction and a wrap-up."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from interviews.models import Question
from interviews.unfair_topics import TOPICS
from tests.factories import AnchorFactory, ProbeFactory
from tests.hiring.loops import Hiring, make_hiring
from tests.markup import Page

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def hiring() -> Hiring:
    """A level with skills, and questions that test them."""
    return make_hiring()


def read(**params: object) -> Page:
    return Page.read(
        Client(),
        "/interviews/builder/kit/?" + "&".join(f"{name}={params[name]}" for name in params),
    )


def test_each_round_is_an_interview_with_time_to_arrive_and_to_close(hiring: Hiring) -> None:
    page = read(level="tpm/senior", minutes=60, loop=hiring.loop("Outage Numbers", "Team"))
    assert [part.one("h2").text for part in page.marked("kit__round")] == [
        "Interview 1 minute 5 to 55",
        "Interview 2 minute 5 to 55",
    ]
    assert [mark.text for mark in page.marked("kit__mark")] == [
        "1 minute 5, 12 min Must ask",
        "2 minute 17, 15 min Must ask",
        "3 minute 5, 10 min Must ask",
    ]
    assert "5 minutes for the candidate’s own questions" in page
    assert "Fill in your scorecard before you talk to the other interviewers." in page
    assert TOPICS[0].name.capitalize() in page.marked("kit__topics")[0]


def test_it_can_be_had_for_one_interviewer(hiring: Hiring) -> None:
    page = read(level="tpm/senior", loop=hiring.loop("Outage", "Team"), part="interview-2")
    assert [prompt.text for prompt in page.marked("q__prompt")] == ["Team?"]
    assert page.one("h1").text == "Interview loop: interview 2"


def test_anchors_are_those_of_the_band_of_the_level(hiring: Hiring) -> None:
    question = hiring.questions["Outage"]
    AnchorFactory(question=question, rating=1, band=hiring.level.band, text="At this band.")
    AnchorFactory(question=question, rating=1, text="In general.")
    ProbeFactory(question=question, text="Who noticed?")
    page = read(level="tpm/senior", loop=hiring.loop("Outage"))
    assert "At this band." in page
    assert "In general." not in page
    assert "Who noticed?" in page
    assert "In general." in read(loop=hiring.loop("Outage"))


def test_what_is_gone_is_left_out_and_nothing_at_all_is_said(hiring: Hiring) -> None:
    loop = hiring.loop("Outage Team")
    Question.objects.filter(slug="team").update(status="archived")
    assert [prompt.text for prompt in read(loop=loop).marked("q__prompt")] == ["Outage?"]
    assert "This loop has no questions yet." in read(level="tpm/senior")


def test_it_takes_ten_queries_at_most(hiring: Hiring) -> None:
    loop = hiring.loop("Outage Numbers Launch", "Team Charts")
    with CaptureQueriesContext(connection) as asked:
        read(level="tpm/senior", loop=loop)
    assert 1 < len(asked) <= 10
