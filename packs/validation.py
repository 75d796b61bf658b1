"""Validates rows as `full_clean` does, but without queries whose results are known already."""

from collections.abc import Callable, Collection, Iterator, Mapping, Set
from functools import partial

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models

from content.base_models import ContentModel
from packs.pack_tables import column_of

#: A method of a model or constraint that takes the names of fields to exclude.
Check = Callable[..., None]


def validate(
    row: ContentModel, unique_fields: Collection[str] = (), changed: Set[str] | None = None
) -> None:
    """Validate a row as `full_clean` does, without queries for cached related rows.

    :param unique_fields: the fields with values that no other row has together, as is known.
    :param changed: for a stored row, the fields that differ from what is stored. Constraints on
        other fields are not checked, since the database has checked them.
    :raises ValidationError: with all errors by field.
    """
    errors: dict[str, list[ValidationError]] = {}
    for check, exclude in _checks(row, frozenset(unique_fields), changed, errors):
        try:
            check(exclude=set(exclude))
        except ValidationError as error:
            error.update_error_dict(errors)
    if errors:
        raise ValidationError(errors)


def reasons_by_column(
    error: ValidationError, fields: Mapping[str, models.Field]
) -> Iterator[tuple[str, str]]:
    """The column and the message of each error; the column is empty for errors of the whole row."""
    for name, errors in error.error_dict.items():
        column = "" if name == NON_FIELD_ERRORS else column_of(name)
        for field_error in errors:
            yield column, _message(field_error, fields.get(name))


def _message(error: ValidationError, field: models.Field | None) -> str:
    """The message of an error, with the valid choices if the value is not one of them."""
    message: str = error.messages[0]
    choices = ", ".join(str(key) for key, _ in getattr(field, "flatchoices", ()))
    if choices and error.code == "invalid_choice":
        return f"{message} Choose one of {choices}."
    return message


def _checks(
    row: ContentModel,
    unique_fields: frozenset[str],
    changed: Set[str] | None,
    errors: Mapping[str, object],
) -> Iterator[tuple[Check, Collection[str]]]:
    """The checks in their order, each with the fields that it excludes.

    :param errors: the errors of earlier checks. Fields with errors are excluded from later ones.
    """
    yield (
        partial(row.full_clean, validate_unique=False, validate_constraints=False),
        list(_valid_relations(row, changed)),
    )
    yield row.validate_unique, errors
    for model, constraints in row.get_constraints():
        for constraint in constraints:
            if changed is not None and changed.isdisjoint(_constraint_fields(constraint)):
                continue
            if not _is_satisfied(constraint, row, unique_fields):
                yield partial(constraint.validate, model, row), errors


def _valid_relations(row: ContentModel, changed: Set[str] | None) -> Iterator[str]:
    """The relations whose rows exist: they are unchanged, or the related row was just found."""
    for field in row._meta.fields:
        if isinstance(field, models.ForeignKey):
            is_unchanged = changed is not None and field.name not in changed
            # The attribute with the key is read: reading an empty required relation raises.
            has_row = field.is_cached(row) and getattr(row, field.attname) is not None
            if is_unchanged or has_row:
                yield field.name


def _is_satisfied(
    constraint: models.BaseConstraint, row: ContentModel, unique_fields: frozenset[str]
) -> bool:
    """Whether a row is known to satisfy a constraint. Checking it takes a query."""
    if not isinstance(constraint, models.UniqueConstraint):
        # `clean`, which is called before, checks these.
        return constraint.name.endswith(("_published_has_date", "_note_has_date"))
    if constraint.condition is None:
        return frozenset(constraint.fields) == unique_fields
    return "external_id" in constraint.fields and not getattr(row, "external_id", "")


def _constraint_fields(constraint: models.BaseConstraint) -> set[str]:
    """The fields on which a constraint depends."""
    fields = set(getattr(constraint, "fields", ()))
    condition = getattr(constraint, "condition", None)
    if isinstance(condition, models.Q):
        fields |= condition.referenced_base_fields
    return fields
