"""The admin of interviews: answer frameworks, questions and their parts, question sets."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse

from editing.admin import PublishableAdmin
from editing.content_admin import ContentAdmin
from editing.inlines import (
    ContentStackedInline,
    SortableContentStackedInline,
    SortableContentTabularInline,
)
from interviews.csv_return.door import door_of
from interviews.models import (
    Anchor,
    AnswerFramework,
    AnswerStep,
    Probe,
    Question,
    QuestionSet,
    QuestionSkill,
    SetItem,
    SetSection,
)
from interviews.question_csv import questions_response, set_response
from interviews.question_forms import (
    AnchorFormSet,
    DoubtMixin,
    ProbeFormSet,
    QuestionForm,
    SetSectionForm,
)
from interviews.set_form import QuestionSetForm, SectionForm
from interviews.unfair_topics import warnings_of
from uploads.import_wizard import upload_page


class StepInline(SortableContentStackedInline):
    model = AnswerStep
    fields = (("title", "slug"), "candidate", "interviewer")
    verbose_name = "step"
    prepopulated_fields = {"slug": ("title",)}


@admin.register(AnswerFramework)
class AnswerFrameworkAdmin(PublishableAdmin):
    inlines = (StepInline,)
    hints = {
        "when_to_use": "Which questions it answers well, and which it does not.",
        "body": "Where it comes from, and anything longer.",
    }
    content_fieldsets = (("Text", {"fields": ("when_to_use", "pitfalls", "body")}),)


@admin.register(AnswerStep)
class AnswerStepAdmin(ContentAdmin):
    """Steps are edited with their framework; this page serves the search fields of other forms."""

    whole = "framework"
    choice_related = ("framework",)
    list_display = ("title", "framework", "position")
    list_filter = ("framework",)
    list_select_related = ("framework",)
    search_fields = ("title", "slug", "framework__title")
    ordering = ("framework__title", "framework", "position", "id")
    hints = {
        "framework": "The framework it is a step of.",
        "slug": "Its name in files.",
        "candidate": "What to tell in this step.",
        "interviewer": "What to ask where an answer leaves this step out.",
    }
    fieldsets = (
        (None, {"fields": ("framework", "title", "slug", "position", "candidate", "interviewer")}),
    )

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False


class QuestionSkillInline(SortableContentTabularInline):
    model = QuestionSkill
    fields = ("skill", "proficiency")
    verbose_name = "skill it probes"
    verbose_name_plural = "skills it probes"


class ProbeInline(SortableContentStackedInline):
    model = Probe
    formset = ProbeFormSet
    fields = (("step", "condition"), "text", ("depth", "required"))


class AnchorInline(ContentStackedInline):
    model = Anchor
    formset = AnchorFormSet
    fields = (("rating", "band"), "text")
    hints = {"band": "Empty: for all bands."}


@admin.action(description="Download as CSV", permissions=["view"])
def download_questions(
    modeladmin: Any, request: HttpRequest, queryset: QuerySet[Question]
) -> HttpResponseBase:
    """The published ones; the others are told of, for the file goes to people who see no drafts."""
    hidden = queryset.count() - queryset.published().count()
    if hidden:
        text = (
            f"The file leaves out {hidden} of the chosen questions: visitors do not see them yet."
        )
        modeladmin.message_user(request, text, messages.WARNING)
    return questions_response(queryset, site=_site(request))


@admin.action(description="Download its questions as CSV", permissions=["view"])
def download_set(
    modeladmin: Any, request: HttpRequest, queryset: QuerySet[QuestionSet]
) -> HttpResponseBase | None:
    if len(chosen := queryset[:2]) == 1:
        return set_response(chosen[0], site=_site(request))
    modeladmin.message_user(request, "A file holds one set: choose one at a time.", messages.ERROR)
    return None


def _site(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"


@admin.register(Question)
class QuestionAdmin(DoubtMixin, PublishableAdmin):
    list_display = ("title", "kind", "audience", "bands", *PublishableAdmin.list_display[1:])
    list_filter = ("status", "collection", "kind", "audience", "band_from", "roles", "featured")
    list_select_related = ("collection", "band_from", "band_to")
    search_fields = ("title", "slug", "prompt")
    show_facets = admin.ShowFacets.ALLOW
    actions = (*PublishableAdmin.actions, download_questions)
    form = QuestionForm
    inlines = (QuestionSkillInline, ProbeInline, AnchorInline)
    hints = {
        "title": "A short handle for lists, not the question itself.",
        "summary": "What it tests, in one plain sentence.",
        "kind": "What it asks for: what somebody did, would do, knows, estimates …",
        "audience": "Kept back: no page, file or search shows what its answers show.",
        "band_from": "The lowest band it is asked at; empty for no limit.",
        "band_to": "The highest band it is asked at; empty for no limit.",
    }
    content_fieldsets = (
        ("The question", {"fields": ("prompt", ("kind", "audience", "minutes"))}),
        ("Whom it is for", {"fields": ("roles", ("band_from", "band_to"))}),
        ("For the interviewer", {"fields": ("guidance", "avoid")}),
    )

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """An editor may have a reason to ask; the message says again what is unlawful or unfair."""
        super().save_related(request, form, formsets, change)
        for warning in self.doubts_about(form.instance):
            self.message_user(request, warning, messages.WARNING)

    def doubts_about(self, row: Question) -> list[str]:
        return warnings_of("\n".join([row.prompt, *row.probes.values_list("text", flat=True)]))


class ItemInline(SortableContentTabularInline):
    model = SetItem
    fields = ("question", "minutes", "required")
    verbose_name = "question"


@admin.register(SetSection)
class SetSectionAdmin(DoubtMixin):
    """Sections follow the state of their set.

    Stands before the set, whose history takes sections as they are here.
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
    """The order of the sections; what each of them asks stands on its own page."""

    model = SetSection
    form = SectionForm
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

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        head, *others = super().get_fieldsets(request, obj)
        return [head, *others] if obj else [head, (None, {"fields": ["loop"]}), *others]

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        form.write_loop()

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        own = [
            path("<int:pk>/questions.csv", view(self.csv), name="interviews_questionset_csv"),
            path(
                "<int:pk>/bring-back/",
                view(self.bring_csv_back),
                name="interviews_questionset_bring_back",
            ),
        ]
        return own + super().get_urls()

    def csv(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """The file that comes back."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return set_response(get_object_or_404(QuestionSet, pk=pk), site=_site(request))

    def bring_csv_back(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The file, edited."""
        question_set = get_object_or_404(QuestionSet.objects.select_related("collection"), pk=pk)
        form = reverse("admin:interviews_questionset_change", args=[pk])
        trail = [
            ("Question sets", reverse("admin:interviews_questionset_changelist")),
            (question_set.title, form),
        ]
        context = self.admin_site.each_context(request) | {"trail": trail, "back": form}
        return upload_page(request, door_of(question_set), context)
