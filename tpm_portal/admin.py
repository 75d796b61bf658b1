"""Accounts and groups in the admin.

They are Django's own pages, with relations that refuse keys no database can look up.
"""

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.db.models import ManyToManyField
from django.forms import ModelMultipleChoiceField
from django.http import HttpRequest

from editing.fields import RelatedRowsField

admin.site.unregister([User, Group])


class SafeChoicesMixin(admin.ModelAdmin):
    """An admin whose many-to-many fields refuse values that are not primary keys."""

    def formfield_for_manytomany(
        self, db_field: ManyToManyField, request: HttpRequest | None = None, **kwargs: object
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
