"""The admin of bands, of ladders, and of levels with their requirements and moves."""

from django.contrib import admin
from django.http import HttpRequest

from editing.admin import IMPORTED, PublishableAdmin
from editing.content_admin import ContentAdmin
from editing.inlines import (
    ContentTabularInline,
    SortableContentStackedInline,
    SortableContentTabularInline,
)
from editing.versioned_children import VersionedChildrenMixin
from ladders.models import Band, Expectation, Ladder, Level, LevelMove, LevelRequirement


@admin.register(Band)
class BandAdmin(ContentAdmin):
    list_display = ("title", "slug", "position", "updated_at")
    search_fields = ("title", "slug")
    fieldsets = (
        (
            None,
            {
                "fields": ("title", "slug", "position", "summary"),
                "description": (
                    "The portal's own ranks, which make the levels of all ladders comparable. "
                    "Change them with care."
                ),
            },
        ),
    )
    hints = {
        "slug": "Its name in addresses and files.",
        "summary": "What people in this band are responsible for, whatever their title is.",
    }


class RequirementInline(SortableContentTabularInline):
    model = LevelRequirement
    fields = ("skill", "proficiency", "importance", "decides", "note")
    verbose_name = "required skill"


class ExpectationInline(SortableContentStackedInline):
    model = Expectation
    fields = (("kind", "skill", "group"), "text")


class MovesOutInline(SortableContentTabularInline):
    model = LevelMove
    fk_name = "from_level"
    fields = ("to_level", "kind", "text")
    verbose_name = "move from this level"
    verbose_name_plural = "moves from this level"


class MovesInInline(ContentTabularInline):
    """Moves to the level; the level that each starts at sets their order."""

    model = LevelMove
    fk_name = "to_level"
    fields = ("from_level", "kind", "text")
    verbose_name = "move to this level"
    verbose_name_plural = "moves to this level"


@admin.register(Level)
class LevelAdmin(ContentAdmin):
    """Levels; they are published with their ladder, and then their addresses are fixed."""

    parent_field = "ladder"
    choice_related = ("ladder",)
    list_display = ("__str__", "ladder", "position", "track", "band", "updated_at")
    list_filter = ("ladder", "track", "band")
    list_select_related = ("ladder", "band")
    search_fields = ("title", "code", "slug", "ladder__title")
    ordering = ("ladder__title", "ladder", "position", "id")
    readonly_fields = ("updated_at",)
    inlines = (RequirementInline, ExpectationInline, MovesOutInline, MovesInInline)
    hints = {
        "ladder": "The ladder it belongs to.",
        "slug": "The last part of the address.",
        "track": "Whether people at this level are individual contributors or lead people.",
        "years_min": "Years of work experience that people at this level usually have.",
        "years_max": "Leave blank for no limit.",
        "summary": "One or two plain sentences; shown under the title and in search results.",
        "band": "The portal's own rank that is closest; it makes ladders comparable.",
        "band_relation": (
            "How the level compares with the band. Levels of two ladders rarely match exactly."
        ),
        "band_confidence": (
            "How certain this mapping is. Leave blank for a reference ladder, which defines the "
            "bands."
        ),
        "body": "Further text; shown below the requirements.",
        "external_id": "The identifier this has at its publisher, if it was imported.",
    }
    fieldsets = (
        (None, {"fields": ("ladder", ("title", "code"), "slug", "summary")}),
        (
            "The level",
            {"fields": ("scope", "autonomy", "reach", "not_yet_expected", "body")},
        ),
        (
            "Position on the ladder",
            {
                "fields": (
                    ("position", "track"),
                    ("band", "band_to"),
                    ("band_relation", "band_confidence"),
                    ("years_min", "years_max"),
                    "cumulative",
                    "former_titles",
                    "updated_at",
                )
            },
        ),
        IMPORTED,
    )

    def choice_label(self, row: Level) -> str:
        return f"{row} · {row.ladder}"

    def has_public_url(self, obj: Level | None) -> bool:
        return bool(obj and obj.ladder.published_at)

    def get_frozen_fields(self, request: HttpRequest, obj: Level | None) -> list[str]:
        return ["slug", "ladder"] if self.has_public_url(obj) else []

    def view_on_site(self, row: Level) -> str:
        return row.get_absolute_url()


class LevelInline(SortableContentTabularInline):
    """The levels in their order; requirements of a level are edited on the page of the level."""

    model = Level
    fields = ("title", "code", "track", "band")
    show_change_link = True
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Ladder | None = None) -> bool:
        return False


@admin.register(Ladder)
class LadderAdmin(VersionedChildrenMixin, PublishableAdmin):
    list_display = ("title", "organization", "role", *PublishableAdmin.list_display[1:])
    list_filter = ("status", "collection", "confidence", "featured")
    list_select_related = ("collection", "role")
    search_fields = ("title", "slug", "organization")
    inlines = (LevelInline,)
    versioned_children = {"levels": ("position", *LevelInline.fields)}
    hints = {
        "role": "The role whose career it describes.",
        "source_url": "The address where it was read.",
        "confidence": (
            "How certain it is that the organization uses this ladder. Leave blank for a "
            "reference ladder."
        ),
        "rule": "How the organization decides whether someone is at a level.",
    }
    content_fieldsets = (
        (
            "Organization",
            {
                "fields": (
                    ("role", "other_roles"),
                    "organization",
                    ("source_url", "observed_on"),
                    "confidence",
                )
            },
        ),
        (
            "How to read it",
            {
                "fields": ("rule", "body"),
                "description": (
                    "After you save the ladder, add its levels one at a time with “Add level” "
                    "above."
                ),
            },
        ),
    )

    def get_inlines(
        self, request: HttpRequest, obj: Ladder | None
    ) -> tuple[type[LevelInline], ...]:
        """Leave out the levels while the ladder is not stored yet."""
        return self.inlines if obj else ()
