"""The admin of guides."""

from django.contrib import admin

from editing.admin import PublishableAdmin
from editing.content_admin import ContentAdmin
from guides.models import Guide
from search.models import SynonymGroup


@admin.register(Guide)
class GuideAdmin(PublishableAdmin):
    list_display = ("title", "audience", *PublishableAdmin.list_display[1:])
    list_filter = ("status", "collection", "audience", "featured")
    hints = {
        "audience": "Who it is written for. Guides are grouped by it.",
        "body": "Begin headings with ##. The title is shown above the text.",
        "roles": "Related roles; their pages link to the guide.",
        "skills": "Related skills; their pages link to the guide.",
        "ladders": "Related ladders; their pages link to the guide.",
    }
    content_fieldsets = (
        ("The guide", {"fields": ("audience", "body")}),
        ("Related topics", {"fields": ("roles", "skills", "ladders")}),
    )


@admin.register(SynonymGroup)
class SynonymGroupAdmin(ContentAdmin):
    list_display = ("title", "terms", "updated_at")
    search_fields = ("title", "terms", "slug")
    fieldsets = (
        (
            None,
            {
                "fields": ("title", "slug", "terms", "position"),
                "description": (
                    "The search finds each of these words and phrases by any other. Leave out "
                    "words with several meanings, such as PM."
                ),
            },
        ),
    )
    hints = {"slug": "Its name in files."}
