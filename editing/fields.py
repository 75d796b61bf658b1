"""Fields in admin forms.

Editors get help, and relations are chosen by search and drawn without a query for each row.
"""

from collections.abc import Iterator
from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.widgets import (
    AdminTextareaWidget,
    AutocompleteMixin,
    AutocompleteSelect,
    AutocompleteSelectMultiple,
)
from django.core.exceptions import ValidationError
from django.db.models import Field, ForeignKey, Model, QuerySet, URLField
from django.forms import CharField, ModelChoiceField, ModelMultipleChoiceField
from django.http import HttpRequest

from content.fields import MarkdownField, PlainTextField
from editing.preview import MarkdownWidget

#: A number with fewer digits fits into every key.
KEY_DIGITS = 19


def text_fields(*, markdown_rows: int, plain_rows: int) -> dict[Any, dict[str, Any]]:
    """How the text fields of models are edited, with so many lines in sight at first."""
    return {
        MarkdownField: {
            "form_class": LinesField,
            "widget": MarkdownWidget(attrs={"rows": markdown_rows}),
        },
        PlainTextField: {
            "form_class": LinesField,
            "widget": AdminTextareaWidget(attrs={"rows": plain_rows}),
        },
        URLField: {"assume_scheme": "https"},
    }


def is_key(value: Any) -> bool:
    """Whether this, as a browser sent it, can be the key of a row."""
    text = str(value)
    return text.isascii() and text.isdecimal() and len(text) < KEY_DIGITS


class CarefulOptions(AutocompleteMixin):
    """A value that is no key, from an address or a forged form, is left out, not asked for."""

    def optgroups(
        self, name: str, value: list[Any], attr: dict[str, Any] | None = None
    ) -> list[Any]:
        return super().optgroups(name, [str(each) for each in value if is_key(each)], attr)


class LinesField(CharField):
    """Lines, ended as they are stored: a browser sends another sign, which is no change."""

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return value.replace("\r\n", "\n").replace("\r", "\n") if value else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.to_python(initial), data)


class RelatedRowsField(ModelMultipleChoiceField):
    """Several rows; refuses what is no key before the database chokes on it."""

    def clean(self, value: Any) -> Any:
        for each in value or ():
            if not is_key(each):
                raise ValidationError(
                    self.error_messages["invalid_pk_value"], "invalid_pk_value", {"pk": each}
                )
        return super().clean(value)


class RelatedSelectMultiple(CarefulOptions, AutocompleteSelectMultiple):
    """A search field for several rows."""


class RelatedSelect(CarefulOptions, AutocompleteSelect):
    """A search field that draws the chosen row from memory where the form holds it already."""

    known: Model | None = None

    def optgroups(
        self, name: str, value: list[Any], attr: dict[str, Any] | None = None
    ) -> list[Any]:
        row = self.known
        if row is None or [str(each) for each in value] != [str(row.pk)]:
            return super().optgroups(name, value, attr)
        blank = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        label = self.choices.field.label_from_instance(row)
        return [(None, [*blank, self.create_option(name, row.pk, label, True, len(blank))], 0)]


class FieldsMixin(admin.options.BaseModelAdmin):
    """For admins and inlines: help texts, and search for every relation.

    Labels tell namesakes apart.
    """

    #: Help texts for fields whose model has none, or none for editors.
    hints: ClassVar[dict[str, str]] = {}
    #: Relations that `choice_label` reads.
    choice_related: tuple[str, ...] = ()

    def choice_label(self, row: Any) -> str:
        """What a row of this model is called where it is chosen."""
        return str(row)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.hints:
            kwargs["help_text"] = self.hints[db_field.name]
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if hasattr(field and field.widget, "can_delete_related"):
            field.widget.can_delete_related = (
                False  # too much falls with a row to delete it in passing
            )
        return field

    def get_autocomplete_fields(self, request: HttpRequest) -> list[str]:
        return [field.name for field in relations(self.model)]

    def formfield_for_foreignkey(
        self, db_field: "ForeignKey[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> Any:
        kwargs.setdefault(
            "widget", RelatedSelect(db_field, self.admin_site, using=kwargs.get("using"))
        )
        return self._labelled(
            super().formfield_for_foreignkey(db_field, request, **kwargs), db_field
        )

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs.setdefault("form_class", RelatedRowsField)
        kwargs.setdefault(
            "widget", RelatedSelectMultiple(db_field, self.admin_site, using=kwargs.get("using"))
        )
        return self._labelled(
            super().formfield_for_manytomany(db_field, request, **kwargs), db_field
        )

    def get_field_queryset(
        self, db: str | None, db_field: Any, request: HttpRequest
    ) -> QuerySet[Any]:
        rows = db_field.remote_field.model._default_manager.using(db)
        related = self._chooser(db_field).choice_related
        return rows.select_related(*related) if related else rows.all()

    def _chooser(self, db_field: Any) -> "FieldsMixin":
        return self.admin_site.get_model_admin(db_field.remote_field.model)

    def _labelled(self, field: ModelChoiceField, db_field: Any) -> ModelChoiceField:
        field.label_from_instance = self._chooser(db_field).choice_label  # type: ignore[method-assign]
        return field

    def drawn(self) -> Iterator[str]:
        """Paths to everything that the rows of this model show of other rows."""
        for field in relations(self.model):
            if field.many_to_one:
                yield field.name
                yield from (f"{field.name}__{path}" for path in self._chooser(field).choice_related)


def relations(model: type[Model]) -> "list[Field[Any, Any]]":
    """The fields by which a row of this model points at others."""
    return [
        field for field in (*model._meta.fields, *model._meta.many_to_many) if field.remote_field
    ]
