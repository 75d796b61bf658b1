"""The CSV of a question set in the admin: its download, and the upload of the edited file."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse

from content.former_spellings import NAMES
from editing.admin import PublishableAdmin
from file_formats.csv_reading import read_sheet
from file_formats.errors import UnreadableFile
from interviews.models import (
    Anchor,
    Probe,
    Question,
    QuestionSet,
    QuestionSkill,
    SetItem,
    SetSection,
)
from question_files.export import set_response, site_of
from question_files.importer import ImportOptions, import_questions
from question_files.report import SetReport
from uploads.import_wizard import Importer, ImportRequest, upload_page
from uploads.upload_forms import UploadField

#: The models of all rows that an import may write.
WRITTEN_MODELS = (QuestionSet, SetSection, SetItem, Question, QuestionSkill, Probe, Anchor)


class SetFileForm(forms.Form):
    """An edited file."""

    file = UploadField(
        endings=(".csv", ".txt", ".tsv"),
        label="File",
        help_text=(
            "Saved by any spreadsheet program: with commas, semicolons or tabs, in UTF-8 or as "
            "“Unicode text.”"
        ),
    )
    remove = forms.BooleanField(
        required=False,
        label="Also remove missing questions",
        help_text=(
            "Remove questions from the set that are no longer in the file. The questions "
            "themselves are kept."
        ),
    )
    overwrite = forms.BooleanField(
        required=False,
        label="Also overwrite edits made here",
        help_text=(
            "If a cell was edited in the file and also here since the export, store the content "
            "of the file."
        ),
    )


def set_importer(question_set: QuestionSet) -> Importer:
    """The upload of an edited file of this set."""

    def load(request: ImportRequest) -> SetReport:
        path = request.files["file"]
        sheet = read_sheet(path.read_bytes(), path.name, former_names=NAMES)
        current = _current(question_set)
        options = ImportOptions(
            request.dry_run, request.choices["remove"], request.choices["overwrite"]
        )
        comment = f"From the file {path.name}."
        report = import_questions(
            current, sheet, options, request.user, comment, request.with_progress
        )
        if report.is_written:
            LogEntry.objects.log_actions(
                request.user.pk, [current], CHANGE, comment, single_object=True
            )
        return report

    return Importer(
        f"Import a CSV into “{question_set}”",
        "Import the CSV of the set after editing it in a spreadsheet. Changed cells change the "
        "set and its questions, a row without an identifier becomes a draft question, and "
        "missing columns change nothing. The numbers in “position” set the order; clear that "
        "column to use the order of the rows.",
        SetFileForm,
        load,
        "admin/includes/set_report.html",
        WRITTEN_MODELS,
        "A thousand rows take a few seconds. Leave the page open until it responds.",
    )


def _current(question_set: QuestionSet) -> QuestionSet:
    """The set as it is stored now, which someone may have changed since the page was opened.

    :raises UnreadableFile: if it was deleted.
    """
    current = QuestionSet.objects.filter(pk=question_set.pk).first()
    if current is None:
        raise UnreadableFile(str(question_set), "someone else has deleted this question set")
    return current


@admin.action(description="Download its questions as CSV", permissions=["view"])
def download_set(
    modeladmin: PublishableAdmin, request: HttpRequest, queryset: QuerySet[QuestionSet]
) -> HttpResponseBase | None:
    """A file of the selected set; a message instead if several are selected."""
    question_sets = list(queryset[:2])
    if len(question_sets) != 1:
        text = "A file contains one set. Select one at a time."
        modeladmin.message_user(request, text, messages.ERROR)
        return None
    return set_response(question_sets[0], site=site_of(request))


class SetFileAdmin(PublishableAdmin):
    """Admin of question sets with the download and the upload of their CSV."""

    def get_urls(self) -> list[URLPattern]:
        admin_view = self.admin_site.admin_view
        return [
            path(
                "<int:pk>/questions.csv",
                admin_view(self.export_csv),
                name="interviews_questionset_csv",
            ),
            path(
                "<int:pk>/import-csv/",
                admin_view(self.import_csv),
                name="interviews_questionset_import_csv",
            ),
            *super().get_urls(),
        ]

    def export_csv(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """The questions of a set as a CSV, which can be edited and imported."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return set_response(get_object_or_404(QuestionSet, pk=pk), site=site_of(request))

    def import_csv(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The upload of the edited CSV of a set."""
        question_set = get_object_or_404(QuestionSet.objects.select_related("collection"), pk=pk)
        change_page = reverse("admin:interviews_questionset_change", args=[pk])
        trail = [
            ("Question sets", reverse("admin:interviews_questionset_changelist")),
            (question_set.title, change_page),
        ]
        context = self.admin_site.each_context(request) | {"trail": trail, "back": change_page}
        return upload_page(request, set_importer(question_set), context)
