"""Brings the CSV of a question set back, edited in a spreadsheet.

All of it is put or nothing, through the models.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import dataclass
from typing import Any

import reversion
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError

from content.change_tracking import tracking_changes
from content.fields import is_blank, normalize_newlines
from editing.history import ensure_first_version
from interviews.models import Question, QuestionSet, SetItem
from interviews.unfair_topics import unfair_wording_warnings
from packs.load_options import ProgressCallback, without_progress
from packs.reading import UnreadableFile
from packs.report import Refusal
from packs.tables.csv_reading import Sheet
from question_files.columns import COLUMNS, Use, columns_for
from question_files.edit_notes import added_notes, edit_notes, taken_out_notes
from question_files.lookups import Unclear
from question_files.questions import Questions
from question_files.report import SetReport
from question_files.rows import Row, contradictions, first_rows, repeated
from question_files.set_layout import Places

KEY = "question"
QUESTION_COLUMNS = columns_for(Use.QUESTION)
NEW_QUESTION = "a new question, as a draft"
NEW_IN_SET = "a question that is new to the set"
#: The columns with words that a candidate hears.
ASKED = {"prompt", "probes"}
#: What a model calls what a column holds.
FIELDS = {"band_from": "bands", "band_to": "bands"}


@dataclass(frozen=True)
class LoadOptions:
    """What may be done beyond changing what is there and adding what is not."""

    #: Say what would happen and write nothing.
    dry_run: bool = False
    #: Take questions out of the set that the file could name and does not.
    remove: bool = False
    #: Where the file and someone here changed the same cell, store what the file says.
    overwrite: bool = False


def bring_back(
    question_set: QuestionSet,
    sheet: Sheet,
    terms: LoadOptions = LoadOptions(),
    user: AbstractBaseUser | None = None,
    comment: str = "From a file.",
    watch: ProgressCallback = without_progress,
) -> SetReport:
    """Make a set, and its questions, what a file says. One refused row refuses the whole.

    :param user, comment: who did it, and what the history says of it.
    :param watch: is handed the rows, to show how far it is.
    :raises Unreadable: if the file does not say which questions its rows are about.
    """
    _refuse_columns(sheet)
    report = SetReport(ignored=[column for column in sheet.columns if column not in COLUMNS])
    history = None if terms.dry_run else History(comment, user)
    with suppress(_Undone), tracking_changes() as record, record.attempt():
        _Return(question_set, report, history, watch).run(sheet, terms)
        if terms.dry_run or report.refusals or report.is_empty:
            raise _Undone
        report.is_written = True
    return report


def _refuse_columns(sheet: Sheet) -> None:
    """
    :raises Unreadable: if the file does not say which questions its rows are about.
    """
    if KEY not in sheet.columns:
        raise UnreadableFile(sheet.header, f"the column “{KEY}” is missing")
    if "prompt" not in sheet.columns and any(" " in row.cells[KEY].strip() for row in sheet.rows):
        reason = (
            f"the column “{KEY}” holds keys of questions; put the words of questions into “prompt”"
        )
        raise UnreadableFile(sheet.header, reason)


@dataclass(frozen=True)
class History:
    """What the history says of a change."""

    comment: str
    user: AbstractBaseUser | None

    @contextmanager
    def around(self, row: Any, is_changed: Callable[[], bool], *, is_new: bool) -> Iterator[None]:
        """Around a change: keep the row as it was, if it has no history, and as it is after it."""
        if not is_new:
            ensure_first_version(row)
        yield
        if not is_changed():
            return
        with reversion.create_revision():
            if self.user:
                reversion.set_user(self.user)
            reversion.set_comment(self.comment)
            reversion.add_to_revision(row)


class _Undone(Exception):
    """Takes back everything that was written."""


class _Return:
    """One file on its way into one set."""

    def __init__(
        self,
        question_set: QuestionSet,
        report: SetReport,
        history: History | None,
        watch: ProgressCallback,
    ) -> None:
        self.question_set = question_set
        self.report = report
        self.places = Places(question_set)
        self.questions = Questions(self.places.items, question_set.collection)
        self.titles = {
            normalize_newlines(title)
            for title in (question_set.title, *question_set.former_titles.split("\n"))
        }
        self.history = history
        self.watch = watch
        #: Titles of the other sets that ask a question, by its key.
        self.other_sets: dict[int, list[str]] = {}

    def run(self, sheet: Sheet, terms: LoadOptions) -> None:
        rows = [Row.of(row, overwrites=terms.overwrite) for row in sheet.rows]
        self.report.repeated = repeated(rows)
        self.questions.read_prompts(row["prompt"] for row in rows if not row.has_key)
        for row in rows:
            with self._refusing(row, "question"):
                self._find(row)
        self._check(rows)
        with self._history(self.question_set, self._is_set_changed):
            self._put(rows, terms)
        for row in rows:
            asked = [cell.there for cell in row.change.cells if cell.column in ASKED]
            row.change.warnings = unfair_wording_warnings("\n".join(asked))
        self.report.rows = [row.change for row in rows]
        self.report.notes += edit_notes(rows)
        self.report.unchanged = sum(not (row.change.cells or row.change.news) for row in rows)

    def _put(self, rows: list[Row], terms: LoadOptions) -> None:
        self.places.match(rows)
        self.report.notes += taken_out_notes(self.places.taken_out)
        self.other_sets = self._other_sets({row.question.pk for row in rows if row.question})
        self._read_parts(rows)
        first = first_rows(rows)
        for row in self.watch("questions", rows):
            if row.question:
                self._put_row(row, row.question, is_first=first[row.question] is row)
        if not self.report.refusals and (note := self.places.put_in_order(rows)):
            self.report.notes.append(note)
        self._leave_out(rows, terms)

    def _read_parts(self, rows: list[Row]) -> None:
        """Read at once what the differing cells of all rows are to be compared with."""
        keys: dict[str, set[int]] = defaultdict(set)
        for question, row in first_rows(rows).items():
            for column in row.changed(QUESTION_COLUMNS):
                keys[column].add(question.pk)
        for column, found in keys.items():
            self.questions.read_parts(column, found)

    def _find(self, row: Row) -> None:
        """The question of a row; made if the row has no key and its words are new."""
        titles = row["set"].strip()
        if titles and titles not in {title.strip() for title in self.titles}:
            raise ValidationError(
                {"set": f"this is a row of “{titles[:80]}”, not of “{self.question_set}”"}
            )
        row.change.title = row["question"].strip() or row["prompt"].strip()[:80]
        if row.has_key:
            row.question = self.questions.with_key(row["question"].strip())
        elif is_blank(row["prompt"]):
            raise ValidationError({"prompt": "a question without a key needs a prompt"})
        else:
            row.question = self.questions.with_prompt(row["prompt"]) or self._create(row)
        row.change.title = row.question.title

    def _create(self, row: Row) -> Question:
        question = self.questions.create(row["prompt"])
        row.is_new, row.change.news = True, NEW_QUESTION
        row.note("prompt", "", row["prompt"])
        return question

    def _check(self, rows: list[Row]) -> None:
        """Read what could not be read later, when only some rows were put."""
        for row in rows:
            with self._refusing(row, "position"):
                row.number()
            for column, reason in row.errors():
                self._refuse(row, column, reason)
        for row, column, other in contradictions(rows, QUESTION_COLUMNS):
            self._refuse(
                row, column, f"{other.change.place} says something else of the same question"
            )
        cells = self.questions.cells(row.question for row in rows if row.question)
        for row in rows:
            row.before = cells[row.question.pk] if row.question else {}
            row.note_untaken(columns_for(Use.READ_ONLY))

    def _put_row(self, row: Row, question: Question, *, is_first: bool) -> None:
        if is_first:
            self._put_question(row, question)
        if row in self.places.taken_out:
            return
        if row.item is None:
            row.change.news = row.change.news or NEW_IN_SET
        with self._refusing(row, "section"):
            self.places.put(row)

    def _put_question(self, row: Row, question: Question) -> None:
        columns = row.changed(QUESTION_COLUMNS)
        if not columns and not row.is_new:
            return
        row.change.also_in = self.other_sets.get(question.pk, [])
        with self._history(question, lambda: bool(row.change.cells), is_new=row.is_new):
            for column in columns:
                self._put_cell(row, question, column)
            if row.is_new and row.has("minutes"):
                with self._refusing(row, "minutes"):
                    question.minutes = row.minutes()
                    question.save()
                    row.note("minutes", "", row["minutes"])

    def _other_sets(self, questions: set[int]) -> dict[int, list[str]]:
        items = SetItem.objects.filter(question__in=questions).exclude(
            section__question_set=self.question_set
        )
        titles = items.order_by("section__question_set__title")
        found: dict[int, list[str]] = defaultdict(list)
        for question, title in titles.values_list(
            "question", "section__question_set__title"
        ).distinct():
            found[question].append(title)
        return found

    def _put_cell(self, row: Row, question: Question, column: str) -> None:
        with self._refusing(row, column):
            if self.questions.put(question, column, row[column]):
                row.note(column, "" if row.is_new else row.before[column], row[column])

    def _leave_out(self, rows: list[Row], terms: LoadOptions) -> None:
        absent = self.places.absent(rows)
        if terms.remove:
            absent, added = self.places.without_added(absent, rows)
            self.report.notes += added_notes(added)
        for item in absent if terms.remove else ():
            item.delete()
        names = [f"{item.question.title} ({item.section.title})" for item in absent]
        self.report.removed, self.report.absent = (names, []) if terms.remove else ([], names)
        self.report.new_sections = [section.title for section in self.places.new_sections]

    def _is_set_changed(self) -> bool:
        return bool(self.report.removed or self.report.new_sections or self.places.is_changed)

    def _history(
        self, row: Any, is_changed: Callable[[], bool], *, is_new: bool = False
    ) -> AbstractContextManager[None]:
        return (
            self.history.around(row, is_changed, is_new=is_new) if self.history else nullcontext()
        )

    @contextmanager
    def _refusing(self, row: Row, column: str) -> Iterator[None]:
        """Collect what is wrong with a cell, and go on.

        What was put of it meanwhile is undone with all the rest.
        """
        try:
            yield
        except Unclear as error:
            self._refuse(row, error.column or column, str(error))
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                for message in messages:
                    self._refuse(
                        row, FIELDS.get(name, name if name in COLUMNS else column), message
                    )

    def _refuse(self, row: Row, column: str, reason: str) -> None:
        self.report.refusals.append(Refusal(row.change.place, column, reason))
