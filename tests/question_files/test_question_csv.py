"""The filtered questions as a file."""

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from content.base_models import Status
from file_formats.csv_cells import BOM, unescape_formula
from interviews.models import AnswerFramework, Probe, Question
from question_files import export
from question_files.columns import COLUMNS, VERSIONED_COLUMNS
from question_files.export import questions_response
from question_files.question_values import Placement
from question_files.row_versions import RowVersion
from skills.models import Skill
from tests.factories import (
    AnchorFactory,
    BandFactory,
    CollectionFactory,
    ProbeFactory,
    QuestionFactory,
    QuestionSetFactory,
    QuestionSkillFactory,
    SetItemFactory,
    SetSectionFactory,
    SkillFactory,
)
from tests.interviews.questions import make_question, read

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

URL = "/interviews/questions.csv"
HOSTILE = ['=1+1", "x"', "'=1+1", '-\r\n"two"\r\nlines;\t,', "@é日本\u2028🔒", "  '  ", '"', "\t=1"]


def test_a_row_says_all_about_a_question(client: Client) -> None:
    question = make_question(
        prompt="Tell me about *it*.", kind=Question.Kind.PROGRAM_SENSE, minutes=12
    )
    response = client.get(URL)
    assert reverse("question_files:question_csv") == URL
    assert response["Content-Disposition"] == 'attachment; filename="questions.csv"'
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    (row,) = read(response)
    cells = [row[name] for name in VERSIONED_COLUMNS]
    assert RowVersion.parse(row["version"]) == RowVersion.of(cells, position=1, last_item=0)
    assert row == {
        "set": "",
        "position": "1",
        "section": "",
        "question": "late-program",
        "prompt": "Tell me about *it*.",
        "kind": "Program sense",
        "skills": "Risk management (Working)\nPlanning",
        "bands": "Mid to Staff",
        "minutes": "12",
        "required": "",
        "probes": "Situation: What was late?\n(only one team) Who else?",
        "anchor_1": "Anchor *1*.",
        "anchor_2": "Anchor *2*.",
        "anchor_3": "Anchor *3*.",
        "anchor_4": "Anchor *4*.",
        "score": "",
        "notes": "",
        "url": f"http://testserver{question.get_absolute_url()}",
        "collection": question.collection.title,
        "license": question.collection.license,
        "attribution": question.collection.attribution,
        "modified": "",
        "version": row["version"],
    }
    assert list(row) == list(COLUMNS)


def test_a_question_without_parts_has_empty_cells(client: Client) -> None:
    QuestionFactory(minutes=None)
    (row,) = read(client.get(URL))
    empty = ["skills", "bands", "minutes", "probes", "anchor_1", "anchor_4"]
    assert {row[name] for name in empty} == {""}


def test_one_band_is_named_once_and_an_open_range_as_such(client: Client) -> None:
    band = BandFactory(title="Senior")
    QuestionFactory(band_from=band, band_to=band)
    QuestionFactory(band_from=None, band_to=band)
    assert [row["bands"] for row in read(client.get(URL))] == ["Senior", "Up to Senior"]


def test_an_anchor_of_one_band_names_it(client: Client) -> None:
    question = QuestionFactory()
    AnchorFactory(question=question, rating=3, text="Good.")
    AnchorFactory(question=question, rating=3, text="Better.", band=BandFactory(title="Staff"))
    (row,) = read(client.get(URL))
    assert row["anchor_3"].split("\n") == ["Good.", "Staff: Better."]


def test_a_foreign_question_has_its_collection_in_key_address_and_license(client: Client) -> None:
    QuestionFactory(
        slug="why", collection=CollectionFactory(slug="other", title="Other", license="OGL-UK-3.0")
    )
    (row,) = read(client.get(URL))
    assert (row["question"], row["collection"], row["license"]) == (
        "other:why",
        "Other",
        "OGL-UK-3.0",
    )
    assert client.get(row["url"]).status_code == 200


@pytest.mark.parametrize("raw", [False, True])
def test_hostile_text_in_every_cell_comes_back(client: Client, raw: bool) -> None:
    for number, text in enumerate(HOSTILE):
        question = make_question(f"Question {number}", prompt=text)
        question.probes.update(text=text)
        question.anchors.update(text=text)
        question.band_from.title = text
        question.band_from.save()
        for skill in Skill.objects.filter(question_skills__question=question):
            skill.title = text
            skill.save()
    question.collection.title = HOSTILE[0]
    question.collection.save()
    rows = read(client.get(URL, {"raw": "1"} if raw else {}))
    back = (
        rows
        if raw
        else [{name: unescape_formula(cell) for name, cell in row.items()} for row in rows]
    )
    assert len(back) == len(HOSTILE)
    for row, text in zip(back, HOSTILE, strict=True):
        # These are stored, whatever line ends were written.
        text = text.replace("\r\n", "\n")
        assert row["prompt"] == row["anchor_1"] == row["anchor_4"] == text
        indented = text.replace("\n", "\n  ")
        assert row["probes"] == f"Situation: {indented}\n(only one team) {indented}"
        assert row["skills"] == f"{text} (Working)\n{text}"
        assert row["bands"] == f"{text} to Staff"
        assert row["collection"] == HOSTILE[0]
    if not raw:
        assert not any(cell[:1] in tuple("=+-@\t\r\n") for row in rows for cell in row.values())


