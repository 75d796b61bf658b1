"""The filtered questions in formats other than CSV: the same columns and rows."""

import json
from io import BytesIO

import pytest
from django.test import Client
from openpyxl import load_workbook

from question_files.columns import COLUMNS
from tests.interviews.questions import make_question, read

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture(autouse=True)
def two() -> None:
    """Two questions, of which one is about a launch."""
    make_question("Late program")
    make_question("Launch", prompt="How do you **launch**?\n\nAnd then?")


def test_json_holds_what_the_csv_holds() -> None:
    rows = read(Client().get("/interviews/questions.csv?q=launch"))
    answer = Client().get("/interviews/questions.json?q=launch")
    assert answer["Content-Type"] == "application/json; charset=utf-8"
    found = json.loads(answer.getvalue())  # type: ignore[attr-defined]
    assert found == rows
    assert [row["question"] for row in found] == ["launch"]


def test_a_workbook_holds_what_the_csv_holds() -> None:
    answer = Client().get("/interviews/questions.xlsx")
    heads, *rows = load_workbook(BytesIO(answer.content))["Questions"].iter_rows(values_only=True)
    assert list(heads) == list(COLUMNS)
    assert len(rows) == len(read(Client().get("/interviews/questions.csv"))) == 2


def test_markdown_has_a_section_for_each_question() -> None:
    text = Client().get("/interviews/questions.md?q=launch").getvalue().decode()  # type: ignore[attr-defined]
    assert text.startswith("## 1\n\n- **position**: 1\n- **question**: launch\n")
    assert "- **prompt**: How do you **launch**?\n\n  And then?\n" in text


@pytest.mark.parametrize("form", ["pdf", "", "csvx"])
def test_there_are_no_other_forms(form: str) -> None:
    assert Client().get(f"/interviews/questions.{form}").status_code == 404
