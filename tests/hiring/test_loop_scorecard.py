"""The blank scorecard of a loop: one line for each skill that it tests."""

import pytest
from django.test import Client

from tests.hiring.loops import Hiring, make_hiring
from tests.markup import Page

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

URL = "/interviews/builder/scorecard/"


@pytest.fixture
def hiring() -> Hiring:
    """A level with skills, and questions that test them."""
    return make_hiring()


def test_it_lists_the_skills_with_their_questions(hiring: Hiring) -> None:
    page = Page.read(
        Client(), f"{URL}?level=tpm/senior&loop={hiring.loop('Outage Numbers', 'Launch')}"
    )
    assert [card.one("h2").text for card in page.marked("card")] == [
        "Risk expected: working to expert questions 1, 3",
        "Data expected: aware question 2",
    ]
    assert "There is no total" in page


def test_one_interviewer_has_the_skills_of_one_round(hiring: Hiring) -> None:
    page = Page.read(Client(), f"{URL}?loop={hiring.loop('Outage', 'Numbers')}&part=interview-2")
    assert [card.one("a").text for card in page.marked("card")] == ["Data"]
    assert page.document.one("title").text.startswith("Scorecard: Interview loop, interview 2")
    page = Page.read(Client(), f"{URL}?level=tpm/senior&loop={hiring.loop('Outage')}")
    assert page.document.one("title").text.startswith(f"Scorecard: Interview loop: {hiring.level}")
    kind = page.marked("kind")[0].text
    assert kind == f"Scorecard · {hiring.level} · answers rated for the band senior band"


@pytest.mark.usefixtures("hiring")
def test_of_nothing_it_says_so() -> None:
    page = Page.read(Client(), URL)
    assert "The questions of this loop name no skill." in page
    assert not page.marked("card")
