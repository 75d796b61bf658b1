"""The first page of interviews: question sets, answer frameworks, and links to the questions."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.factories import (
    AnswerFrameworkFactory,
    CollectionFactory,
    QuestionSetFactory,
    RoleFactory,
)
from tests.markup import Page
from tests.showing import assert_queries_do_not_grow, assert_shown_while_published

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

URL = "/interviews/"


def read() -> Page:
    return Page.read(Client(), URL)


def test_it_leads_to_the_tools_and_to_the_questions_as_pages_and_as_a_file() -> None:
    assert read().marked("acts")[0].links == [
        "/interviews/builder/",
        "/interviews/practice/",
        "/interviews/questions/",
        "/interviews/questions.csv",
        "/interviews/calibration/",
    ]


def test_it_shows_question_sets_in_order() -> None:
    QuestionSetFactory(title="On-site", position=2, stage="onsite", minutes=None, summary="A day.")
    QuestionSetFactory(
        title="Screen", position=1, stage="phone_screen", minutes=45, summary="A first talk."
    )
    part = read().part("question-sets")
    assert [row.text for row in part.all("li")] == [
        "Screen Phone screen · 45 minutes. A first talk.",
        "On-site Onsite loop. A day.",
    ]
    assert part.links == ["/interviews/sets/screen/", "/interviews/sets/on-site/"]


def test_it_shows_answer_frameworks_in_order() -> None:
    AnswerFrameworkFactory(title="SHARE", position=2, summary="With hindrance.")
    AnswerFrameworkFactory(title="STAR", position=1, summary="In four steps.")
    part = read().part("frameworks")
    assert [row.text for row in part.all("li")] == ["STAR In four steps.", "SHARE With hindrance."]
    assert part.links == ["/interviews/frameworks/star/", "/interviews/frameworks/share/"]


@pytest.mark.parametrize("make", [QuestionSetFactory, AnswerFrameworkFactory])
def test_what_it_shows_follows_its_state_and_its_collections(make: Callable[..., Any]) -> None:
    make()
    row = make(title="Canary", collection=CollectionFactory(title="Their framework"))
    for hidden in (row, row.collection):
        assert_shown_while_published(URL, hidden, "Canary")
    assert "From Their framework" in read()


def test_without_content_it_says_what_to_do_next() -> None:
    page = read()
    assert page.headings == []
    assert page.marked("empty")[0].text == "There are no question sets yet. See the questions."
    assert page.marked("empty")[0].links == ["/interviews/questions/"]
    AnswerFrameworkFactory()
    assert read().marked("empty") == []


@pytest.mark.drawn(10, of="queries of one page")
def test_it_takes_as_many_queries_for_few_rows_as_for_many() -> None:
    def grow() -> None:
        QuestionSetFactory(role=RoleFactory(), collection=CollectionFactory())
        AnswerFrameworkFactory(collection=CollectionFactory())

    assert_queries_do_not_grow(URL, grow)
