"""Edits made here after a question set was exported survive its import."""

from collections.abc import Callable
from itertools import chain

import pytest

from interviews.models import Anchor, Question, QuestionSet, SetItem, SetSection
from question_files.columns import COLUMNS, READ_ONLY_COLUMNS, VERSIONED_COLUMNS
from question_files.export import questions_response
from question_files.report import SetReport
from question_files.row_order import ORDER_CONFLICT, ORDER_KEPT
from question_files.row_versions import RowVersion
from tests.factories import QuestionFactory, SetItemFactory
from tests.interviews.questions import read
from tests.question_files.spreadsheets import (
    Rows,
    differences,
    edited,
    import_file,
    phone_screen,
    refusals,
    rows_of,
    without,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def question_set() -> QuestionSet:
    return phone_screen()


def first() -> Question:
    return Question.objects.get(slug="first")


def first_item() -> SetItem:
    return SetItem.objects.get(question__slug="first")


#: By column, an edit of the first question that someone makes here.
EDITS: dict[str, Callable[[], object]] = {
    "prompt": lambda: Question.objects.filter(slug="first").update(prompt="Edited here."),
    "kind": lambda: Question.objects.filter(slug="first").update(kind="case"),
    "bands": lambda: Question.objects.filter(slug="first").update(band_to=None),
    "skills": lambda: first().question_skills.all()[0].delete(),
    "probes": lambda: first().probes.filter(position=2).update(text="Edited here."),
    "anchor_3": lambda: Anchor.objects.filter(question=first(), rating=3).update(text="Edited."),
    "section": lambda: SetSection.objects.filter(title="Opening").update(title="Edited here"),
    "minutes": lambda: SetItem.objects.filter(pk=first_item().pk).update(minutes=17),
    "required": lambda: SetItem.objects.filter(pk=first_item().pk).update(required=False),
}
#: What a file says in these columns instead.
IN_FILE = {
    "prompt": "Edited in the file?",
    "kind": "Estimation",
    "bands": "",
    "skills": "Planning\nRisk management",
    "probes": "Edited in the file.",
    "anchor_3": "Edited in the file.",
    "section": "Closing",
    "minutes": "23",
}


def conflicts(report: SetReport) -> list[tuple[str, str, str]]:
    cells = chain.from_iterable(row.conflicts for row in report.rows)
    return [(cell.column, cell.stored, cell.incoming) for cell in cells]


def titles(question_set: QuestionSet) -> list[str]:
    items = SetItem.objects.filter(section__question_set=question_set).published().in_order()
    return list(items.values_list("question__title", flat=True))


@pytest.mark.parametrize("column", EDITS)
def test_a_cell_that_was_edited_here_only_stays(question_set: QuestionSet, column: str) -> None:
    rows = edited(question_set, 2, prompt="Edited in the file?")
    before = rows_of(question_set)[0][column]
    EDITS[column]()
    after = rows_of(question_set)[0][column]
    assert after != before
    report = import_file(question_set, rows)
    assert [change[0] for change in differences(report)] == ["prompt"]
    assert conflicts(report) == []
    assert any("edited here since the export" in note for note in report.notes)
    assert [row[column] for row in rows_of(question_set)][0] == after
    assert rows_of(question_set)[1]["prompt"] == "Edited in the file?"


@pytest.mark.parametrize("column", IN_FILE)
def test_a_cell_that_was_edited_in_the_file_and_here_is_a_conflict(
    question_set: QuestionSet, column: str
) -> None:
    rows = edited(question_set, 1, **{column: IN_FILE[column]})
    EDITS[column]()
    here = rows_of(question_set)[0][column]
    report = import_file(question_set, rows)
    assert conflicts(report) == [(column, here, IN_FILE[column])]
    assert (report.is_empty, report.is_written) == (True, False)
    assert rows_of(question_set)[0][column] == here
    report = import_file(question_set, rows, overwrite=True)
    assert conflicts(report) == []
    assert (column, here, IN_FILE[column]) in differences(report)


def test_the_same_edit_in_the_file_and_here_is_no_conflict(question_set: QuestionSet) -> None:
    rows = edited(question_set, 1, prompt="Edited here.")
    EDITS["prompt"]()
    report = import_file(question_set, rows)
    assert (report.is_empty, conflicts(report)) == (True, [])


def test_edits_of_different_cells_of_a_row_both_survive(question_set: QuestionSet) -> None:
    rows = edited(question_set, 1, anchor_4="Edited in the file.")
    EDITS["prompt"]()
    import_file(question_set, rows)
    row = rows_of(question_set)[0]
    assert (row["prompt"], row["anchor_4"]) == ("Edited here.", "Edited in the file.")


def test_a_file_of_the_bank_leaves_edits_too(question_set: QuestionSet) -> None:
    rows = read(questions_response(Question.objects.filter(slug__in=["first", "second"])))
    rows[0]["kind"] = "Case"
    EDITS["prompt"]()
    report = import_file(question_set, rows)
    assert refusals(report) == []
    assert differences(report) == [("kind", "Behavioral", "Case")]
    row = rows_of(question_set)[0]
    assert (row["prompt"], row["minutes"]) == ("Edited here.", "10")


def test_a_question_that_was_removed_here_is_added_only_if_edits_are_overwritten(
    question_set: QuestionSet,
) -> None:
    rows = edited(question_set, 1, prompt="Edited in the file?")
    first_item().delete()
    report = import_file(question_set, rows)
    assert titles(question_set) == ["Second", "Third"]
    assert any("not added again: First" in note for note in report.notes)
    assert first().prompt == "Edited in the file?"
    import_file(question_set, rows, overwrite=True)
    assert titles(question_set) == ["First", "Second", "Third"]


def test_a_question_that_was_added_here_is_not_removed_as_absent(question_set: QuestionSet) -> None:
    rows = rows_of(question_set)[1:]
    section = SetSection.objects.get(title="Opening")
    SetItemFactory(section=section, question=QuestionFactory(title="Added"), position=9)
    report = import_file(question_set, rows, remove=True)
    assert titles(question_set) == ["Second", "Added", "Third"]
    assert report.removed == ["First (Opening)"]
    assert any("not removed: Added" in note for note in report.notes)


def test_an_order_that_was_changed_here_only_stays(question_set: QuestionSet) -> None:
    rows = edited(question_set, 3, prompt="Edited in the file?")
    SetItem.objects.filter(pk=first_item().pk).update(position=9)
    report = import_file(question_set, rows)
    assert ORDER_KEPT in report.notes
    assert titles(question_set) == ["Second", "First", "Third"]


def test_a_file_that_is_imported_again_does_not_report_its_own_order(
    question_set: QuestionSet,
) -> None:
    opening = SetSection.objects.get(title="Opening")
    SetItemFactory(section=opening, question=QuestionFactory(title="Fourth"), position=3)
    rows = edited(question_set, 3, position="0")
    before = titles(question_set)
    import_file(question_set, rows)
    order = titles(question_set)
    assert order != before
    assert import_file(question_set, rows).notes == []
    assert titles(question_set) == order


def test_an_order_that_was_changed_in_the_file_and_here_is_a_conflict(
    question_set: QuestionSet,
) -> None:
    opening = SetSection.objects.get(title="Opening")
    SetItemFactory(section=opening, question=QuestionFactory(title="Fourth"), position=3)
    rows = edited(question_set, 3, position="0")
    SetItem.objects.filter(pk=first_item().pk).update(position=9)
    assert import_file(question_set, rows).notes == [ORDER_CONFLICT]
    assert titles(question_set) == ["Second", "Fourth", "First", "Third"]
    assert import_file(question_set, rows, overwrite=True).notes == []
    assert titles(question_set) == ["Fourth", "First", "Second", "Third"]


def test_a_question_added_here_does_not_change_what_numbers_of_the_file_mean(
    question_set: QuestionSet,
) -> None:
    rows = edited(question_set, 1, position="2.5")
    opening = SetSection.objects.get(title="Opening")
    SetItemFactory(section=opening, question=QuestionFactory(title="Added"), position=0)
    assert import_file(question_set, rows).notes == []
    assert titles(question_set) == ["Added", "Second", "First", "Third"]


def test_a_copied_row_asks_its_question_once_more(question_set: QuestionSet) -> None:
    rows = rows_of(question_set)
    copy = rows[0] | {"section": "Closing", "position": "4"}
    report = import_file(question_set, [*rows, copy])
    assert refusals(report) == []
    assert titles(question_set) == ["First", "Second", "Third", "First"]
    assert import_file(question_set, [*rows, copy]).is_empty


@pytest.mark.parametrize("version", ["", "v1", "nonsense.1.1.AAAA", None])
def test_a_file_without_versions_counts_and_that_is_said(
    question_set: QuestionSet, version: str | None
) -> None:
    rows = rows_of(question_set)
    rows = (
        without(["version"])(rows)
        if version is None
        else [row | {"version": version} for row in rows]
    )
    EDITS["prompt"]()
    report = import_file(question_set, rows)
    assert differences(report) == [("prompt", "Edited here.", "Tell me about First.")]
    (note,) = report.notes
    assert note.startswith("3 rows have no valid version")


def test_the_version_of_another_question_is_not_valid(question_set: QuestionSet) -> None:
    rows = rows_of(question_set)
    rows[0]["version"] = rows[1]["version"]
    (note,) = import_file(question_set, rows).notes
    assert note.startswith("1 row has no valid version")


def test_a_version_is_read_as_it_was_written() -> None:
    version = RowVersion.of(["x"] * len(VERSIONED_COLUMNS), position=3, last_item=8)
    assert RowVersion.parse(str(version)) == version
    assert version.has("prompt", "x")
    assert not version.has("prompt", "y")
    assert RowVersion.parse(str(version)[:-4]) is None
    assert RowVersion.parse(f"{version}é") is None


def test_every_edited_cell_is_stored_or_reported(question_set: QuestionSet) -> None:
    silent = [column for column in COLUMNS if not _is_noticed(question_set, column)]
    assert silent == []


def _is_noticed(question_set: QuestionSet, column: str) -> bool:
    rows: Rows = rows_of(question_set)
    rows[0][column] = IN_FILE.get(column) or "7"
    report = import_file(question_set, rows, dry_run=True)
    noticed = [differences(report), report.refusals, report.ignored, report.notes]
    return any(noticed)


def test_every_column_that_is_read_only_is_listed_if_edited(question_set: QuestionSet) -> None:
    rows = edited(question_set, 1, **dict.fromkeys(tuple(READ_ONLY_COLUMNS), "Edited"))
    (row,) = import_file(question_set, rows).ignored
    assert tuple(cell.column for cell in row.ignored) == tuple(READ_ONLY_COLUMNS)


def test_what_changed_here_in_a_read_only_column_is_no_edit_of_the_file(
    question_set: QuestionSet,
) -> None:
    rows = rows_of(question_set)
    collection = first().collection
    collection.title = "Renamed"
    collection.save()
    assert rows_of(question_set)[0]["collection"] == "Renamed"
    assert import_file(question_set, rows).ignored == []
