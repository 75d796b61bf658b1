"""The admin of guides."""

from django.contrib import admin

from editing.admin import PublishableAdmin
from guides.models import Guide


@admin.register(Guide)
class GuideAdmin(PublishableAdmin):
    list_display = ("title", "audience", *PublishableAdmin.list_display[1:])
    list_filter = ("status", "collection", "audience", "featured")
    hints = {
        "audience": "Who it is written for; guides are listed under it.",
        "body": "Headings begin with ##; the title is shown above them.",
        "roles": "Related roles; their pages link to the guide.",
        "skills": "Related skills; their pages link to the guide.",
        "ladders": "Related ladders; their pages link to the guide.",
    }
    content_fieldsets = (
        ("The guide", {"fields": ("audience", "body")}),
        ("Related topics", {"fields": ("roles", "skills", "ladders")}),
    )
