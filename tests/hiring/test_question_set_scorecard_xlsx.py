"""The scorecard as XLSX: the same table, with all text as text."""

from io import BytesIO

import pytest
from django.test import Client
from openpyxl import load_workbook

from hiring.scorecard import COLUMNS
from tests.factories import (
    QuestionSetFactory,
    QuestionSkillFactory,
    SetItemFactory,
    SetSectionFactory,
    SkillFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.mark.parametrize("title", ["Risk", "=1+1", "\x0b bell", "😀" * 50, "+cmd|' /C calc'!A0"])
def test_it_holds_the_table_and_no_formula(title: str) -> None:
    section = SetSectionFactory(question_set=QuestionSetFactory(slug="onsite"))
    question = SetItemFactory(section=section).question
    QuestionSkillFactory(question=question, skill=SkillFactory(title=title, slug="risk"))
    answer = Client().get("/interviews/sets/onsite/scorecard.xlsx")
    assert answer["Content-Disposition"] == 'attachment; filename="onsite-scorecard.xlsx"'
    sheet = load_workbook(BytesIO(answer.content))["Scorecard"]
    heads, row = sheet.iter_rows()
    assert [cell.value for cell in heads] == list(COLUMNS)
    assert row[3].value == title.replace("\x0b", "")
    assert "f" not in {cell.data_type for cell in row}
    assert row[12].value == "http://testserver/skills/risk/"
