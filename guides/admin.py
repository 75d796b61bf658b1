"""The admin of guides."""

from django.contrib import admin

from editing.admin import PublishableAdmin
from guides.models import Guide


@admin.register(Guide)
class GuideAdmin(PublishableAdmin):
    list_display = ("title", "audience", *PublishableAdmin.list_display[1:])
    list_filter = ("status", "collection", "audience", "featured")
    hints = {
        "audience": "Whom it is written for; guides are listed under it.",
        "body": "Headings begin with ##; the title stands above them.",
        "roles": "Roles it speaks of; their pages lead to it.",
        "skills": "Skills it speaks of; their pages lead to it.",
        "ladders": "Ladders it speaks of; their pages lead to it.",
    }
    content_fieldsets = (
        ("The guide", {"fields": ("audience", "body")}),
        ("What it speaks of", {"fields": ("roles", "skills", "ladders")}),
    )
