"""Files as spreadsheets and other programs save them: read as intended, or refused."""

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from file_formats.csv_reading import read_sheet
from file_formats.errors import UnreadableFile
from hiring.filled_scorecards import read_scorecard
from hiring.scorecard import VERSION
from interchange.packs import TABLES
from interviews.models import Question, QuestionSet
from mapping.converter import convert
from mapping.parser import read_mapping
from packs.loading import load_pack
from packs.report import Report
from packs.sources import FolderPack
from question_files.importer import import_questions
from question_files.report import SetReport
from skills.models import Skill, SkillDescriptor
from tests import review_inputs
from tests.pack_files import Pack
from tests.question_files.spreadsheets import edited, import_file, phone_screen, refusals, rows_of

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

HEADER = ["Group", "Skill", "Code", "Basic", "Advanced"]


@pytest.fixture
def question_set() -> QuestionSet:
    return phone_screen()


def into_set(name: str, question_set: QuestionSet) -> SetReport:
    return import_questions(
        question_set, read_sheet(review_inputs.path(name).read_bytes(), "set.csv")
    )


def packed(name: str) -> Report:
    return load_pack(FolderPack(review_inputs.path(f"pack-from-excel/{name}")), TABLES)


def tabled(source: Path) -> Report:
    return load_pack(
        convert(read_mapping(review_inputs.path("xlsx/skills.yml"), TABLES), source), TABLES
    )


def book(tmp_path: Path, *rows: list[Any], **formats: str) -> tuple[Path, Any]:
    """A workbook with these rows under the header, and its sheet to change before it is saved."""
    workbook = Workbook()
    sheet: Any = workbook.active
    for row in [HEADER, *rows]:
        sheet.append(row)
    for cell, shown in formats.items():
        sheet[cell].number_format = shown
    return tmp_path / "skills.xlsx", sheet


def saved(made: tuple[Path, Any]) -> Path:
    file = BytesIO()
    made[1].parent.save(file)
    made[0].write_bytes(file.getvalue())
    return made[0]


def test_cells_that_are_missing_at_the_end_of_a_row_of_a_set_are_empty(
    question_set: QuestionSet,
) -> None:
    report = into_set("set-short-row.csv", question_set)
    assert report.refusals == []
    assert Question.objects.filter(
        prompt="What would you ask before you promise a date?", status="draft"
    ).exists()


def test_error_values_in_a_set_are_refused_by_row_and_column(question_set: QuestionSet) -> None:
    report = into_set("set-error-values.csv", question_set)
    assert refusals(report) == [
        ("row 2", "prompt", "the spreadsheet has the error #REF! here"),
        ("row 2", "probes", "the spreadsheet has the error #NAME? here"),
    ]
    assert not Question.objects.filter(prompt="#REF!").exists()


def test_gaps_of_underscores_make_questions_with_a_sound_address(question_set: QuestionSet) -> None:
    assert into_set("set-fill-in-the-blank.csv", question_set).refusals == []
    made = Question.objects.filter(prompt__contains="_").values_list("slug", flat=True)
    assert len(made) == 2
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug) for slug in made)


def test_words_of_questions_in_the_column_of_keys_are_refused_once(
    question_set: QuestionSet,
) -> None:
    with pytest.raises(
        UnreadableFile,
        match=("contains identifiers of questions; put the text of questions in “prompt”"),
    ):
        into_set("bank-category-question.csv", question_set)


@pytest.mark.parametrize(
    ("name", "skills"), [("short-row", 2), ("semicolons", 1), ("header-case", 1)]
)
def test_a_pack_is_read_as_a_spreadsheet_saves_it(name: str, skills: int) -> None:
    assert packed(name).refusals == []
    assert Skill.objects.count() == skills


def test_a_day_in_the_order_of_the_united_states_is_never_guessed() -> None:
    (refusal,) = packed("us-date").refusals
    assert refusal.column == "reviewed_on"
    assert "YYYY-MM-DD" in refusal.reason


def test_a_carriage_return_of_a_workbook_is_a_line_end() -> None:
    assert tabled(review_inputs.path("xlsx/x000d.xlsx")).refusals == []
    assert SkillDescriptor.objects.filter(text="Sorts with help.\nAsks when unsure.").exists()


def test_error_values_in_a_workbook_are_refused_by_row_and_column() -> None:
    found = {str(refusal) for refusal in tabled(review_inputs.path("xlsx/errors.xlsx")).refusals}
    sheet = "errors.xlsx sheet “Skills” row"
    assert f"{sheet} 2, Basic: text: the spreadsheet has the error #N/A here" in found
    assert f"{sheet} 3: title: the spreadsheet has the error #REF! here" in found
    assert not Skill.objects.exists()


def test_a_formula_that_was_never_calculated_is_named() -> None:
    notes = tabled(review_inputs.path("xlsx/formula-no-cache.xlsx")).notes
    assert any("formulas without a stored result were read as empty: D2" in note for note in notes)


def test_leading_zeros_stay_and_a_day_that_may_be_none_is_named() -> None:
    notes = tabled(review_inputs.path("xlsx/date-and-zeros.xlsx")).notes
    assert Skill.objects.get(slug="packing").summary == "007"
    assert any("C2 contain dates without a year or a day" in note for note in notes)


