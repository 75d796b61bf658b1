"""Model fields of all content.

They refuse what either database cannot store, so that both store the same values.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, MaxValueValidator, RegexValidator
from django.db import models
from django.db.models.fields.related import RelatedField

from content import Untyped
from content.numbers import DecimalNumberField, PlainNumberMixin, WholeNumberField, plain_decimal
from content.text import is_blank, normalize_newlines

LINE_LENGTH = 200
SLUG_LENGTH = 80
MARKDOWN_LENGTH = 100_000
#: The label of the empty choice of a field that its source may leave open.
NOT_STATED = [("", "Not stated")]
#: Years of times that, in every time zone, stay within what Python and both databases can store.
FIRST_YEAR, LAST_YEAR = 2, 9998
#: The time zone in which a day begins first.
LATEST_OFFSET = timedelta(hours=14)
unstorable = re.compile("[\0\ud800-\udfff]").search


def model_field(model: type[models.Model], name: str) -> models.Field:
    """The field of a model with this name.

    :raises FieldDoesNotExist: if the model has none.
    """
    return cast("models.Field", model._meta.get_field(name))


def relation_field(model: type[models.Model], name: str) -> RelatedField:
    """The foreign key or many-to-many relation of a model with this name.

    :raises FieldDoesNotExist: if the model has none.
    """
    return cast("RelatedField", model._meta.get_field(name))


def relation_fields(model: type[models.Model]) -> list[RelatedField]:
    """The foreign keys of a model, then its many-to-many relations."""
    fields = [*model._meta.fields, *model._meta.many_to_many]
    return [field for field in fields if isinstance(field, RelatedField)]


def validate_storable(value: str) -> None:
    """Refuse NUL, which PostgreSQL cannot store, and lone surrogates, which cannot be encoded.

    :raises ValidationError: code ``unstorable``, naming the character and its position.
    """
    match = unstorable(value)
    if match:
        raise ValidationError(
            "Character %(place)s (U+%(code)04X) cannot be stored.",
            code="unstorable",
            params={"place": match.start() + 1, "code": ord(match[0])},
        )


def validate_calendar_date(value: datetime) -> None:
    """Refuse a time that falls before the year 1 or after the year 9999 in another time zone.

    :raises ValidationError: code ``beyond_calendar``.
    """
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        message = f"The year %(year)s is outside {FIRST_YEAR} to {LAST_YEAR}."
        raise ValidationError(message, code="beyond_calendar", params={"year": value.year})


def validate_not_in_future(value: date) -> None:
    """Refuse a day that has not begun in any time zone.

    :raises ValidationError: code ``in_future``.
    """
    if value > (datetime.now(UTC) + LATEST_OFFSET).date():
        raise ValidationError(
            "%(date)s is in the future.", code="in_future", params={"date": value.isoformat()}
        )


class NormalizedNewlinesMixin(models.Field):
    """A text field that stores ``\\n`` at the ends of lines, whatever a browser sends."""

    def validate(self, value: Untyped, model_instance: models.Model | None) -> None:
        """Refuse a required text that has only invisible characters."""
        super().validate(value, model_instance)
        if value and not self.blank and is_blank(value):
            raise ValidationError(self.error_messages["blank"], code="blank")

    def to_python(self, value: object) -> object:
        return normalize_newlines(super().to_python(value))

    def get_prep_value(self, value: object) -> object:
        return normalize_newlines(super().get_prep_value(value))


class LineField(NormalizedNewlinesMixin, models.CharField):
    """One line of plain text, of 200 characters if `max_length` is not given."""

    default_validators = [validate_storable]

    def __init__(
        self, verbose_name: str | None = None, *, max_length: int = LINE_LENGTH, **kwargs: Untyped
    ) -> None:
        super().__init__(verbose_name, max_length=max_length, **kwargs)


class StatedField(models.CharField):
    """A choice that a source states or leaves open.

    The field is empty if the source does not state it; no default is guessed.
    """

    def __init__(
        self, *args: Untyped, renamed_values: Mapping[str, str] | None = None, **kwargs: Untyped
    ) -> None:
        """
        :param renamed_values: values of former versions with the values that replace them. Packs,
            interchange files and histories may still contain them.
        """
        self.renamed_values = renamed_values or {}
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)

    def to_python(self, value: object) -> object:
        text = super().to_python(value)
        return self.renamed_values.get(text, text)

    def get_choices(self, include_blank: bool = True, *args: object, **kwargs: Untyped) -> Untyped:
        """The choices with “Not stated” as the label of the empty one."""
        return super().get_choices(include_blank, NOT_STATED, **kwargs)


validate_slug = RegexValidator(
    r"^[a-z0-9]+(?:-[a-z0-9]+)*\Z",
    "Use lowercase letters (a–z), digits and single hyphens between them.",
    code="invalid_slug",
)


class SlugField(models.SlugField):
    """The name of a row in addresses and files: Django's slug without underscores and capitals."""

    default_validators = [validate_slug]

    def __init__(
        self, verbose_name: str | None = None, *, max_length: int = SLUG_LENGTH, **kwargs: Untyped
    ) -> None:
        super().__init__(verbose_name, max_length=max_length, **kwargs)

    def formfield(self, **kwargs: Untyped) -> forms.Field | None:
        """A form field with this rule alone, without the looser one of Django's own form field."""
        return models.CharField.formfield(self, **{"validators": [validate_slug], **kwargs})


