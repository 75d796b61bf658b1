"""The CSV of a question set as programs save it, and as people edit it."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence

from content.base_models import Status
from file_formats.csv_reading import read_sheet
from interviews.models import QuestionSet
from question_files.export import set_response
from question_files.importer import ImportOptions, import_questions
from question_files.report import SetReport
from tests.factories import QuestionFactory, QuestionSetFactory, SetItemFactory, SetSectionFactory
from tests.interviews.questions import make_question

Rows = list[dict[str, str]]


def phone_screen() -> QuestionSet:
    """Two sections, the first with two questions, the other with one and one that is hidden."""
    question_set = QuestionSetFactory(title="Phone screen", slug="phone-screen")
    first = SetSectionFactory(question_set=question_set, title="Opening", position=1)
    last = SetSectionFactory(question_set=question_set, title="Closing", position=2)
    SetItemFactory(section=first, question=make_question("First"), position=1)
    SetItemFactory(
        section=first,
        question=QuestionFactory(title="Second", slug="second"),
        position=2,
        minutes=7,
    )
    SetItemFactory(
        section=last, question=QuestionFactory(title="Hidden", status=Status.DRAFT), position=1
    )
    SetItemFactory(
        section=last,
        question=QuestionFactory(title="Third", slug="third"),
        position=2,
        required=False,
    )
    return question_set


def exported(question_set: QuestionSet, *, raw: bool = False, bom: bool = True) -> bytes:
    """The CSV of a set."""
    return set_response(question_set, raw=raw, bom=bom).getvalue()


def rows_of(question_set: QuestionSet) -> Rows:
    """Its rows, by column, as a spreadsheet shows them."""
    text = exported(question_set).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def saved(rows: Rows, columns: Iterable[str] = (), **dialect: str) -> bytes:
    """The rows as a program saves them: with these columns, by default those of the first row."""
    encoding, ends = dialect.get("encoding", "utf-8"), dialect.get("ends", "\r\n")
    text = io.StringIO(newline="")
    writer = csv.DictWriter(
        text, list(columns) or list(rows[0]), delimiter=dialect.get("separator", ","),
        lineterminator=ends, extrasaction="ignore", restval="",
    )  # fmt: skip
    writer.writeheader()
    writer.writerows(rows)
    return (dialect.get("first", "") + text.getvalue()).encode(encoding)


def import_file(question_set: QuestionSet, content: bytes | Rows, **options: bool) -> SetReport:
    """Import a file."""
    file = saved(content) if isinstance(content, list) else content
    return import_questions(
        QuestionSet.objects.get(pk=question_set.pk),
        read_sheet(file, "set.csv"),
        ImportOptions(**options),
    )


def edited(question_set: QuestionSet, number: int, **cells: str) -> Rows:
    """The rows of a set, with other cells in one of them."""
    rows = rows_of(question_set)
    rows[number - 1] |= cells
    return rows


def without(columns: Sequence[str]) -> Callable[[Rows], Rows]:
    """Rows that lack these columns."""
    return lambda rows: [
        {name: cell for name, cell in row.items() if name not in columns} for row in rows
    ]


def refusals(report: SetReport) -> list[tuple[str, str, str]]:
    """Row, column and reason of each."""
    return [
        (each.location.removeprefix("set.csv "), each.column, each.reason)
        for each in report.refusals
    ]


def differences(report: SetReport) -> list[tuple[str, str, str]]:
    """The column, the stored and the imported value of each changed cell."""
    return [(cell.column, cell.stored, cell.incoming) for row in report.rows for cell in row.cells]


def import_twice(question_set: QuestionSet, rows: Rows, **options: bool) -> SetReport:
    """Import rows, and assert that importing them again changes nothing."""
    report = import_file(question_set, rows, **options)
    assert report.refusals == []
    # Tests postpone what follows a change, and the second import would undo it with its savepoint.
    assert exported(question_set)
    again = import_file(question_set, rows, **options)
    assert (again.refusals, again.changed, again.removed, again.is_written) == ([], [], [], False)
    return report
