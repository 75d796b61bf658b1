"""The admin of the shared vocabulary: scales and steps, skill groups, skills, resources."""

from typing import Any

import reversion
from django.contrib import admin
from django.db.models import F, Max, QuerySet
from django.http import HttpRequest
from reversion.models import Version

from editing.admin import CollectionItemAdmin, PublishableAdmin
from editing.content_admin import ContentAdmin
from editing.forms import InlineForm, SortableInlineFormSet
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
)


class StepForm(InlineForm):
    """A step's place is settled for all steps together, so no step can be refused for it."""

    fields_set_by_formset = frozenset({"position"})


class StepFormSet(SortableInlineFormSet):
    """Steps of a scale; no two of them may have the same place at any moment of the save."""

    def save(self, commit: bool = True) -> list[Any]:
        steps = Proficiency.objects.filter(scale=self.instance)
        wanted = sorted([*self._kept(), *self._added_elsewhere(steps)], key=_place)
        free_places(steps, len(wanted))
        for position, step in enumerate(wanted, start=1):
            step.position = position
        saved = super().save(commit)
        for step in wanted:
            steps.filter(pk=step.pk).update(position=step.position)
        return saved

    def _kept(self) -> list[Proficiency]:
        deleted = set(map(id, self.deleted_forms))
        forms = [form for form in self.forms if id(form) not in deleted]
        return [form.instance for form in forms if form.instance.pk or form.has_changed()]

    def _added_elsewhere(self, steps: QuerySet[Proficiency]) -> QuerySet[Proficiency]:
        """Steps that somebody else added since the form was opened have a place among others."""
        return steps.exclude(pk__in=[form.instance.pk for form in self.initial_forms])


def _place(step: Proficiency) -> tuple[bool, int]:
    """As dragged; what is new comes last."""
    return step.pk is None, step.position or 0


def free_places(steps: QuerySet[Proficiency], count: int) -> None:
    """Move these steps of one scale behind its last place and behind the first `count` ones."""
    last = steps.aggregate(last=Max("position"))["last"] or 0
    steps.update(position=F("position") + last + count)


class StepInline(SortableContentTabularInline):
    model = Proficiency
    form = StepForm
    formset = StepFormSet
    fields = ("title", "slug", "summary", "value")
    verbose_name = "step"
    prepopulated_fields = {"slug": ("title",)}


@admin.register(Scale)
class ScaleAdmin(CollectionItemAdmin):
    """Scales; no two steps may have the same place at any moment, nor in what the history keeps."""

    inlines = (StepInline,)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if reversion.is_active():
            for step in (
                form.instance.proficiencies.all()
            ):  # the formset moves steps that were not edited as well
                reversion.add_to_revision(step)

    def revert_to(self, version: Version) -> None:
        """Steps that changed places since then make room for each other first."""
        then = version.revision.version_set.get_for_model(Proficiency)
        places = [step.field_dict["position"] for step in then]
        free_places(Proficiency.objects.filter(scale=version.object_id), max(places, default=0) + 1)
        super().revert_to(version)


@admin.register(Proficiency)
class ProficiencyAdmin(ContentAdmin):
    """Steps are edited with their scale; this page serves the search fields of other forms."""

    parent_field = "scale"
    choice_related = ("scale",)
    list_display = ("title", "scale", "position")
    list_filter = ("scale",)
    list_select_related = ("scale",)
    search_fields = ("title", "slug", "scale__title")
    ordering = ("scale__title", "scale", "position", "id")
    hints = {"scale": "The scale it is a step of.", "slug": "Its name in files."}
    fieldsets = ((None, {"fields": ("scale", "title", "slug", "summary", "position", "value")}),)

    def choice_label(self, row: Proficiency) -> str:
        return f"{row.title} · {row.scale}"

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False


@admin.register(SkillGroup)
class SkillGroupAdmin(CollectionItemAdmin):
    list_display = ("title", "parent", "position", "collection", "updated_at")
    list_select_related = ("collection", "parent")
    content_fieldsets = (("Place", {"fields": ("parent",)}),)
    hints = {"parent": "The group above this one; empty for a group at the top."}


class DescriptorInline(ContentStackedInline):
    model = SkillDescriptor
    fields = ("proficiency", "text")
    verbose_name = "descriptor"
    ordering = ("proficiency__position", "id")


class IndicatorInline(SortableContentStackedInline):
    model = Indicator
    fields = (("proficiency", "kind"), "text")
    verbose_name = "sign"


@admin.register(Skill)
class SkillAdmin(PublishableAdmin):
    list_display = ("title", "group", *PublishableAdmin.list_display[1:])
    list_filter = ("status", "collection", "group", "kind", "featured")
    list_select_related = ("collection", "group__collection")
    search_fields = ("title", "slug", "aliases")
    inlines = (DescriptorInline, IndicatorInline)
    hints = {
        "group": "The heading under which it stands in lists and matrices.",
        "kind": "What its publisher takes it for; if in doubt, a skill.",
        "related": "Skills that somebody who reads about this one looks for next.",
    }
    content_fieldsets = (
        ("In the vocabulary", {"fields": ("group", "kind", "scale", "aliases", "related")}),
        ("Text", {"fields": ("body", "artefacts")}),
    )


@admin.register(LearningResource)
class LearningResourceAdmin(PublishableAdmin):
    list_display = ("title", "kind", "author", *PublishableAdmin.list_display[1:])
    list_filter = ("status", "collection", "kind", "featured")
    search_fields = ("title", "slug", "author")
    show_facets = admin.ShowFacets.ALLOW
    hints = {
        "kind": "The form of the work.",
        "year": "Of the edition described here.",
        "url": "Where it can be read, bought or joined. Empty where there is no lasting address.",
        "skills": "Skills that somebody learns from it; it is listed on their pages.",
    }
    content_fieldsets = (("The work", {"fields": ("kind", ("author", "year"), "url", "skills")}),)