def test_a_hidden_first_sheet_is_left_out_and_named() -> None:
    report = tabled(review_inputs.path("xlsx/hidden-first-sheet.xlsx"))
    assert report.refusals == []
    assert any("hidden sheets were left out: Notes" in note for note in report.notes)


def test_a_percent_is_read_as_it_is_shown(tmp_path: Path) -> None:
    tabled(saved(book(tmp_path, ["Planning", "Sorting", 0.5, "Sorts.", "Sorts alone."], C2="0%")))
    assert Skill.objects.get().summary == "50%"


def test_a_whole_date_is_in_no_doubt(tmp_path: Path) -> None:
    made = book(tmp_path, ["Planning", "Sorting", None, "Sorts.", "Sorts alone."])
    made[1]["C2"] = "=DATE(2026,3,1)"
    made[1]["C2"].data_type, made[1]["C2"].value = "n", 46082
    made[1]["C2"].number_format = "yyyy-mm-dd"
    assert not any("contain dates without" in note for note in tabled(saved(made)).notes)
    assert Skill.objects.get().summary == "2026-03-01"


def test_hidden_rows_and_columns_are_counted_and_named(tmp_path: Path) -> None:
    made = book(
        tmp_path, *(["Planning", f"Skill {n}", "", "Sorts.", "Sorts alone."] for n in range(3))
    )
    made[1].row_dimensions[3].hidden = True
    made[1].column_dimensions["E"].hidden = True
    notes = tabled(saved(made)).notes
    assert "skills.xlsx: hidden rows of sheet “Sheet” were read too (1): 3" in notes
    assert "skills.xlsx: hidden columns of sheet “Sheet” were read too (1): E" in notes
    assert Skill.objects.count() == 3


def test_merged_cells_are_named_with_what_fills_them(tmp_path: Path) -> None:
    made = book(
        tmp_path, *(["Planning", f"Skill {n}", "", "Sorts.", "Sorts alone."] for n in range(2))
    )
    made[1].merge_cells("A2:A3")
    report = tabled(saved(made))
    assert (
        "skills.xlsx: only the first of merged cells is filled: A2:A3; use `fill_down` in the "
        "mapping to repeat it"
    ) in report.notes


def test_minutes_with_a_zero_behind_the_point_and_truth_in_capitals_are_read(
    question_set: QuestionSet,
) -> None:
    rows = [row | {"minutes": "17.0", "required": "TRUE"} for row in rows_of(question_set)]
    assert import_file(question_set, rows).refusals == []
    asked = question_set.sections.get(title="Opening").items.all()
    assert {(item.minutes, item.required) for item in asked} == {(17, True)}
    assert import_file(question_set, rows).conflicting == []
    halves = edited(question_set, 1, minutes="17.5")
    assert {column for _, column, _ in refusals(import_file(question_set, halves))} == {"minutes"}


@pytest.mark.parametrize(
    "written", ["WHEN was\u00a0it  late? ", "When was it late?", "When\nwas it late?"]
)
def test_blanks_and_capitals_make_no_second_question(
    question_set: QuestionSet, written: str
) -> None:
    row = {"section": "Opening", "question": "", "prompt": "When was it late?", "required": "no"}
    assert import_file(question_set, [row]).is_written
    questions = Question.objects.count()
    import_file(question_set, [row | {"prompt": written}])
    assert Question.objects.count() == questions


def test_a_rating_with_a_zero_behind_the_point_is_a_rating() -> None:
    line = f"{VERSION},set,risk,Risk,3.0,Yes.\n"
    scorecard = read_scorecard(
        f"scorecard,set,skill,title,rating,evidence\n{line}".encode(), "a.csv"
    )
    assert scorecard.problems == []
    assert scorecard.ratings["risk"].rating == 3


@pytest.mark.parametrize(
    "sheet",
    [
        "id,title,,\nlead,Lead,,\n",
        "id,title\nlead,Lead\n,\n , \n",
        "id\ttitle\nlead\tLead\n",
        " ID , TITLE \nlead,Lead\n",
        "id,title\n\nlead,Lead,,,\n",
    ],
)
def test_blank_rows_and_nameless_empty_columns_of_a_pack_are_none(
    tmp_path: Path, sheet: str
) -> None:
    report = Pack(tmp_path).write("roles.csv", sheet).load()
    assert report.refusals == []
    assert report.created == {"pack.yml": 1, "roles": 1}


def test_error_values_in_a_pack_are_refused_by_row_and_column(tmp_path: Path) -> None:
    pack = Pack(tmp_path).write(
        "roles.csv", "id,title,summary\nlead,#REF!,\nhead,Head,Err:502\nthird,Third,#1\n"
    )
    assert pack.refusals() == [
        "roles.csv line 2: title: the spreadsheet has the error #REF! here",
        "roles.csv line 3: summary: the spreadsheet has the error Err:502 here",
    ]


def test_names_of_columns_that_only_differ_in_capitals_are_one(tmp_path: Path) -> None:
    pack = Pack(tmp_path).write("roles.csv", "id,title,Title\nlead,Lead,Lead\n")
    assert pack.refusals() == ["roles.csv line 1: expected a row that names every column once"]


def test_an_id_that_is_missing_is_called_as_the_column_is(tmp_path: Path) -> None:
    assert Pack(tmp_path).write("roles.csv", "title\nLead\n").refusals() == [
        "roles.csv line 2: id: This field cannot be blank."
    ]