def test_a_spreadsheet_gets_a_byte_order_mark_unless_it_is_not_wanted(client: Client) -> None:
    make_question()
    assert client.get(URL).getvalue() == BOM + client.get(f"{URL}?bom=0").getvalue()
    assert client.get(f"{URL}?bom=yes&raw=no").getvalue().startswith(BOM)


def test_lines_end_as_the_format_says_and_every_cell_is_quoted(client: Client) -> None:
    QuestionFactory(prompt="One line.", guidance="")
    text = client.get(f"{URL}?bom=0").getvalue().decode()
    lines = text.split("\r\n")
    assert len(lines) == 3
    assert lines[2] == ""
    assert all(line.startswith('"') and line.endswith('"') for line in lines[:2])
    assert "\n" not in text.replace("\r\n", "")
    assert next(csv.reader(io.StringIO(lines[0]))) == list(COLUMNS)


def test_no_question_leaves_the_header(client: Client) -> None:
    assert (
        client.get(f"{URL}?bom=0").getvalue().decode()
        == ",".join(f'"{name}"' for name in COLUMNS) + "\r\n"
    )


def test_the_filters_of_the_list_hold(client: Client) -> None:
    risk = SkillFactory(title="Risk", slug="risk")
    wanted = QuestionFactory(title="Wanted", kind=Question.Kind.CASE)
    QuestionSkillFactory(question=wanted, skill=risk)
    QuestionFactory(title="Other", kind=Question.Kind.CASE)
    assert {row["question"] for row in read(client.get(URL))} == {"wanted", "other"}
    assert [row["question"] for row in read(client.get(f"{URL}?skill=risk&kind=case"))] == [
        "wanted"
    ]
    assert len(read(client.get(f"{URL}?kind=nothing&page=x&band=%00&unknown=1"))) == 2


def hide_question(question: Question) -> None:
    question.status = Status.DRAFT
    question.save()


def hide_collection(question: Question) -> None:
    question.collection.status = Status.ARCHIVED
    question.collection.save()


@pytest.mark.parametrize("hide", [hide_question, hide_collection])
def test_what_is_not_published_is_not_in_the_file(
    client: Client, hide: Callable[[Question], None]
) -> None:
    question = make_question()
    assert [row["question"] for row in read(client.get(URL))] == ["late-program"]
    hide(question)
    assert read(client.get(URL)) == []
    assert read(questions_response(Question.objects.all())) == []


def test_unpublished_skills_and_steps_are_not_named(client: Client) -> None:
    make_question()
    Skill.objects.filter(title="Planning").update(status=Status.DRAFT)
    AnswerFramework.objects.update(status=Status.DRAFT)
    (row,) = read(client.get(URL))
    assert row["skills"] == "Risk management (Working)"
    assert row["probes"].startswith("What was late?")


def test_a_question_unpublished_while_the_file_is_read_is_left_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(export, "CHUNK_SIZE", 2)
    questions = QuestionFactory.create_batch(4)
    rows = export.export_rows([Placement(question.pk) for question in questions], site="")
    first = [next(rows) for _ in range(2)][1]
    hide_question(questions[3])
    assert [row[1] for row in (first, *rows)] == ["1", "2", "3"]


def test_questions_far_apart_come_without_those_between() -> None:
    questions = QuestionFactory.create_batch(30)
    for question in questions:
        ProbeFactory(question=question, text=question.title)
    chosen = [questions[29], questions[0]]
    rows = read(questions_response(Question.objects.filter(pk__in=[each.pk for each in chosen])))
    assert [row["probes"] for row in rows] == [questions[0].title, questions[29].title]


def queries(consume: Callable[[], Any]) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        consume()
    return len(captured)


def test_more_questions_take_no_more_queries(client: Client) -> None:
    make_question()
    few = queries(lambda: client.get(URL).getvalue())
    for number in range(20):
        make_question(f"More {number}")
    assert queries(lambda: client.get(URL).getvalue()) == few
    assert few <= 12


def test_the_file_is_read_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    questions = QuestionFactory.create_batch(5)
    for question in questions:
        Probe.objects.create(question=question, text=question.title)
    whole = questions_response(Question.objects.all()).getvalue()
    monkeypatch.setattr(export, "CHUNK_SIZE", 2)
    # The keys, the names, then the pieces.
    assert queries(lambda: questions_response(Question.objects.all()).getvalue()) == 1 + 4 + 3
    assert questions_response(Question.objects.all()).getvalue() == whole


def test_no_chunk_joins_the_parts_with_all_questions() -> None:
    """The join would scan all questions for each chunk, to find those whose anchors are hidden."""
    make_question()
    with CaptureQueriesContext(connection) as captured:
        questions_response(Question.objects.all()).getvalue()
    (chunk,) = [query["sql"] for query in captured if "interviews_anchor" in query["sql"]]
    assert 'JOIN "skills_skill"' in chunk
    assert 'JOIN "interviews_question"' not in chunk


def test_a_set_does_not_repeat_its_questions_here(client: Client) -> None:
    question = make_question()
    for _ in range(2):
        SetItemFactory(
            section=SetSectionFactory(question_set=QuestionSetFactory()), question=question
        )
    assert len(read(client.get(URL))) == 1


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_the_file_is_for_reading(client: Client, method: str) -> None:
    assert getattr(client, method)(URL).status_code == 405
