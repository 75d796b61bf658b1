"""The report lists edited cells of read-only columns, and says if moved rows have no effect."""

import pytest

from interviews.models import QuestionSet, SetItem
from question_files.row_order import NUMBERS_DECIDE, ORDER_STAYS
from tests.question_files.spreadsheets import (
    Rows,
    edited,
    import_file,
    import_twice,
    phone_screen,
    refusals,
    rows_of,
    without,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def question_set() -> QuestionSet:
    return phone_screen()


def order(question_set: QuestionSet) -> list[str]:
    items = SetItem.objects.filter(section__question_set=question_set).published().in_order()
    return list(items.values_list("question__title", flat=True))


def dragged(question_set: QuestionSet) -> Rows:
    """The second row first."""
    first, second, third = rows_of(question_set)
    return [second, first, third]


@pytest.mark.parametrize(
    "column", ["collection", "license", "attribution", "modified", "url", "score", "notes"]
)
def test_an_edited_cell_in_a_column_that_no_file_changes_is_reported(
    question_set: QuestionSet, column: str
) -> None:
    before = rows_of(question_set)
    report = import_twice(
        question_set, edited(question_set, 1, **{column: "Edited", "prompt": "Why?"})
    )
    (row,) = report.ignored
    assert [(cell.column, cell.stored, cell.incoming) for cell in row.ignored] == [
        (column, before[0][column].removeprefix("https://portal.example"), "Edited")
    ]
    assert row.title == "First"
    assert rows_of(question_set)[0][column] == before[0][column]


def test_what_an_export_wrote_is_no_edit(question_set: QuestionSet) -> None:
    rows = rows_of(question_set)
    rows[0]["url"] = f"https://portal.example{rows[0]['url']}"
    assert import_file(question_set, rows).ignored == []


def test_what_a_new_row_says_of_its_source_is_reported(question_set: QuestionSet) -> None:
    rows = rows_of(question_set)
    new = {"prompt": "Something new?", "section": "Closing", "license": "MIT"}
    report = import_file(question_set, [*rows, dict.fromkeys(rows[0], "") | new])
    assert [[cell.column for cell in row.ignored] for row in report.ignored] == [["license"]]


def test_rows_dragged_without_new_numbers_are_reported(question_set: QuestionSet) -> None:
    report = import_file(question_set, dragged(question_set))
    assert (report.is_empty, report.notes) == (True, [NUMBERS_DECIDE])
    assert order(question_set) == ["First", "Second", "Third"]


def test_rows_whose_column_of_numbers_was_emptied_are_put_in_the_order_of_the_file(
    question_set: QuestionSet,
) -> None:
    rows = [row | {"position": ""} for row in dragged(question_set)]
    assert import_twice(question_set, rows).notes == []
    assert order(question_set) == ["Second", "First", "Third"]


def test_without_the_column_of_numbers_the_order_stays_and_that_is_said(
    question_set: QuestionSet,
) -> None:
    report = import_file(question_set, without(["position"])(dragged(question_set)))
    assert (report.is_empty, report.notes) == (True, [ORDER_STAYS])
    assert import_file(question_set, without(["position"])(rows_of(question_set))).notes == []


def test_rows_that_stand_by_their_new_numbers_need_no_note(question_set: QuestionSet) -> None:
    rows = [
        row | {"position": str(number)} for number, row in enumerate(dragged(question_set), start=1)
    ]
    assert import_twice(question_set, rows).notes == []
    assert order(question_set) == ["Second", "First", "Third"]


def test_new_numbers_in_rows_that_stand_as_before_need_no_note(question_set: QuestionSet) -> None:
    assert import_twice(question_set, edited(question_set, 1, position="2.5")).notes == []
    assert order(question_set) == ["Second", "First", "Third"]


def test_a_new_row_without_a_number_comes_after_the_row_above_it(question_set: QuestionSet) -> None:
    rows = rows_of(question_set)
    new = dict.fromkeys(rows[0], "") | {"prompt": "Between?", "section": "Opening"}
    report = import_twice(question_set, [rows[0], new, *rows[1:]])
    assert refusals(report) == []
    items = SetItem.objects.filter(section__title="Opening").in_order()
    assert list(items.values_list("question__title", flat=True)) == ["First", "Between?", "Second"]


def test_a_new_question_stays_where_it_is_if_the_file_comes_back_once_more(
    question_set: QuestionSet,
) -> None:
    first, second, third = ({**row, "position": ""} for row in rows_of(question_set))
    new = dict.fromkeys(first, "") | {"prompt": "Between?", "section": "Opening"}
    import_twice(question_set, [second, third, new, first])
    items = SetItem.objects.filter(section__title="Opening").in_order()
    assert list(items.values_list("question__title", flat=True)) == ["Second", "Between?", "First"]
