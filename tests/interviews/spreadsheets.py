"""The CSV of a question set as programs save it again, and as people edit it in them."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence

from content.csv_reading import read_sheet
from interviews.csv_return.bringing_back import Terms, bring_back
from interviews.csv_return.report import SetReport
from interviews.models import QuestionSet
from interviews.question_csv import set_response

Rows = list[dict[str, str]]


def exported(question_set: QuestionSet, *, raw: bool = False, bom: bool = True) -> bytes:
    """The file as it leaves."""
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
        text, list(columns) or list(rows[0]), delimiter=dialect.get("separator", ","), lineterminator=ends,
        extrasaction="ignore", restval="",
    )  # fmt: skip
    writer.writeheader()
    writer.writerows(rows)
    return (dialect.get("first", "") + text.getvalue()).encode(encoding)


def brought(question_set: QuestionSet, content: bytes | Rows, **terms: bool) -> SetReport:
    """Bring a file back."""
    file = saved(content) if isinstance(content, list) else content
    return bring_back(QuestionSet.objects.get(pk=question_set.pk), read_sheet(file, "set.csv"), Terms(**terms))


def edited(question_set: QuestionSet, number: int, **cells: str) -> Rows:
    """The rows of a set, with other cells in one of them."""
    rows = rows_of(question_set)
    rows[number - 1] |= cells
    return rows


def without(columns: Sequence[str]) -> Callable[[Rows], Rows]:
    """Rows that lack these columns."""
    return lambda rows: [{name: cell for name, cell in row.items() if name not in columns} for row in rows]


def refusals(report: SetReport) -> list[tuple[str, str, str]]:
    """Line, column and reason of each."""
    return [(each.place.removeprefix("set.csv "), each.column, each.reason) for each in report.refusals]


def differences(report: SetReport) -> list[tuple[str, str, str]]:
    """Column, here and there of each changed cell."""
    return [(cell.column, cell.here, cell.there) for row in report.rows for cell in row.cells]