class MarkdownField(NormalizedNewlinesMixin, models.TextField):
    """Markdown as the editor wrote it. The admin shows a live preview of it."""

    default_validators = [validate_storable, MaxLengthValidator(MARKDOWN_LENGTH)]


class PlainTextField(NormalizedNewlinesMixin, models.TextField):
    """Several lines of plain text, without markup."""

    default_validators = [validate_storable, MaxLengthValidator(MARKDOWN_LENGTH)]


class NameListField(PlainTextField):
    """Names of one thing, one per line."""

    def deconstruct(self) -> tuple[str, str, Sequence[object], dict[str, object]]:
        """Migrations have the field class that was used before `NameListField` was introduced."""
        name, _, arguments, options = super().deconstruct()
        return name, "content.fields.PlainTextField", arguments, options


class DjangoColumnMixin(models.Field):
    """A field that migrations write as the Django field it is derived from."""

    def deconstruct(self) -> tuple[str, str, Sequence[object], dict[str, object]]:
        name, _, arguments, options = super().deconstruct()
        for base in type(self).__mro__:
            if base.__module__.startswith("django.") and base is not models.Field:
                return name, f"django.db.models.{base.__name__}", arguments, options
        raise TypeError(f"{type(self)} is not derived from a Django field.")


class StatedBooleanField(DjangoColumnMixin, models.BooleanField):
    """Yes or no, or None if the source does not state it."""

    def __init__(self, *args: Untyped, **kwargs: Untyped) -> None:
        super().__init__(*args, **{"null": True, "blank": True, **kwargs})

    def formfield(self, **kwargs: Untyped) -> Untyped:
        """A form field with “Not stated” as the label of the empty choice."""
        field = super().formfield(**kwargs)
        assert field is not None
        field.widget.choices = [("unknown", NOT_STATED[0][1]), ("true", "Yes"), ("false", "No")]
        return field


class WholeNumberMixin(PlainNumberMixin, DjangoColumnMixin):
    """An integer field that accepts plain digits only."""

    def formfield(self, **kwargs: Untyped) -> forms.Field | None:
        return super().formfield(**{"form_class": WholeNumberField, **kwargs})


class PositiveIntegerField(WholeNumberMixin, models.PositiveIntegerField):
    """A number from 0 to a billion.

    SQLite would store larger ones. PostgreSQL stores twice as many, so that there is room for
    positions after the largest one.
    """

    default_validators = [MaxValueValidator(10**9)]


class PositiveSmallIntegerField(WholeNumberMixin, models.PositiveSmallIntegerField):
    """A number from 0 to the largest one that PostgreSQL stores in two bytes."""

    default_validators = [MaxValueValidator(2**15 - 1)]


class PastDateField(DjangoColumnMixin, models.DateField):
    """The day of something that has happened: today or earlier.

    A day in the future that is stored already, from before it was refused, may stay.
    """

    def validate(self, value: Untyped, model_instance: models.Model | None) -> None:
        super().validate(value, model_instance)
        if value is None:
            return
        try:
            validate_not_in_future(value)
        except ValidationError:
            if model_instance is None or not self._is_stored(value, model_instance):
                raise

    def _is_stored(self, value: date, row: models.Model) -> bool:
        stored = type(row)._base_manager.filter(pk=row.pk, **{self.attname: value})
        return stored.exists()


class DecimalField(PlainNumberMixin, DjangoColumnMixin, models.DecimalField):
    """A number written with plain digits and a decimal point."""

    read_number = staticmethod(plain_decimal)

    def formfield(self, **kwargs: Untyped) -> forms.Field | None:
        return super().formfield(**{"form_class": DecimalNumberField, **kwargs})


def validate_storable_json(value: object) -> None:
    """Refuse NUL and lone surrogates in keys and texts of a JSON value, however deep.

    :raises ValidationError: code ``unstorable``.
    """
    remaining = [value]
    while remaining:
        current = remaining.pop()
        if isinstance(current, str):
            validate_storable(current)
        elif isinstance(current, dict):
            remaining += [*current.keys(), *current.values()]
        elif isinstance(current, list):
            remaining += current


class JSONField(DjangoColumnMixin, models.JSONField):
    """Values that have no column of their own, as JSON."""

    default_validators = [validate_storable_json]
