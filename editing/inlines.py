"""Inlines: the parts of a row, edited on its page.

Short ones are in tables, others one below the other.
"""

from typing import Any

from adminsortable2.admin import SortableStackedInline, SortableTabularInline
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from editing.fields import FieldsMixin, text_fields
from editing.forms import InlineForm, InlineFormSet, SortableInlineFormSet


class InlineMixin(FieldsMixin):
    """An inline that costs the same for three rows and for three hundred."""

    form = InlineForm
    formset = InlineFormSet
    formfield_overrides = text_fields(markdown_rows=4, plain_rows=2)
    extra = 0

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related(*self.drawn())


class TableMixin(InlineMixin):
    """Rows of a table, whose fields have their label in the head of the column only."""

    formfield_overrides = text_fields(markdown_rows=2, plain_rows=2)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field:
            widget = getattr(field.widget, "widget", field.widget)
            widget.attrs["aria-label"] = str(field.label)
        return field


class ContentStackedInline(InlineMixin, admin.StackedInline):
    """Parts with long texts, in the order of their model."""


class ContentTabularInline(TableMixin, admin.TabularInline):
    """Short parts, in the order of their model."""


class SortableContentStackedInline(InlineMixin, SortableStackedInline):
    """Parts with long texts, put in order by hand."""

    formset = SortableInlineFormSet
    ordering = ("position", "id")


class SortableContentTabularInline(TableMixin, SortableTabularInline):
    """Short parts, put in order by hand."""

    formset = SortableInlineFormSet
    ordering = ("position", "id")
