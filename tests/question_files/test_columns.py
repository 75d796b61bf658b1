"""Each column of question files states what an import does with it, and the import does that."""

import pytest

from interviews.models import QuestionSet
from question_files.columns import (
    COLUMNS,
    IdentifyingColumn,
    QuestionColumn,
    ReadOnlyColumn,
    SetColumn,
    columns_as_markdown,
)
from tests.question_files.spreadsheets import edited, import_file, phone_screen, refusals, rows_of

IMPORTED = [
    name for name, column in COLUMNS.items() if isinstance(column, QuestionColumn | SetColumn)
]
#: By column, a cell that replaces the one of the first question, and is not equal to it.
EDITED_CELLS = {
    "position": "2.5",
    "section": "Closing",
    "prompt": "Edited?",
    "kind": "Case",
    "skills": "Planning",
    "bands": "Mid",
    "minutes": "17",
    "required": "no",
    "probes": "Why?",
    "anchor_1": "Edited.",
    "anchor_2": "Edited.",
    "anchor_3": "Edited.",
    "anchor_4": "Edited.",
}
#: What an export then has, if it is another cell.
EXPORTED_CELLS = EDITED_CELLS | {"position": "2"}


@pytest.mark.django_db
@pytest.mark.one_database
@pytest.mark.parametrize("column", IMPORTED)
def test_an_edited_cell_is_in_the_next_export(column: str) -> None:
    assert column in EDITED_CELLS, f"Add an edited cell of “{column}” to EDITED_CELLS."
    question_set = phone_screen()
    assert cell_of_first_question(question_set, column) != EXPORTED_CELLS[column]
    report = import_file(question_set, edited(question_set, 1, **{column: EDITED_CELLS[column]}))
    assert refusals(report) == []
    assert cell_of_first_question(question_set, column) == EXPORTED_CELLS[column]


def cell_of_first_question(question_set: QuestionSet, column: str) -> str:
    (row,) = [row for row in rows_of(question_set) if row["question"] == "first"]
    return row[column]


def test_every_column_says_what_an_import_does_with_it() -> None:
    kinds = {type(column) for column in COLUMNS.values()}
    assert kinds == {IdentifyingColumn, QuestionColumn, ReadOnlyColumn, SetColumn}


def test_the_version_is_the_last_column() -> None:
    assert list(COLUMNS)[-1] == "version"


def test_the_columns_explain_themselves() -> None:
    table = columns_as_markdown()
    assert table.count("\n") == len(COLUMNS) + 1
    assert all(f"| `{name}` | {column.meaning} |" in table for name, column in COLUMNS.items())
    assert all(column.meaning.endswith(".") for column in COLUMNS.values())
