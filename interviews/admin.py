"""The admin of interviews: answer frameworks, questions and their parts."""

from collections.abc import Sequence

from django.contrib import admin, messages
from django.http import HttpRequest

from editing.admin import PublishableAdmin
from editing.content_admin import ContentAdmin
from editing.forms import EditForm, InlineFormSet
from editing.inlines import (
    ContentStackedInline,
    SortableContentStackedInline,
    SortableContentTabularInline,
)
from interviews.models import (
    Anchor,
    AnswerFramework,
    AnswerStep,
    AskedBy,
    Probe,
    Question,
    QuestionSkill,
)
from interviews.question_forms import (
    AnchorFormSet,
    ProbeFormSet,
    QuestionForm,
    UnfairWordingAdmin,
)
from interviews.unfair_topics import unfair_wording_warnings


class StepInline(SortableContentStackedInline):
    model = AnswerStep
    fields = (("title", "slug"), "candidate", "interviewer")
    verbose_name = "step"
    prepopulated_fields = {"slug": ("title",)}


@admin.register(AnswerFramework)
class AnswerFrameworkAdmin(PublishableAdmin):
    inlines = (StepInline,)
    hints = {
        "when_to_use": "Which questions it suits, and which it does not.",
        "body": "Background and further details.",
    }
    content_fieldsets = (("Text", {"fields": ("when_to_use", "pitfalls", "body")}),)


@admin.register(AnswerStep)
class AnswerStepAdmin(ContentAdmin):
    """Steps are edited with their framework; this page serves the search fields of other forms."""

    parent_field = "framework"
    choice_related = ("framework",)
    list_display = ("title", "framework", "position")
    list_filter = ("framework",)
    list_select_related = ("framework",)
    search_fields = ("title", "slug", "framework__title")
    ordering = ("framework__title", "framework", "position", "id")
    hints = {
        "framework": "The framework that this step belongs to.",
        "slug": "Slug used in files.",
        "candidate": "What to say in this step.",
        "interviewer": "What to ask if an answer omits this step.",
    }
    fieldsets = (
        (None, {"fields": ("framework", "title", "slug", "position", "candidate", "interviewer")}),
    )

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False


class QuestionSkillInline(SortableContentTabularInline):
    model = QuestionSkill
    fields = ("skill", "proficiency")
    verbose_name = "skill tested"
    verbose_name_plural = "skills tested"


class ProbeInline(SortableContentStackedInline):
    model = Probe
    formset = ProbeFormSet
    fields = (("step", "condition"), "text", ("depth", "required"))


class AnchorInline(ContentStackedInline):
    model = Anchor
    formset = AnchorFormSet
    fields = (("rating", "band"), "text")
    hints = {"band": "Leave blank for all bands."}


@admin.register(Question)
class QuestionAdmin(UnfairWordingAdmin, PublishableAdmin):
    list_display = ("title", "kind", "audience", "bands", *PublishableAdmin.list_display[1:])
    list_filter = ("status", "collection", "kind", "audience", "band_from", "roles", "featured")
    list_select_related = ("collection", "band_from", "band_to")
    search_fields = ("title", "slug", "prompt")
    show_facets = admin.ShowFacets.ALLOW
    form = QuestionForm
    preselected = {"audience": AskedBy.INTERVIEWER}
    inlines = (QuestionSkillInline, ProbeInline, AnchorInline)
    hints = {
        "title": "The topic, shown in lists. Do not repeat the question itself.",
        "summary": "Skills tested, in one plain sentence.",
        "kind": "What it tests: what someone did, would do, knows or estimates.",
        "audience": "If answers are hidden, no page, file or search shows the rating anchors.",
        "band_from": "The lowest band it is asked at. Leave blank for no limit.",
        "band_to": "The highest band it is asked at. Leave blank for no limit.",
    }
    content_fieldsets = (
        ("The question", {"fields": ("prompt", ("kind", "audience", "minutes"))}),
        ("Audience", {"fields": ("roles", ("band_from", "band_to"))}),
        ("For the interviewer", {"fields": ("guidance", "avoid")}),
    )

    def save_related(
        self,
        request: HttpRequest,
        form: EditForm,
        formsets: Sequence[InlineFormSet],
        change: bool,
    ) -> None:
        """Warn of unfair wording again, also if the editor confirmed that there is a reason."""
        super().save_related(request, form, formsets, change)
        for warning in self.publishing_warnings(form.instance):
            self.message_user(request, warning, messages.WARNING)

    def publishing_warnings(self, row: Question) -> list[str]:
        texts = [row.prompt, *row.probes.values_list("text", flat=True)]
        return unfair_wording_warnings("\n".join(texts))
