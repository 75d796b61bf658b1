"""The admin of role families and roles, with their required skills and moves."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from editing.admin import CollectionItemAdmin, PublishableAdmin
from editing.inlines import ContentTabularInline, SortableContentTabularInline
from roles.models import FamilyRequirement, Role, RoleFamily, RoleMove, SkillRequirement

REQUIREMENT_FIELDS = ("skill", "proficiency", "importance", "note")


class FamilyRequirementInline(SortableContentTabularInline):
    model = FamilyRequirement
    fields = REQUIREMENT_FIELDS
    verbose_name = "skill of the core profile"
    verbose_name_plural = "core profile: the skills that all roles of this family require"


@admin.register(RoleFamily)
class RoleFamilyAdmin(CollectionItemAdmin):
    list_display = ("title", "position", "collection", "updated_at")
    inlines = (FamilyRequirementInline,)


class RequirementInline(SortableContentTabularInline):
    model = SkillRequirement
    fields = REQUIREMENT_FIELDS
    verbose_name = "skill that this role adds or changes"
    verbose_name_plural = "skills that this role adds to the core profile, or changes in it"


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
    readonly_fields = ("core_profile",)
    hints = {
        "family": (
            "The heading that it is listed under. The role requires the core profile of its family."
        ),
        "body": "Further text; shown below the required skills.",
    }
    content_fieldsets = (
        ("Catalog", {"fields": ("family", "aliases")}),
        (
            "The role",
            {"fields": ("purpose", "responsibilities", "deliverables", "works_with", "week")},
        ),
        ("Context", {"fields": ("background", "neighbors", "body")}),
        (
            "Skills",
            {
                "fields": ("core_profile",),
                "description": (
                    "The role requires the core profile of its family, and the skills in the "
                    "table below. List a skill of the core profile there only to change its "
                    "proficiency or importance or to add a note. Cells that you leave blank are "
                    "the same as in the core profile."
                ),
            },
        ),
    )

    @admin.display(description="core profile")
    def core_profile(self, role: Role) -> str:
        """The skills that come from the family, with a link to its form."""
        rows = FamilyRequirement.objects.filter(family=role.family_id)
        requirements = list(rows.select_related("family", "skill", "proficiency"))
        if not requirements:
            return "None: the role has no family, or the family has no core profile."
        url = reverse("admin:roles_rolefamily_change", args=[role.family_id])
        link = format_html('<a href="{}">{}</a>', url, requirements[0].family)
        skills = format_html_join("; ", "{}", ((_summary(row),) for row in requirements))
        return format_html("{}: {}", link, skills)


def _summary(requirement: FamilyRequirement) -> str:
    """The skill with its proficiency and importance, as far as they are stated."""
    stated = filter(None, [requirement.proficiency, requirement.importance])
    details = ", ".join(map(str, stated))
    return f"{requirement.skill} ({details})" if details else str(requirement.skill)
