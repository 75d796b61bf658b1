"""Fields and widgets of admin forms: Markdown with a preview, and relations chosen by search.

Related rows are shown without a query for each of them.
"""

from collections.abc import Iterable, Sequence
from typing import ClassVar, cast

from django.contrib import admin
from django.contrib.admin.widgets import (
    AdminTextareaWidget,
    AutocompleteMixin,
    AutocompleteSelect,
    AutocompleteSelectMultiple,
)
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Model, QuerySet
from django.db.models.fields.related import RelatedField
from django.forms import CharField, Field, ModelChoiceField, ModelMultipleChoiceField
from django.http import HttpRequest
from django.urls import reverse

from content import Row
from content.fields import MarkdownField, PlainTextField, relation_fields
from content.text import normalize_newlines

#: A number with fewer digits fits into every key.
KEY_DIGITS = 19

OptionGroups = list[tuple[str | None, list[dict[str, object]], int | None]]


class MarkdownWidget(AdminTextareaWidget):
    """A text area with a live preview; without scripts it is only the text area."""

    class Media:
        js = ("js/admin-preview.js",)

    def build_attrs(
        self, base_attrs: dict[str, object], extra_attrs: dict[str, object] | None = None
    ) -> dict[str, object]:
        attrs = super().build_attrs(base_attrs, extra_attrs)
        return attrs | {"data-preview-url": reverse("markdown_preview")}


def text_fields(
    *, markdown_rows: int, plain_rows: int
) -> dict[type[models.Field], dict[str, object]]:
    """Form fields and widgets for the text fields of models, as `formfield_overrides`.

    :param markdown_rows: lines that a text area for Markdown shows at first.
    :param plain_rows: lines that a text area for plain text shows at first.
    """
    return {
        MarkdownField: {
            "form_class": LinesField,
            "widget": MarkdownWidget(attrs={"rows": markdown_rows}),
        },
        PlainTextField: {
            "form_class": LinesField,
            "widget": AdminTextareaWidget(attrs={"rows": plain_rows}),
        },
        models.URLField: {"assume_scheme": "https"},
    }


def is_key(value: object) -> bool:
    """Whether this value, as a browser submits it, can be the key of a row."""
    text = str(value)
    return text.isascii() and text.isdecimal() and len(text) < KEY_DIGITS


class KeysOnlyMixin(AutocompleteMixin):
    """A search field that ignores values that are not keys, from a URL or a forged form.

    The database could refuse to look them up.
    """

    def optgroups(
        self, name: str, value: Sequence[str], attr: dict[str, object] | None = None
    ) -> OptionGroups:
        keys = list(filter(is_key, map(str, value)))
        return super().optgroups(name, keys, attr)


class LinesField(CharField):
    """Text of several lines with the line ends that are stored.

    A browser submits other line ends, which is not a change.
    """

    def to_python(self, value: object) -> str | None:
        return normalize_newlines(super().to_python(value))

    def has_changed(self, initial: object, data: object) -> bool:
        return super().has_changed(self.to_python(initial), data)


class RelatedRowsField(ModelMultipleChoiceField):
    """Several rows; values that are not keys are invalid, and are not looked up."""

    def clean(self, value: Iterable[object] | None) -> QuerySet:
        for key in value or ():
            if not is_key(key):
                raise ValidationError(
                    self.error_messages["invalid_pk_value"], "invalid_pk_value", {"pk": key}
                )
        return super().clean(value)


class RelatedSelectMultiple(KeysOnlyMixin, AutocompleteSelectMultiple):
    """A search field for several rows."""


class RelatedSelect(KeysOnlyMixin, AutocompleteSelect):
    """A search field for one row; shows the chosen row without a query if the form has loaded it.

    `loaded_row` is that row.
    """

    loaded_row: Model | None = None

    def optgroups(
        self, name: str, value: Sequence[str], attr: dict[str, object] | None = None
    ) -> OptionGroups:
        row = self.loaded_row
        if row is None or list(map(str, value)) != [str(row.pk)]:
            return super().optgroups(name, value, attr)
        options = []
        if not self.is_required:
            options.append(self.create_option(name, "", "", False, 0))
        label = self.choices.field.label_from_instance(row)
        options.append(self.create_option(name, row.pk, label, True, len(options)))
        return [(None, options, 0)]


class FieldsMixin(admin.options.BaseModelAdmin):
    """For admins and inlines: help texts, and search fields for all relations.

    The labels of rows distinguish namesakes.
    """

    #: Help texts for fields whose model has none, or none for editors.
    hints: ClassVar[dict[str, str]] = {}
    #: Relations that `choice_label` reads.
    choice_related: tuple[str, ...] = ()

    def choice_label(self, row: Row) -> str:
        """The label of a row of this model where it can be chosen."""
        return str(row)

    def formfield_for_dbfield(
        self, db_field: models.Field, request: HttpRequest, **kwargs: object
    ) -> Field | None:
        if db_field.name in self.hints:
            kwargs["help_text"] = self.hints[db_field.name]
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and hasattr(field.widget, "can_delete_related"):
            # The deletion of a row can delete many others, so it needs its own page.
            field.widget.can_delete_related = False
        return field

    def formfield_for_foreignkey(
        self, db_field: models.ForeignKey, request: HttpRequest, **kwargs: object
    ) -> ModelChoiceField | None:
        kwargs.setdefault("widget", RelatedSelect(db_field, self.admin_site))
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        self._set_choice_labels(field, db_field)
        return field

    def formfield_for_manytomany(
        self, db_field: models.ManyToManyField, request: HttpRequest, **kwargs: object
    ) -> ModelMultipleChoiceField | None:
        kwargs.setdefault("form_class", RelatedRowsField)
        kwargs.setdefault("widget", RelatedSelectMultiple(db_field, self.admin_site))
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        self._set_choice_labels(field, db_field)
        return field

    def get_field_queryset(
        self, db: str | None, db_field: RelatedField, request: HttpRequest
    ) -> QuerySet:
        rows = db_field.remote_field.model._default_manager.using(db)
        related = self._related_admin(db_field).choice_related
        return rows.select_related(*related) if related else rows.all()

    def _related_admin(self, db_field: RelatedField) -> "FieldsMixin":
        related_admin = self.admin_site.get_model_admin(db_field.remote_field.model)
        return cast("FieldsMixin", related_admin)

    def _set_choice_labels(self, field: ModelChoiceField | None, db_field: RelatedField) -> None:
        if field:
            label = self._related_admin(db_field).choice_label
            field.label_from_instance = label  # type: ignore[assignment, method-assign]

    def related_paths(self) -> list[str]:
        """Lookups of all related rows that the labels on this page show, for `select_related`."""
        paths = []
        for field in relation_fields(self.model):
            if field.many_to_one:
                paths.append(field.name)
                for path in self._related_admin(field).choice_related:
                    paths.append(f"{field.name}__{path}")
        return paths
