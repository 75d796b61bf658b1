"""The questions of a set in formats other than CSV: the same columns and rows."""

import json

import pytest
from django.test import Client

from interviews.models import QuestionSet
from tests.factories import QuestionSetFactory, SetItemFactory, SetSectionFactory
from tests.interviews.questions import make_question, read

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture(autouse=True)
def question_set() -> QuestionSet:
    """A set with one question."""
    question_set = QuestionSetFactory(slug="onsite", title="Onsite")
    section = SetSectionFactory(question_set=question_set, title="First")
    SetItemFactory(section=section, question=make_question())
    return question_set


def test_every_form_holds_the_same() -> None:
    (row,) = read(Client().get("/interviews/sets/onsite/questions.csv"))
    assert (row["set"], row["section"], row["question"]) == ("Onsite", "First", "late-program")
    answer = Client().get("/interviews/sets/onsite/questions.json")
    assert json.loads(answer.getvalue()) == [row]  # type: ignore[attr-defined]
    assert answer["Content-Disposition"] == 'attachment; filename="onsite-questions.json"'
    text = Client().get("/interviews/sets/onsite/questions.md").getvalue().decode()  # type: ignore[attr-defined]
    assert "- **section**: First\n" in text


def test_a_hidden_set_has_no_files(question_set: QuestionSet) -> None:
    question_set.status = "draft"
    question_set.save()
    assert Client().get("/interviews/sets/onsite/questions.json").status_code == 404
