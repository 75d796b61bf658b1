"""Question files and addresses in the spelling of version 0.2 still work."""

import pytest
from django.test import Client

from content.former_spellings import NAMES
from file_formats.csv_reading import read_sheet
from interviews.models import Question
from question_files.importer import import_questions
from question_files.row_versions import FORMAT, FORMER_FORMAT
from tests.factories import QuestionFactory, SetItemFactory
from tests.interviews.questions import make_question
from tests.question_files.spreadsheets import edited, exported, saved

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def test_a_file_of_an_earlier_export_is_imported_with_its_versions() -> None:
    item = SetItemFactory(question=make_question())
    question_set = item.section.question_set
    rows = edited(question_set, 1, prompt="Why not?", kind="Behavioural")
    assert FORMAT != FORMER_FORMAT
    assert FORMAT in rows[0]["version"]
    content = saved(rows).replace(b"license", b"licence")
    content = content.replace(FORMAT.encode(), FORMER_FORMAT.encode())
    report = import_questions(question_set, read_sheet(content, "a.csv", former_names=NAMES))
    assert (report.refusals, report.unknown_columns) == ([], [])
    item.question.refresh_from_db()
    assert (item.question.prompt, item.question.kind) == ("Why not?", "behavioral")


def test_an_export_has_the_present_spelling() -> None:
    content = exported(SetItemFactory(question=make_question()).section.question_set)
    assert b"license" in content
    assert b"licence" not in content


@pytest.mark.parametrize("kind", ["behavioral", "behavioural"])
def test_a_link_to_a_list_by_kind_still_filters_it(client: Client, kind: str) -> None:
    QuestionFactory(title="Ours", kind=Question.Kind.BEHAVIORAL)
    QuestionFactory(title="Theirs", kind=Question.Kind.TECHNICAL)
    page = client.get("/interviews/questions/", {"kind": kind}).text
    assert "Ours" in page
    assert "Theirs" not in page
    assert '<option value="behavioral" selected' in page
