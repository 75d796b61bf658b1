"""The page of an answer framework: its steps with both prompts, when to use it and how it fails."""

import pytest
from django.test import Client

from interviews.models import AnswerFramework
from tests.factories import AnswerFrameworkFactory, AnswerStepFactory, CollectionFactory
from tests.markup import Page
from tests.showing import assert_hidden_is_for_editors, assert_queries_do_not_grow

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def framework() -> AnswerFramework:
    return AnswerFrameworkFactory(title="STAR", slug="star")


def page_of(framework: AnswerFramework) -> Page:
    return Page.read(Client(), framework.get_absolute_url())


def test_it_shows_its_texts(framework: AnswerFramework) -> None:
    AnswerFramework.objects.update(
        when_to_use="In *stories*.", pitfalls="**We**.", body="An `example`.", sources="- X"
    )
    page = page_of(framework)
    assert page.one("h1").text == "STAR"
    assert framework.summary in page
    assert page.headings == ["when", "pitfalls", "practice"]
    assert page.part("when").one("em").text == "stories"
    assert page.part("pitfalls").one("strong").text == "We"
    assert page.part("practice").one("code").text == "example"
    assert "X" in page.marked("sources")[0]


def test_it_shows_its_steps_in_order_with_a_prompt_for_each_side(
    framework: AnswerFramework,
) -> None:
    AnswerStepFactory(
        framework=framework,
        title="Task",
        position=2,
        candidate="",
        interviewer="Ask for *the goal*.",
    )
    AnswerStepFactory(
        framework=framework,
        title="Situation",
        position=1,
        candidate="Say where.",
        interviewer="Ask where.",
    )
    AnswerStepFactory(framework=framework, title="Result", position=3, candidate="", interviewer="")
    AnswerStepFactory(title="Of another")
    steps = page_of(framework).part("steps").all("li")
    assert [step.text for step in steps] == [
        "Situation Candidate Say where. Interviewer Ask where.",
        "Task Interviewer Ask for the goal.",
        "Result",
    ]


def test_a_bare_framework_shows_no_empty_parts(framework: AnswerFramework) -> None:
    assert page_of(framework).headings == []


def test_a_hidden_framework_is_for_its_editors(framework: AnswerFramework) -> None:
    AnswerStepFactory(framework=framework)
    assert_hidden_is_for_editors(framework)


def test_a_renamed_framework_is_found_at_its_former_address(
    client: Client, framework: AnswerFramework
) -> None:
    framework.slug = "stars"
    framework.save()
    assert client.get("/interviews/frameworks/star/")["Location"] == "/interviews/frameworks/stars/"


def test_a_framework_of_another_collection_names_its_publisher(
    client: Client, framework: AnswerFramework
) -> None:
    other = CollectionFactory(slug="other", attribution="By Somebody Else.")
    AnswerFrameworkFactory(slug="star", title="Theirs", collection=other)
    page = Page.read(client, "/interviews/frameworks/other:star/")
    assert page.one("h1").text == "Theirs"
    assert "By Somebody Else." in page.marked("provenance")[0]
    assert page_of(framework).one("h1").text == "STAR"


@pytest.mark.drawn(10, of="queries of one page")
def test_it_takes_as_many_queries_for_few_rows_as_for_many(framework: AnswerFramework) -> None:
    assert_queries_do_not_grow(
        framework.get_absolute_url(), lambda: AnswerStepFactory(framework=framework)
    )


def test_it_leads_to_the_frameworks_before_and_after_it(framework: AnswerFramework) -> None:
    AnswerFramework.objects.update(position=2)
    assert page_of(framework).marked("nextprev") == []
    first, last = AnswerFrameworkFactory(position=1), AnswerFrameworkFactory(position=3)
    found = page_of(framework).marked("nextprev")[0].links
    assert found == [first.get_absolute_url(), last.get_absolute_url()]
