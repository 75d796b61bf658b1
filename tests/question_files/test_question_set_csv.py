"""A question set as a file: in the order of the interview, with columns for scores."""

import pytest
from django.test import Client
from django.urls import reverse

from content.base_models import Status
from file_formats.csv_cells import BOM
from interviews.models import Question, QuestionSet
from tests.factories import (
    CollectionFactory,
    EditorFactory,
    QuestionFactory,
    QuestionSetFactory,
    SetItemFactory,
    SetSectionFactory,
)
from tests.interviews.questions import make_question, read

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def question_set() -> QuestionSet:
    """Two sections with three questions, written in another order than they are asked."""
    question_set = QuestionSetFactory(title="Phone screen", slug="phone-screen")
    last = SetSectionFactory(question_set=question_set, title="Closing", position=2)
    first = SetSectionFactory(question_set=question_set, title="Opening", position=1)
    SetItemFactory(
        section=last,
        question=QuestionFactory(title="Third"),
        position=1,
        required=False,
        minutes=None,
    )
    SetItemFactory(section=first, question=QuestionFactory(title="Second"), position=2, minutes=7)
    SetItemFactory(section=first, question=make_question("First"), position=1)
    return question_set


def url(question_set: QuestionSet) -> str:
    return reverse("question_files:question_set_csv", args=[question_set.key])


def test_rows_come_in_the_order_of_the_interview(client: Client, question_set: QuestionSet) -> None:
    response = client.get("/interviews/sets/phone-screen/questions.csv")
    assert response["Content-Disposition"] == 'attachment; filename="phone-screen-questions.csv"'
    rows = read(response)
    places = [
        (row["position"], row["section"], row["question"], row["minutes"], row["required"])
        for row in rows
    ]
    assert places == [
        ("1", "Opening", "first", "10", "yes"),
        ("2", "Opening", "second", "7", "yes"),
        ("3", "Closing", "third", "10", "no"),
    ]
    assert {row["set"] for row in rows} == {"Phone screen"}
    assert rows[0]["anchor_4"] == "Anchor *4*."
    assert rows[0]["url"] == "http://testserver/interviews/questions/first/"


def test_the_page_of_the_set_leads_here(client: Client, question_set: QuestionSet) -> None:
    assert url(question_set) in client.get(question_set.get_absolute_url()).text


def test_a_draft_question_leaves_its_set(client: Client, question_set: QuestionSet) -> None:
    Question.objects.filter(slug="first").update(status=Status.DRAFT)
    rows = read(client.get(url(question_set)))
    assert [(row["position"], row["question"]) for row in rows] == [("1", "second"), ("2", "third")]


def test_a_draft_set_is_for_editors_only(client: Client, question_set: QuestionSet) -> None:
    QuestionSet.objects.update(status=Status.DRAFT)
    assert client.get(url(question_set)).status_code == 404
    client.force_login(EditorFactory())
    preview = client.get(url(question_set))
    assert len(read(preview)) == 3
    assert preview["Cache-Control"] == "private, no-store"


def test_an_unknown_set_is_not_found(client: Client, question_set: QuestionSet) -> None:
    assert client.get("/interviews/sets/nothing/questions.csv").status_code == 404
    assert client.get("/interviews/sets/no%20slug/questions.csv").status_code == 404
    assert client.get(url(question_set)).status_code == 200


def test_a_renamed_set_leads_on(client: Client, question_set: QuestionSet) -> None:
    former = url(question_set)
    question_set.slug = "first-call"
    question_set.save()
    response = client.get(f"{former}?raw=1")
    assert (response.status_code, response["Location"]) == (301, f"{url(question_set)}?raw=1")


def test_a_set_of_another_collection_has_its_key(client: Client) -> None:
    section = SetSectionFactory(
        question_set=QuestionSetFactory(slug="onsite", collection=CollectionFactory(slug="x"))
    )
    SetItemFactory(section=section)
    (row,) = read(client.get("/interviews/sets/x:onsite/questions.csv"))
    assert row["question"].startswith("x:")


def test_machines_get_neither_mark_nor_guard(client: Client, question_set: QuestionSet) -> None:
    question_set.title = "=Set"
    question_set.save()
    spreadsheet, machine = (
        client.get(url(question_set)),
        client.get(f"{url(question_set)}?bom=0&raw=1"),
    )
    assert machine.getvalue() == spreadsheet.getvalue().removeprefix(BOM).replace(
        b'"\'=Set"', b'"=Set"'
    )


def test_an_empty_set_leaves_the_header(client: Client) -> None:
    assert read(client.get(url(QuestionSetFactory()))) == []
