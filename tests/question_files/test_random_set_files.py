"""Files with sections, minutes and numbers edited at random: each report says what changes."""

import random
from typing import Any

import pytest

from content.base_models import Status
from interviews.models import Question, QuestionSet, SetItem, SetSection
from question_files.columns import REQUIRED
from question_files.importer import AGAIN_IN_SET, NEW_IN_SET, NEW_QUESTION
from question_files.report import SetReport
from tests.factories import QuestionFactory, SetItemFactory
from tests.question_files.spreadsheets import Rows, import_file, phone_screen, rows_of

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

SECTIONS = ["Opening", "Closing", "Middle", "", " ", "Opening ", "opening"]
CELLS = {
    "section": SECTIONS,
    "minutes": ["", "5", "7", " 9 ", "5.0"],
    "required": ["yes", "no", "", "Yes"],
    "position": ["", "1", "2", "9", "1,5"],
}
#: Of an item: its section, minutes and whether it is required.
ItemCells = dict[str, str]


def random_set(choices: random.Random) -> QuestionSet:
    question_set = phone_screen()
    QuestionFactory(slug="other", title="Other")
    if choices.random() < 0.3:
        SetItem.objects.filter(section__title="Closing").delete()
        SetSection.objects.filter(title="Closing").delete()
    elif choices.random() < 0.5:
        first, last = SetSection.objects.order_by("position")
        SetItemFactory(section=last, question=first.items.all()[0].question, position=3)
    return question_set


def random_rows(question_set: QuestionSet, choices: random.Random) -> Rows:
    """The exported rows, some of them edited, copied, added or left out."""
    rows = rows_of(question_set)
    if choices.random() < 0.3:
        rows.append(choices.choice(rows) | {"section": choices.choice(SECTIONS)})
    if choices.random() < 0.3:
        section = choices.choice(SECTIONS)
        rows.append(dict.fromkeys(rows[0], "") | {"question": "other", "section": section})
    if choices.random() < 0.3:
        new = {"prompt": "Why?", "title": "New", "kind": "Situational", "section": "Opening"}
        rows.insert(0, dict.fromkeys(rows[0], "") | new)
    for _ in range(choices.randint(0, 3)):
        column = choices.choice(list(CELLS))
        choices.choice(rows)[column] = choices.choice(CELLS[column])
    if choices.random() < 0.3:
        rows.remove(choices.choice(rows))
    if choices.random() < 0.2:
        rows.append(dict(choices.choice(rows)))
    if choices.random() < 0.3:
        for row in rows:
            row["version"] = ""
    return rows


def stored_items(question_set: QuestionSet) -> dict[int, ItemCells]:
    items = SetItem.objects.filter(section__question_set=question_set)
    cells = {}
    for item in items.select_related("section", "question").in_order():
        cells[item.pk] = {
            "title": item.question.title,
            "is_exported": str(item.question.status == Status.PUBLISHED),
            "section": item.section.title,
            "minutes": str(item.minutes or item.question.minutes or ""),
            "required": REQUIRED[item.required],
            "position": str(len(cells) + 1),
        }
    return cells


def state(question_set: QuestionSet) -> dict[str, Any]:
    sections = SetSection.objects.filter(question_set=question_set).order_by("position", "id")
    return {
        "items": stored_items(question_set),
        "sections": {section.pk: section.title for section in sections},
        "questions": set(Question.objects.values_list("title", flat=True)),
    }


def assert_true(report: SetReport, before: dict[str, Any], after: dict[str, Any]) -> None:
    """Everything that a report of an import says happened, and nothing else did."""
    if report.refusals or report.is_empty:
        assert after == before
        return
    asked = {cells["title"] for cells in before["items"].values()}
    added = [pk for pk in after["items"] if pk not in before["items"]]
    for row in report.changed:
        match row.addition:
            case "":
                assert row.title in asked
            case str() as addition if addition == NEW_IN_SET:
                assert row.title not in asked
                assert row.title in before["questions"]
            case str() as addition if addition == AGAIN_IN_SET:
                assert row.title in asked
            case addition:
                assert addition == NEW_QUESTION
                assert row.title not in before["questions"]
    assert len(added) == len([row for row in report.rows if row.addition])
    titles = [after["sections"][pk] for pk in after["sections"] if pk not in before["sections"]]
    assert sorted(report.new_sections) == sorted(titles)
    gone = [
        f"{cells['title']} ({cells['section']})"
        for pk, cells in before["items"].items()
        if pk not in after["items"]
    ]
    assert sorted(report.removed) == sorted(gone)
    assert changes_of_items(before, after) <= reported_changes(report)


def changes_of_items(before: dict[str, Any], after: dict[str, Any]) -> set[tuple[str, ...]]:
    """The title, column and both values of each cell of an item that changed."""
    changes = set()
    for pk, cells in after["items"].items():
        for column in ("section", "minutes", "required"):
            former = before["items"].get(pk, cells)[column]
            # A hidden question is in its section when that is renamed, but not in the file.
            if former != cells[column] and cells["is_exported"] == "True":
                changes.add((cells["title"], column, former, cells[column]))
    return changes


def reported_changes(report: SetReport) -> set[tuple[str, ...]]:
    changes = set()
    for row in report.changed:
        for cell in row.cells:
            changes.add((row.title, cell.column, cell.stored, cell.incoming))
    return changes


@pytest.mark.parametrize("seed", range(16))
def test_a_report_says_what_an_import_changes(seed: int) -> None:
    choices = random.Random(seed)
    question_set = random_set(choices)
    rows = random_rows(question_set, choices)
    options = {"remove": choices.random() < 0.3, "overwrite": choices.random() < 0.3}
    before = state(question_set)
    preview = import_file(question_set, rows, dry_run=True, **options)
    assert state(question_set) == before
    report = import_file(question_set, rows, **options)
    assert report.as_data() == preview.as_data()
    assert_true(report, before, state(question_set))
