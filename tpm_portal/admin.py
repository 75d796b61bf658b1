"""Accounts and groups in the admin.

These are Django's own pages, which also refuse keys that no database can look up.
"""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.http import HttpRequest

from editing.fields import RelatedRowsField

admin.site.unregister([User, Group])


class SafeChoicesMixin(admin.ModelAdmin):
    """Relations that refuse what is no key."""

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        return super().formfield_for_manytomany(
            db_field, request, **{"form_class": RelatedRowsField} | kwargs
        )


@admin.register(User)
class AccountAdmin(SafeChoicesMixin, UserAdmin):
    """Accounts."""


@admin.register(Group)
class AccountGroupAdmin(SafeChoicesMixin, GroupAdmin):
    """Groups."""
