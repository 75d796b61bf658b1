"""The upload of a question set's CSV in the admin."""

from django import forms
from django.contrib.admin.models import CHANGE, LogEntry

from interviews.models import (
    Anchor,
    Probe,
    Question,
    QuestionSet,
    QuestionSkill,
    SetItem,
    SetSection,
)
from packs.import_wizard import Importer, ImportRequest
from packs.reading import UnreadableFile
from packs.tables.csv_reading import read_sheet
from packs.upload_forms import UploadField
from question_files.importer import LoadOptions, bring_back
from question_files.report import SetReport

MODELS = (QuestionSet, SetSection, SetItem, Question, QuestionSkill, Probe, Anchor)


class SetFileForm(forms.Form):
    """An edited file."""

    file = UploadField(
        endings=(".csv", ".txt", ".tsv"),
        label="File",
        help_text=(
            "As any spreadsheet saves it: with commas, semicolons or tabs, in UTF-8 or as "
            "“Unicode text”."
        ),
    )
    remove = forms.BooleanField(
        required=False,
        label="Also remove what is absent",
        help_text=(
            "Take questions out of the set that the file does not name any more. The questions "
            "themselves stay."
        ),
    )
    overwrite = forms.BooleanField(
        required=False,
        label="Also overwrite edits made here",
        help_text=(
            "Where a cell was edited in the file and also here since it was exported, store what "
            "the file says."
        ),
    )


def door_of(question_set: QuestionSet) -> Importer:
    """The door through which an edited file comes back into this set."""

    def load(loading: ImportRequest) -> SetReport:
        path = loading.files["file"]
        terms = LoadOptions(
            loading.dry_run, loading.choices["remove"], loading.choices["overwrite"]
        )
        comment = f"From the file {path.name}."
        sheet = read_sheet(path.read_bytes(), path.name)
        current = _current(question_set)
        report = bring_back(current, sheet, terms, loading.user, comment, loading.watch)
        if report.is_written:
            LogEntry.objects.log_actions(
                loading.user.pk, [current], CHANGE, comment, single_object=True
            )
        return report

    return Importer(
        f"Bring back “{question_set}”",
        "The CSV of the set, edited in a spreadsheet, changes the set and its questions: what a "
        "cell says otherwise is put, a row without a key becomes a draft, a column that is missing "
        "stays as it is. The numbers in “position” decide the order; empty that column to take the "
        "order of the rows.",
        SetFileForm,
        load,
        "admin/includes/set_report.html",
        MODELS,
        "A thousand rows take some seconds. Leave the page open until it answers.",
    )


def _current(question_set: QuestionSet) -> QuestionSet:
    """The set as it is stored now, which somebody else may have changed since the page was opened.

    :raises Unreadable: if it was deleted.
    """
    current = QuestionSet.objects.filter(pk=question_set.pk).first()
    if current is None:
        raise UnreadableFile(str(question_set), "somebody else has deleted this question set")
    return current
