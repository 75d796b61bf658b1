"""The admin of question sets and their sections."""

from collections.abc import Sequence

from django.contrib import admin
from django.http import HttpRequest

from editing.admin import Fieldset, PublishableAdmin
from editing.forms import EditForm, InlineFormSet
from editing.inlines import SortableContentTabularInline
from hiring.admin_forms import ItemFormSet, QuestionSetForm, SectionInlineForm, SetSectionForm
from interviews.models import Audience, QuestionSet, SetItem, SetSection
from interviews.question_forms import UnfairWordingAdmin
from question_files.set_admin import SetFileAdmin, download_set


class ItemInline(SortableContentTabularInline):
    model = SetItem
    formset = ItemFormSet
    fields = ("question", "minutes", "required")
    verbose_name = "question"


@admin.register(SetSection)
class SetSectionAdmin(UnfairWordingAdmin):
    """Sections, which are as public as their set.

    Registered before the set, because the history of a set includes its registered sections.
    """

    form = SetSectionForm
    parent_field = "question_set"
    choice_related = ("question_set",)
    list_display = ("title", "question_set", "position", "minutes", "updated_at")
    list_filter = ("question_set",)
    list_select_related = ("question_set",)
    search_fields = ("title", "question_set__title")
    ordering = ("question_set__title", "question_set", "position", "id")
    inlines = (ItemInline,)
    hints = {
        "question_set": "The question set it belongs to.",
        "minutes": "How long this section takes; the minutes of its questions should add up to it.",
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
    """The order of the sections. Each section has its own page for its questions."""

    model = SetSection
    form = SectionInlineForm
    fields = ("title", "minutes")
    verbose_name = "section"
    verbose_name_plural = "sections; after you save, edit their questions with “Change”"
    show_change_link = True
    can_delete = False


@admin.register(QuestionSet)
class QuestionSetAdmin(SetFileAdmin):
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
    preselected = {"audience": Audience.INTERVIEWER}
    actions = (*SetFileAdmin.actions, download_set)
    inlines = (SectionInline,)
    hints = {
        "stage": "The stage of the hiring process.",
        "role": "The role to interview for. Leave blank for any.",
        "level": "The level to interview for. Leave blank for any.",
        "audience": "Whether interviewers use it or candidates practice with it.",
    }
    content_fieldsets = (
        ("Purpose", {"fields": (("stage", "audience", "minutes"), ("role", "level"))}),
        ("Script", {"fields": ("intro", "outro")}),
    )

    def get_fieldsets(self, request: HttpRequest, obj: QuestionSet | None = None) -> list[Fieldset]:
        """Only a new set can begin with a loop."""
        first, *others = super().get_fieldsets(request, obj)
        if obj:
            return [first, *others]
        return [first, (None, {"fields": ["loop"]}), *others]

    def save_related(
        self,
        request: HttpRequest,
        form: EditForm,
        formsets: Sequence[InlineFormSet],
        change: bool,
    ) -> None:
        super().save_related(request, form, formsets, change)
        if isinstance(form, QuestionSetForm):
            form.write_loop()
