"""Inlines: child rows that are edited on the page of their parent.

Rows with short fields are shown as a table, rows with long texts one below the other.
"""

from adminsortable2.admin import SortableStackedInline, SortableTabularInline
from django.contrib import admin
from django.contrib.admin.options import InlineModelAdmin
from django.db import models
from django.db.models import QuerySet
from django.forms import Field
from django.http import HttpRequest

from content import Untyped
from editing.fields import FieldsMixin, text_fields
from editing.forms import InlineForm, InlineFormSet, SortableInlineFormSet


class InlineMixin(FieldsMixin, InlineModelAdmin):
    """An inline that makes the same number of queries for three rows and for three hundred."""

    form = InlineForm
    formset = InlineFormSet
    formfield_overrides = text_fields(markdown_rows=4, plain_rows=2)
    extra = 0

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related(*self.related_paths())


class TableMixin(InlineMixin):
    """An inline with a row of fields for each child row, and labels only at the top of columns."""

    formfield_overrides = text_fields(markdown_rows=2, plain_rows=2)

    def formfield_for_dbfield(
        self, db_field: models.Field, request: HttpRequest, **kwargs: object
    ) -> Field | None:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field:
            widget: Untyped = getattr(field.widget, "widget", field.widget)
            widget.attrs["aria-label"] = str(field.label)
        return field


class ContentStackedInline(InlineMixin, admin.StackedInline):
    """Rows with long texts, in the order of their model."""


class ContentTabularInline(TableMixin, admin.TabularInline):
    """Rows with short fields, in the order of their model."""


class SortableContentStackedInline(InlineMixin, SortableStackedInline):
    """Rows with long texts, which editors put in order."""

    formset = SortableInlineFormSet
    ordering = ("position", "id")


class SortableContentTabularInline(TableMixin, SortableTabularInline):
    """Rows with short fields, which editors put in order."""

    formset = SortableInlineFormSet
    ordering = ("position", "id")
