"""A question with hidden answers: they are on no page and in no file, for any user."""

import pytest
from django.test import Client

from content.models import Collection
from interviews.models import Anchor, AskedBy, Question
from tests.factories import (
    AnchorFactory,
    QuestionFactory,
    QuestionSetFactory,
    SetItemFactory,
    SetSectionFactory,
)
from tests.hiring.loops import loop_of
from tests.project.walk import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

MARKS = {"anchor": "Marmot", "guidance": "Lynx", "avoid": "Heron"}


@pytest.fixture
def question() -> Question:
    """A question of a set that can be asked, with an anchor and guidance."""
    Collection.objects.filter(is_home=True).update(status="published")
    question = QuestionFactory(slug="ask", guidance=MARKS["guidance"], avoid=MARKS["avoid"])
    AnchorFactory(question=question, text=MARKS["anchor"])
    section = SetSectionFactory(question_set=QuestionSetFactory(slug="onsite"))
    SetItemFactory(section=section, question=question)
    return question


def told(client: Client, loop: str) -> set[str]:
    """The marks that any page or file contains."""
    addresses = [
        "/interviews/questions/ask/",
        "/interviews/questions/ask/?as=markdown",
        "/interviews/questions.csv",
        "/interviews/questions.json",
        "/interviews/sets/onsite/",
        "/interviews/sets/onsite/kit/",
        "/interviews/sets/onsite/scorecard/",
        "/interviews/sets/onsite/questions.csv",
        "/interviews/sets/onsite/scorecard.csv",
        f"/interviews/builder/kit/?loop={loop}",
        f"/interviews/builder/questions.md?loop={loop}",
        f"/collections/{Collection.objects.get(is_home=True).slug}/pack.zip",
        f"/collections/{Collection.objects.get(is_home=True).slug}/case.json",
        "/search/?q=Lynx",
    ]
    answers = {address: client.get(address) for address in addresses}
    assert {answer.status_code for answer in answers.values()} == {200}
    texts = [
        text_of(answer) for address, answer in answers.items() if not address.startswith("/search/")
    ]
    found = {name for name, mark in MARKS.items() if any(mark in text for text in texts)}
    return found | (
        {"search"} if "/questions/ask/" in text_of(answers["/search/?q=Lynx"]) else set()
    )


def test_what_answers_show_is_kept_from_every_page_and_file(
    question: Question, editor: Client
) -> None:
    loop = loop_of([[question]])
    assert told(Client(), str(loop)) == {*MARKS, "search"}
    question.audience = AskedBy.PANEL
    question.save()
    assert told(Client(), str(loop)) == set()
    assert told(editor, str(loop)) == set()
    assert "visible to editors only" in Client().get("/interviews/questions/ask/").content.decode()


def test_anchors_that_are_kept_for_interviewers_are_not_public(question: Question) -> None:
    assert Anchor.objects.published().exists()
    question.audience = AskedBy.PANEL
    question.save()
    assert not Anchor.objects.published().exists()
    assert Question.objects.published().exists()
