"""The scorecard as CSV: fixed columns, and codes that identify pages."""

import csv
import io

import pytest
from django.test import Client

from hiring.scorecard import COLUMNS, VERSION
from tests.factories import (
    AnchorFactory,
    QuestionFactory,
    QuestionSetFactory,
    QuestionSkillFactory,
    SetItemFactory,
    SetSectionFactory,
    SkillFactory,
)
from tests.showing import HIDDEN, set_status

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

URL = "/interviews/sets/onsite/scorecard.csv"


def rows(query: str = "") -> list[dict[str, str]]:
    answer = Client().get(URL + query)
    assert answer["Content-Disposition"] == 'attachment; filename="onsite-scorecard.csv"'
    reader = csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig")), strict=True)  # type: ignore[attr-defined]
    assert reader.fieldnames == list(COLUMNS)
    return list(reader)


def test_every_skill_has_a_row_with_room_for_rating_and_evidence() -> None:
    section = SetSectionFactory(question_set=QuestionSetFactory(slug="onsite"))
    question = SetItemFactory(section=section, question=QuestionFactory()).question
    skill = SkillFactory(title="=Risk", slug="risk")
    QuestionSkillFactory(question=question, skill=skill)
    AnchorFactory(question=question, rating=3, text="Names it.")
    assert rows() == [
        {
            "scorecard": VERSION,
            "set": "onsite",
            "skill": "risk",
            "title": "'=Risk",
            "expected": "Working",
            "questions": "1",
            "anchor_1": "",
            "anchor_2": "",
            "anchor_3": "Names it.",
            "anchor_4": "",
            "rating": "",
            "evidence": "",
            "url": "http://testserver/skills/risk/",
        }
    ]
    assert rows("?raw=1")[0]["title"] == "=Risk"
    assert Client().get(rows()[0]["url"]).status_code == 200
    for status in HIDDEN:
        set_status(skill, status)
        assert rows() == []


def test_a_set_without_questions_has_the_heads_alone() -> None:
    QuestionSetFactory(slug="onsite")
    assert rows() == []
