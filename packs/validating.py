"""Validates a row before it is stored, as `full_clean` does.

It does not ask the database what is known already.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Set
from functools import partial
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models

Check = Callable[..., None]


def validate(row: Any, told: Collection[str] = (), changed: Set[str] | None = None) -> None:
    """As `full_clean`.

    The rows it refers to are not looked up again: they were found or made just now.

    :param told: the fields by which nothing like this row was found, so that it is known to be
        unique in them.
    :param changed: of a stored row, the fields that differ from what is stored; the database
        vouches for the others.
    :raises ValidationError: with all that is wrong, by field.
    """
    errors: dict[str, Any] = {}
    for check, exclude in _checks(row, frozenset(told), changed, errors):
        try:
            check(exclude=set(exclude))
        except ValidationError as error:
            error.update_error_dict(errors)
    if errors:
        raise ValidationError(errors)


def reasons_of(error: ValidationError, fields: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What is wrong with a row, by column; the column is empty where it is wrong as a whole."""
    for column, errors in error.error_dict.items():
        for one in errors:
            yield _column(column), _reason(one, fields.get(column))


def _column(field: str) -> str:
    """The column of packs that holds a field."""
    return {NON_FIELD_ERRORS: "", "slug": "id"}.get(field, field)


def _reason(error: ValidationError, field: Any) -> str:
    """One error in words; where there is a choice, what there is to choose."""
    choices = (
        field.flatchoices
        if error.code == "invalid_choice" and getattr(field, "choices", None)
        else ()
    )
    known = ", ".join(str(key) for key, _ in choices)
    return error.messages[0] + (f" It is one of {known}." if known else "")


def _checks(
    row: Any, told: frozenset[str], changed: Set[str] | None, errors: dict[str, Any]
) -> Iterator[tuple[Check, Collection[str]]]:
    """The checks in their order, and the fields that each leaves out.

    Constraints leave out what is wrong by itself.
    """
    relations = [field for field in row._meta.fields if field.is_relation]
    stored = {
        field.name for field in relations if changed is not None and field.name not in changed
    }
    known = stored | {field.name for field in relations if _is_at_hand(field, row)}
    yield partial(row.full_clean, validate_unique=False, validate_constraints=False), known
    yield row.validate_unique, errors
    for model, constraints in row.get_constraints():
        for constraint in constraints:
            is_new = changed is None or not changed.isdisjoint(_fields_of(constraint))
            if is_new and not _is_met(constraint, row, told):
                yield partial(constraint.validate, model, row), errors


def _is_met(constraint: models.BaseConstraint, row: Any, told: frozenset[str]) -> bool:
    """Whether a constraint need not be asked about.

    Each costs a query, and most rows are new and plain.
    """
    if not isinstance(constraint, models.UniqueConstraint):
        # `clean`, which comes before, has seen to that.
        return constraint.name.endswith(("_published_has_date", "_note_has_date"))
    if constraint.condition is None:
        return frozenset(constraint.fields) == told
    return "external_id" in constraint.fields and not row.external_id


def _fields_of(constraint: Any) -> set[str]:
    """The fields that a constraint speaks of."""
    return {*getattr(constraint, "fields", ()), *_fields_in(constraint.condition)}


def _fields_in(condition: models.Q | None) -> Iterator[str]:
    for child in condition.children if condition else ():
        if isinstance(child, models.Q):
            yield from _fields_in(child)
        elif isinstance(child, tuple):
            name, value = child
            yield name.partition("__")[0]
            if isinstance(value, models.F):
                yield value.name.partition("__")[0]  # type: ignore[attr-defined]


def _is_at_hand(field: Any, row: Any) -> bool:
    # Asked by its key: a relation that was set to nothing and must not be raises if it is read.
    return field.is_cached(row) and getattr(row, field.attname) is not None
