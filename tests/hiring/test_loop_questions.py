"""The questions of a loop as a file, in its order."""

import pytest
from django.test import Client

from interviews.models import Question
from tests.hiring.loops import Hiring, make_hiring
from tests.interviews.questions import read

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def hiring() -> Hiring:
    """Questions to make a loop of."""
    return make_hiring()


def test_they_stand_in_the_order_of_the_loop_with_their_round(hiring: Hiring) -> None:
    url = (
        "/interviews/builder/questions.csv?level=tpm/senior&"
        f"loop={hiring.loop('Team Outage', 'Charts')}"
    )
    rows = read(Client().get(url))
    assert [(row["section"], row["question"]) for row in rows] == [
        ("Interview 1", "team"),
        ("Interview 1", "outage"),
        ("Interview 2", "charts"),
    ]
    assert {row["set"] for row in rows} == {f"Interview loop: {hiring.level}"}
    Question.objects.filter(slug="outage").update(status="draft")
    assert [row["question"] for row in read(Client().get(url))] == ["team", "charts"]


def test_of_nothing_there_are_the_heads_alone() -> None:
    assert read(Client().get("/interviews/builder/questions.csv")) == []
