"""Accounts and groups in the admin.

These are Django's own pages, which also refuse keys that no database can look up.
"""

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.db.models import ManyToManyField
from django.forms import ModelMultipleChoiceField
from django.http import HttpRequest

from editing.fields import RelatedRowsField
from transactions.type_aliases import Value

admin.site.unregister([User, Group])


class SafeChoicesMixin(admin.ModelAdmin):
    """Many-to-many relations that refuse values that are no keys."""

    def formfield_for_manytomany(
        self, db_field: ManyToManyField, request: HttpRequest | None = None, **kwargs: Value
    ) -> ModelMultipleChoiceField | None:
        kwargs.setdefault("form_class", RelatedRowsField)
        return super().formfield_for_manytomany(
            db_field,
            request,  # type: ignore[arg-type]
            **kwargs,
        )


@admin.register(User)
class AccountAdmin(SafeChoicesMixin, UserAdmin):
    """Accounts."""


@admin.register(Group)
class AccountGroupAdmin(SafeChoicesMixin, GroupAdmin):
    """Groups."""
