"""The admin of role families, and of roles with their required skills and moves."""

from django.contrib import admin

from editing.admin import CollectionItemAdmin, PublishableAdmin
from editing.inlines import ContentTabularInline, SortableContentTabularInline
from roles.models import Role, RoleFamily, RoleMove, SkillRequirement


@admin.register(RoleFamily)
class RoleFamilyAdmin(CollectionItemAdmin):
    list_display = ("title", "position", "collection", "updated_at")


class RequirementInline(SortableContentTabularInline):
    model = SkillRequirement
    fields = ("skill", "proficiency", "importance", "note")


class MovesInInline(SortableContentTabularInline):
    model = RoleMove
    fk_name = "to_role"
    fields = ("from_role", "origin", "kind", "text")
    verbose_name = "move into this role"
    verbose_name_plural = "moves into this role"


class MovesOutInline(ContentTabularInline):
    """Moves out of the role; the role that each leads to sets their order."""

    model = RoleMove
    fk_name = "from_role"
    fields = ("to_role", "kind", "text")
    verbose_name = "move out of this role"
    verbose_name_plural = "moves out of this role"


@admin.register(Role)
class RoleAdmin(PublishableAdmin):
    list_display = ("title", "family", *PublishableAdmin.list_display[1:])
    list_filter = ("status", "collection", "family", "featured")
    list_select_related = ("collection", "family__collection")
    search_fields = ("title", "slug", "aliases")
    inlines = (RequirementInline, MovesInInline, MovesOutInline)
    hints = {
        "family": "The heading under which it stands in lists.",
        "body": "Anything longer; shown at the end of the page.",
    }
    content_fieldsets = (
        ("In the catalogue", {"fields": ("family", "aliases")}),
        (
            "What the role is",
            {"fields": ("purpose", "responsibilities", "deliverables", "works_with", "week")},
        ),
        ("Around it", {"fields": ("background", "neighbours", "body")}),
    )
