"""The scorecard of a loop as a file, with the code of the loop instead of a question set."""

from io import BytesIO

import pytest
from django.test import Client
from openpyxl import load_workbook

from hiring.scorecard import COLUMNS
from tests.hiring.loops import Hiring, make_hiring
from tests.interviews.questions import read

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def hiring() -> Hiring:
    """A level with skills, and questions that test them."""
    return make_hiring()


def test_the_csv_names_the_loop_and_the_skills(hiring: Hiring) -> None:
    loop = hiring.loop("Outage Numbers", "Launch")
    rows = read(Client().get(f"/interviews/builder/scorecard.csv?level=tpm/senior&loop={loop}"))
    assert list(rows[0]) == list(COLUMNS)
    assert [(row["set"], row["skill"], row["questions"]) for row in rows] == [
        (str(loop), "risk", "1, 3"),
        (str(loop), "data", "2"),
    ]


def test_the_workbook_holds_the_same(hiring: Hiring) -> None:
    query = f"loop={hiring.loop('Outage', 'Numbers')}&part=interview-2"
    answer = Client().get(f"/interviews/builder/scorecard.xlsx?{query}")
    heads, row = load_workbook(BytesIO(answer.content)).worksheets[0].iter_rows(values_only=True)
    assert list(heads) == list(COLUMNS)
    assert row[2] == "data"
