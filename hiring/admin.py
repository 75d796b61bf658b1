"""The admin of question sets and their sections."""

from collections.abc import Sequence

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse

from editing.admin import PublishableAdmin
from editing.inlines import SortableContentTabularInline
from hiring.admin_forms import QuestionSetForm, SectionInlineForm, SetSectionForm
from interviews.models import QuestionSet, SetItem, SetSection
from interviews.question_forms import UnfairWordingAdmin
from packs.import_wizard import upload_page
from question_files.export import set_response
from question_files.upload import door_of


@admin.action(description="Download its questions as CSV", permissions=["view"])
def download_set(
    modeladmin: PublishableAdmin, request: HttpRequest, queryset: QuerySet[QuestionSet]
) -> HttpResponseBase | None:
    """A file of the selected set; a message instead if several are selected."""
    question_sets = list(queryset[:2])
    if len(question_sets) != 1:
        text = "A file holds one set: choose one at a time."
        modeladmin.message_user(request, text, messages.ERROR)
        return None
    return set_response(question_sets[0], site=_site(request))


def _site(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"


class ItemInline(SortableContentTabularInline):
    model = SetItem
    fields = ("question", "minutes", "required")
    verbose_name = "question"


@admin.register(SetSection)
class SetSectionAdmin(UnfairWordingAdmin):
    """Sections, which are as public as their set.

    Registered before the set, because the history of a set includes its registered sections.
    """

    form = SetSectionForm
    whole = "question_set"
    choice_related = ("question_set",)
    list_display = ("title", "question_set", "position", "minutes", "updated_at")
    list_filter = ("question_set",)
    list_select_related = ("question_set",)
    search_fields = ("title", "question_set__title")
    ordering = ("question_set__title", "question_set", "position", "id")
    inlines = (ItemInline,)
    hints = {
        "question_set": "The set it is a part of.",
        "minutes": "How long this part takes; the questions below should add up to it.",
    }
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "question_set",
                    "title",
                    "slug",
                    ("minutes", "choose", "position"),
                    "script",
                )
            },
        ),
    )

    def view_on_site(self, row: SetSection) -> str:
        return row.question_set.get_absolute_url()


class SectionInline(SortableContentTabularInline):
    """The order of the sections. Each section has a page of its own for its questions."""

    model = SetSection
    form = SectionInlineForm
    fields = ("title", "minutes")
    verbose_name = "section"
    verbose_name_plural = "sections; once saved, “Change” leads to their questions"
    show_change_link = True
    can_delete = False


@admin.register(QuestionSet)
class QuestionSetAdmin(PublishableAdmin):
    list_display = (
        "title",
        "stage",
        "audience",
        "role",
        "level",
        *PublishableAdmin.list_display[1:],
    )
    list_filter = ("status", "collection", "stage", "audience", "role", "featured")
    list_select_related = ("collection", "role", "level")
    form = QuestionSetForm
    actions = (*PublishableAdmin.actions, download_set)
    inlines = (SectionInline,)
    hints = {
        "stage": "Where in the hiring process it is used.",
        "role": "The role it interviews for; empty for any.",
        "level": "The level it interviews for; empty for any.",
        "audience": "Interviewers hold it in their hands; a candidate practises with it.",
    }
    content_fieldsets = (
        ("What it is for", {"fields": (("stage", "audience", "minutes"), ("role", "level"))}),
        ("What is said", {"fields": ("intro", "outro")}),
    )

    def get_fieldsets(
        self, request: HttpRequest, obj: QuestionSet | None = None
    ) -> list[tuple[str | None, dict[str, object]]]:
        """Only a new set can begin with a loop."""
        first, *others = super().get_fieldsets(request, obj)
        if obj:
            return [first, *others]
        return [first, (None, {"fields": ["loop"]}), *others]

    def save_related(
        self,
        request: HttpRequest,
        form: QuestionSetForm,
        formsets: Sequence[forms.BaseModelFormSet],
        change: bool,
    ) -> None:
        super().save_related(request, form, formsets, change)
        form.write_loop()

    def get_urls(self) -> list[URLPattern]:
        admin_view = self.admin_site.admin_view
        return [
            path(
                "<int:pk>/questions.csv",
                admin_view(self.export_csv),
                name="interviews_questionset_csv",
            ),
            path(
                "<int:pk>/bring-back/",
                admin_view(self.import_csv),
                name="interviews_questionset_bring_back",
            ),
            *super().get_urls(),
        ]

    def export_csv(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """The questions of a set as a CSV, which can be edited and imported."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return set_response(get_object_or_404(QuestionSet, pk=pk), site=_site(request))

    def import_csv(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The upload of the edited CSV of a set."""
        question_set = get_object_or_404(QuestionSet.objects.select_related("collection"), pk=pk)
        change_page = reverse("admin:interviews_questionset_change", args=[pk])
        trail = [
            ("Question sets", reverse("admin:interviews_questionset_changelist")),
            (question_set.title, change_page),
        ]
        context = self.admin_site.each_context(request) | {"trail": trail, "back": change_page}
        return upload_page(request, door_of(question_set), context)
