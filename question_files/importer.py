"""Imports the CSV of a question set, edited in a spreadsheet: all of it or nothing."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from itertools import filterfalse
from operator import attrgetter

import reversion
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError

from content.base_models import ContentModel
from content.change_tracking import Rollback, revocable_changes
from content.text import is_blank, normalize_newlines
from editing.versions import ensure_first_version
from file_formats.csv_reading import Sheet
from file_formats.errors import RowError, UnreadableFile
from interviews.models import Probe, Question, QuestionSet, SetItem
from interviews.unfair_topics import unfair_wording_warnings
from packs.load_options import ProgressCallback, without_progress
from question_files.cells import ImportContext, PartsName
from question_files.columns import COLUMNS, QUESTION_COLUMNS
from question_files.lookups import UnreadableCell
from question_files.questions import QuestionExporter, QuestionFinder
from question_files.report import (
    ADDED_HERE,
    EDITED_HERE,
    REMOVED_HERE,
    WITHOUT_VERSION,
    SetReport,
    counted_notes,
    titled_notes,
)
from question_files.rows import ImportRow, first_rows, without_repeated
from question_files.set_layout import SetLayout, added_since_export

NEW_QUESTION = "a new question, as a draft"
NEW_IN_SET = "a question that is new to the set"
AGAIN_IN_SET = "a question that the set asks already, once more"
#: Characters of a title that a message quotes.
MAX_QUOTED = 80
#: The columns with words that a candidate hears.
SPOKEN_COLUMNS = {"prompt", "probes"}
#: The columns by the fields of models that they change, which are mostly called like them.
COLUMNS_OF_FIELDS = {name: name for name in COLUMNS} | {"band_from": "bands", "band_to": "bands"}


@dataclass(frozen=True)
class ImportOptions:
    """What an import does beyond changing what is stored and adding what is new."""

    #: Report what would happen and write nothing.
    dry_run: bool = False
    #: Remove questions from the set that the file does not have.
    remove: bool = False
    #: Where the file and someone here changed the same cell, store what the file says.
    overwrite: bool = False


def import_questions(
    question_set: QuestionSet,
    sheet: Sheet,
    options: ImportOptions = ImportOptions(),
    user: AbstractBaseUser | None = None,
    comment: str = "From a file.",
    progress: ProgressCallback = without_progress,
) -> SetReport:
    """Change a set and its questions to what a file says. If a row is refused, nothing is written.

    :param user, comment: of the versions in the history.
    :param progress: receives the rows and passes them on.
    :raises UnreadableFile: if the file does not say which questions its rows are about.
    """
    _require_columns(sheet)
    unknown_columns = list(filterfalse(COLUMNS.__contains__, sheet.columns))
    report = SetReport(unknown_columns=unknown_columns)
    history = None if options.dry_run else _History(comment, user)
    with revocable_changes():
        _Import(question_set, report, history, options).run(sheet, progress)
        if options.dry_run or report.refusals or report.is_empty:
            raise Rollback
        report.is_written = True
    return report


def _require_columns(sheet: Sheet) -> None:
    """
    :raises UnreadableFile: if the file does not say which questions its rows are about.
    """
    if "question" not in sheet.columns:
        raise UnreadableFile(sheet.header, "the column “question” is missing")
    has_words = any(" " in row.cells["question"].strip() for row in sheet.rows)
    if has_words and "prompt" not in sheet.columns:
        reason = (
            "the column “question” contains identifiers of questions; put the text of questions "
            "in “prompt”"
        )
        raise UnreadableFile(sheet.header, reason)


@dataclass(frozen=True)
class _History:
    """Adds versions of what an import changes."""

    comment: str
    user: AbstractBaseUser | None

    @contextmanager
    def around(
        self, row: ContentModel, is_changed: Callable[[], bool], *, is_new: bool
    ) -> Iterator[None]:
        """A version after a change, and one before it if the row has none yet."""
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


class _Import:
    """The import of one file into one set."""

    def __init__(
        self,
        question_set: QuestionSet,
        report: SetReport,
        history: _History | None,
        options: ImportOptions,
    ) -> None:
        self.question_set = question_set
        self.report = report
        self.history = history
        self.options = options
        self.layout = SetLayout(question_set)
        in_set = list(map(attrgetter("question"), self.layout.items))
        self.questions = QuestionFinder(in_set, question_set.collection)
        steps_of_probes = Probe.objects.filter(question__in=in_set).exclude(step=None).order_by()
        frameworks = steps_of_probes.values_list("step__framework", flat=True).distinct()
        self.context = ImportContext(set(frameworks))
        self.exporter = QuestionExporter()
        self.set_titles = _titles_of(question_set)
        #: Titles of the other sets that ask a question, by its primary key.
        self.other_sets: dict[int, list[str]] = {}

    def run(self, sheet: Sheet, progress: ProgressCallback) -> None:
        """Import the rows, and complete the report."""
        all_rows = [ImportRow.of(row, overwrites=self.options.overwrite) for row in sheet.rows]
        rows = without_repeated(all_rows)
        self.report.repeated = len(all_rows) - len(rows)
        self._find_questions(rows)
        self._refuse_invalid_cells(rows)
        self._refuse_contradictions(rows)
        self._read_stored_cells(rows)
        with self._versions(self.question_set, self._is_set_changed):
            self._import_rows(rows, progress)
        for row in rows:
            spoken = [cell for cell in row.change.cells if cell.column in SPOKEN_COLUMNS]
            texts = "\n".join(map(attrgetter("incoming"), spoken))
            row.change.warnings = unfair_wording_warnings(texts)
            self.report.rows.append(row.change)
            self.report.unchanged += row.change.is_empty
        self._add_notes(rows)

    def _find_questions(self, rows: Sequence[ImportRow]) -> None:
        """Set the question of each row, and refuse the rows whose question cannot be found."""
        self.questions.read_prompts(row["prompt"] for row in rows if not row.has_key)
        for row in rows:
            with self._refusing(row, "question"):
                self._find_question(row)

    def _find_question(self, row: ImportRow) -> None:
        """Set the question of a row. It is created if the row has no key and a new prompt."""
        set_title = row["set"].strip()
        if set_title not in self.set_titles:
            message = (
                f"this row belongs to “{set_title[:MAX_QUOTED]}”, not to “{self.question_set}”"
            )
            raise ValidationError({"set": message})
        key = row["question"].strip()
        row.change.title = key or row["prompt"].strip()[:MAX_QUOTED]
        if key:
            row.question = self.questions.with_key(key)
        elif is_blank(row["prompt"]):
            raise ValidationError({"prompt": "a question without an identifier requires a prompt"})
        else:
            row.question = self.questions.with_prompt(row["prompt"]) or self._create_question(row)
        row.change.title = row.question.title

    def _create_question(self, row: ImportRow) -> Question:
        """Create the question of a row as a draft, and note it for the report.

        :raises ValidationError: if the prompt cannot be stored.
        """
        question = self.questions.create(row["prompt"])
        row.is_new = True
        row.change.addition = NEW_QUESTION
        row.add_change("prompt", "", row["prompt"])
        return question

    def _refuse_invalid_cells(self, rows: Sequence[ImportRow]) -> None:
        """Refuse positions that are not numbers, and cells with errors of a spreadsheet."""
        for row in rows:
            with self._refusing(row, "position"):
                row.position()
            for column, message in row.spreadsheet_errors():
                self._refuse(row, column, message)

    def _refuse_contradictions(self, rows: Sequence[ImportRow]) -> None:
        """Refuse cells that say something else of a question than its first row."""
        first = first_rows(rows)
        for row in rows:
            other = first[row.question] if row.question else row
            reason = f"{other.change.location} has different content for the same question"
            for column in filter(row.has_cell, QUESTION_COLUMNS):
                if other.has_cell(column) and row[column] != other[column]:
                    self._refuse(row, column, reason)

    def _read_stored_cells(self, rows: Sequence[ImportRow]) -> None:
        """Set what an export has of the questions, and note edited cells of read-only columns."""
        stored_cells = self.exporter.cells(first_rows(rows))
        for row in rows:
            if row.question:
                row.stored_cells = stored_cells[row.question.pk]
            row.add_ignored_cells()

    def _import_rows(self, rows: Sequence[ImportRow], progress: ProgressCallback) -> None:
        """Change the questions and the set to what the rows say, and then the order of the set."""
        self.layout.match_items(rows)
        removed_titles = map(attrgetter("change.title"), self.layout.removed_rows)
        self.report.notes += titled_notes(REMOVED_HERE, removed_titles)
        first = first_rows(rows)
        self.other_sets = self._other_sets(first)
        self._read_parts(first)
        for row in progress("questions", rows):
            if row.question is None:
                continue
            if first[row.question] is row:
                self._import_question(row, row.question)
            if row not in self.layout.removed_rows:
                self._import_placement(row)
        if not self.report.refusals and (note := self.layout.store_order(rows)):
            self.report.notes.append(note)
        self._remove_absent(rows)
        self.report.new_sections = list(map(attrgetter("title"), self.layout.new_sections))

    def _other_sets(self, questions: Iterable[Question]) -> dict[int, list[str]]:
        """The titles of the other sets that ask these questions, by primary key of the question."""
        items = SetItem.objects.filter(question__in=list(questions))
        others = items.exclude(section__question_set=self.question_set)
        title = "section__question_set__title"
        titles: dict[int, list[str]] = defaultdict(list)
        for key, set_title in others.order_by(title).values_list("question", title).distinct():
            titles[key].append(set_title)
        return titles

    def _read_parts(self, first: Mapping[Question, ImportRow]) -> None:
        """Read the parts that the first rows of questions change, for all questions at once."""
        question_keys: dict[PartsName, set[int]] = defaultdict(set)
        for question, row in first.items():
            for name in row.question_columns_to_store():
                parts = QUESTION_COLUMNS[name].parts
                if parts:
                    question_keys[parts].add(question.pk)
        for parts, keys in question_keys.items():
            getattr(self.context, parts).read(keys)

    def _import_question(self, row: ImportRow, question: Question) -> None:
        """Change a question to what its first row says."""
        columns = row.question_columns_to_store()
        if not columns and not row.is_new:
            return
        row.change.also_in = self.other_sets.get(question.pk, [])
        with self._versions(question, lambda: bool(row.change.cells), is_new=row.is_new):
            for column in columns:
                self._import_cell(row, question, column)
            if row.is_new and row.has_cell("minutes"):
                self._import_minutes(row, question)

    def _import_cell(self, row: ImportRow, question: Question, column: str) -> None:
        """Store one cell of a question, and note it for the report if it changed anything."""
        with self._refusing(row, column):
            if QUESTION_COLUMNS[column].import_cell(question, row[column], self.context):
                stored = "" if row.is_new else row.stored_cells[column]
                row.add_change(column, stored, row[column])

    def _import_minutes(self, row: ImportRow, question: Question) -> None:
        """Take the minutes of a new question for all sets."""
        with self._refusing(row, "minutes"):
            question.minutes = row.minutes()
            question.save()
            row.add_change("minutes", "", row["minutes"])

    def _import_placement(self, row: ImportRow) -> None:
        """Change how the set asks the question of this row."""
        if row.item is None and not row.change.addition:
            is_asked = self.layout.asks(row.question)
            row.change.addition = AGAIN_IN_SET if is_asked else NEW_IN_SET
        with self._refusing(row, "section"):
            self.layout.store_placement(row)

    def _remove_absent(self, rows: Sequence[ImportRow]) -> None:
        """Remove questions that the file does not have from the set, or report them."""
        if self.report.refusals:
            return
        absent = self.layout.absent_items(rows)
        if not self.options.remove:
            self.report.absent = list(map(_item_title, absent))
            return
        added_here = added_since_export(absent, rows)
        self.report.notes += titled_notes(ADDED_HERE, map(attrgetter("question.title"), added_here))
        for item in absent:
            if item not in added_here:
                self.report.removed.append(_item_title(item))
                item.delete()

    def _add_notes(self, rows: Sequence[ImportRow]) -> None:
        """Add what the report says about all rows together."""
        edited_here = sum(len(row.change.edited_here) for row in rows)
        without_version = sum(row.has_key and row.version is None for row in rows)
        self.report.notes += counted_notes(edited_here, "cell was", "cells were", EDITED_HERE)
        self.report.notes += counted_notes(without_version, "row has", "rows have", WITHOUT_VERSION)

    def _is_set_changed(self) -> bool:
        return bool(self.report.removed or self.layout.is_changed)

    def _versions(
        self, row: ContentModel, is_changed: Callable[[], bool], *, is_new: bool = False
    ) -> AbstractContextManager[None]:
        if self.history is None:
            return nullcontext()
        return self.history.around(row, is_changed, is_new=is_new)

    @contextmanager
    def _refusing(self, row: ImportRow, column: str) -> Iterator[None]:
        """Report what is wrong with a cell, and go on.

        What was written of the cell is undone with everything else.
        """
        try:
            yield
        except UnreadableCell as error:
            self._refuse(row, error.column or column, str(error))
        except ValidationError as error:
            for field, messages in error.message_dict.items():
                for message in messages:
                    self._refuse(row, COLUMNS_OF_FIELDS.get(field, column), message)

    def _refuse(self, row: ImportRow, column: str, reason: str) -> None:
        self.report.refusals.append(RowError(row.change.location, column, reason))


def _titles_of(question_set: QuestionSet) -> set[str]:
    """The titles that the set has and had, as cells have them, and the empty one."""
    titles = ["", question_set.title, *question_set.former_titles.split("\n")]
    return {normalize_newlines(title).strip() for title in titles}


def _item_title(item: SetItem) -> str:
    return f"{item.question.title} ({item.section.title})"
