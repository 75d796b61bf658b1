"""The admin of scales with their proficiencies, skill groups, skills and learning resources."""

from collections.abc import Sequence

import reversion
from django.contrib import admin
from django.db.models import F, Max, Model, QuerySet
from django.http import HttpRequest
from reversion.models import Version

from editing.admin import CollectionItemAdmin, PublishableAdmin
from editing.content_admin import ContentAdmin
from editing.forms import EditForm, InlineForm, InlineFormSet, SortableInlineFormSet
from editing.inlines import (
    ContentStackedInline,
    SortableContentStackedInline,
    SortableContentTabularInline,
)
from skills.models import (
    Indicator,
    LearningResource,
    Proficiency,
    Scale,
    Skill,
    SkillDescriptor,
    SkillGroup,
    refuse_rows_on_other_scale,
)


class ProficiencyForm(InlineForm):
    """One proficiency of a scale; `ProficiencyFormSet` sets the positions of all of them."""

    fields_set_on_save = frozenset({"position"})


class ProficiencyFormSet(SortableInlineFormSet):
    """The proficiencies of a scale, saved without two of them ever sharing a position."""

    def save(self, commit: bool = True) -> list[Proficiency]:
        stored = Proficiency.objects.filter(scale=self.instance)
        proficiencies = [*self._submitted(), *self._added_since_opened(stored)]
        ordered = sorted(proficiencies, key=_dragged_order)
        move_behind_others(stored, len(ordered))
        for position, proficiency in enumerate(ordered, start=1):
            proficiency.position = position
        saved = super().save(commit)
        for proficiency in ordered:
            stored.filter(pk=proficiency.pk).update(position=proficiency.position)
        return saved

    def _submitted(self) -> list[Proficiency]:
        """The rows of the form without deleted ones and without empty extra rows."""
        submitted = []
        for form in self.forms:
            if form in self.deleted_forms:
                continue
            if form.instance.pk or form.has_changed():
                submitted.append(form.instance)
        return submitted

    def _added_since_opened(self, stored: QuerySet[Proficiency]) -> QuerySet[Proficiency]:
        """Proficiencies that someone else added while this form was open."""
        return stored.exclude(pk__in=[form.instance.pk for form in self.initial_forms])


def _dragged_order(proficiency: Proficiency) -> tuple[bool, int]:
    """Sort as the editor dragged the rows; new ones come last."""
    return proficiency.pk is None, proficiency.position or 0


def move_behind_others(proficiencies: QuerySet[Proficiency], count: int) -> None:
    """Give these proficiencies of one scale positions after its last one and after `count`.

    The database refuses equal positions in a scale, so rows move there before they get their new
    positions.
    """
    last = proficiencies.aggregate(last=Max("position"))["last"] or 0
    proficiencies.update(position=F("position") + last + count)


class ProficiencyInline(SortableContentTabularInline):
    model = Proficiency
    form = ProficiencyForm
    formset = ProficiencyFormSet
    fields = ("title", "slug", "summary", "value")
    verbose_name = "proficiency"
    verbose_name_plural = "proficiencies"
    prepopulated_fields = {"slug": ("title",)}


@admin.register(Scale)
class ScaleAdmin(CollectionItemAdmin):
    """Scales; two proficiencies of a scale never share a position, in no stored version either."""

    inlines = (ProficiencyInline,)

    def save_related(
        self,
        request: HttpRequest,
        form: EditForm,
        formsets: Sequence[InlineFormSet],
        change: bool,
    ) -> None:
        super().save_related(request, form, formsets, change)
        if reversion.is_active():
            # The formset moves proficiencies that were not edited as well.
            for proficiency in form.instance.proficiencies.all():
                reversion.add_to_revision(proficiency)

    def revert_to(self, version: Version) -> None:
        """Restore a version; proficiencies that moved since then are put out of the way first."""
        earlier = version.revision.version_set.get_for_model(Proficiency)
        positions = [row.field_dict["position"] for row in earlier]
        current = Proficiency.objects.filter(scale=version.object_id)
        move_behind_others(current, max(positions, default=0) + 1)
        super().revert_to(version)


@admin.register(Proficiency)
class ProficiencyAdmin(ContentAdmin):
    """Proficiencies are edited with their scale; other forms search for them with this admin."""

    parent_field = "scale"
    choice_related = ("scale",)
    list_display = ("title", "scale", "position")
    list_filter = ("scale",)
    list_select_related = ("scale",)
    search_fields = ("title", "slug", "scale__title")
    ordering = ("scale__title", "scale", "position", "id")
    hints = {"scale": "The scale it belongs to.", "slug": "Slug used in files."}
    fieldsets = ((None, {"fields": ("scale", "title", "slug", "summary", "position", "value")}),)

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        """Requirements combine a skill with a step of its scale, so a step stays on its scale."""
        fields = super().get_readonly_fields(request, obj)
        return [*fields, "scale"] if obj else fields

    def choice_label(self, row: Proficiency) -> str:
        return f"{row.title} · {row.scale}"

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False


@admin.register(SkillGroup)
class SkillGroupAdmin(CollectionItemAdmin):
    list_display = ("title", "parent", "position", "collection", "updated_at")
    list_select_related = ("collection", "parent")
    content_fieldsets = (("Hierarchy", {"fields": ("parent",)}),)
    hints = {"parent": "The parent group. Leave blank for a top-level group."}


class DescriptorInline(ContentStackedInline):
    model = SkillDescriptor
    fields = ("proficiency", "text")
    verbose_name = "descriptor"
    ordering = ("proficiency__position", "id")


class IndicatorInline(SortableContentStackedInline):
    model = Indicator
    fields = (("proficiency", "kind"), "text")
    verbose_name = "indicator"


class SkillForm(EditForm):
    """A skill, whose scale stays while other rows refer to proficiencies of it."""

    def clean_scale(self) -> Scale | None:
        scale = self.cleaned_data["scale"]
        if "scale" in self.changed_data:
            # Descriptors and indicators are edited on the same page.
            refuse_rows_on_other_scale(self.instance, scale, (SkillDescriptor, Indicator))
        return scale


@admin.register(Skill)
class SkillAdmin(PublishableAdmin):
    form = SkillForm
    list_display = ("title", "group", *PublishableAdmin.list_display[1:])
    list_filter = ("status", "collection", "group", "kind", "featured")
    list_select_related = ("collection", "group__collection")
    search_fields = ("title", "slug", "aliases")
    inlines = (DescriptorInline, IndicatorInline)
    hints = {
        "group": "The heading that it is listed under in lists and tables.",
        "kind": "What its publisher calls it. If in doubt, choose “Skill.”",
        "related": "Skills that readers of this page look for next.",
    }
    content_fieldsets = (
        ("Vocabulary", {"fields": ("group", "kind", "scale", "aliases", "related")}),
        ("Text", {"fields": ("body", "artifacts")}),
    )


@admin.register(LearningResource)
class LearningResourceAdmin(PublishableAdmin):
    list_display = ("title", "kind", "author", *PublishableAdmin.list_display[1:])
    list_filter = ("status", "collection", "kind", "featured")
    search_fields = ("title", "slug", "author")
    show_facets = admin.ShowFacets.ALLOW
    hints = {
        "kind": "The form of the work.",
        "year": "The year of the edition described here.",
        "url": "Where to read, buy or join it. Leave blank if there is no permanent address.",
        "skills": "Skills it teaches; it is listed on their pages.",
    }
    content_fieldsets = (("The work", {"fields": ("kind", ("author", "year"), "url", "skills")}),)
