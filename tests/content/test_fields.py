"""Text fields refuse text that is too long or that one of the two databases cannot store."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models

from content.base_models import ContentModel
from content.fields import (
    LINE_LENGTH,
    MARKDOWN_LENGTH,
    JSONField,
    LineField,
    MarkdownField,
    PlainTextField,
    PositiveIntegerField,
    PositiveSmallIntegerField,
    validate_storable,
)
from content.numbers import whole_number

FIELDS = [LineField(blank=True), MarkdownField(blank=True), PlainTextField(blank=True)]


def codes(field: LineField | MarkdownField | PlainTextField, value: str) -> list[str]:
    """The codes of what the field has against the value."""
    try:
        field.clean(value, None)
    except ValidationError as error:
        return [fault.code for fault in error.error_list]
    return []


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: type(field).__name__)
@pytest.mark.parametrize("character", ["\0", "\ud800", "\udfff"])
def test_a_character_that_cannot_be_stored_is_refused(field: LineField, character: str) -> None:
    assert codes(field, f"ab{character}c") == ["unstorable"]
    assert codes(field, "abc") == []


@pytest.mark.parametrize(
    "text", ["", "\t", "\x01", "\x7f", "\u2028", "\ufeff", "\ufffd", "😀", "עברית", "e\u0301"]
)
def test_every_other_character_is_taken(text: str) -> None:
    assert [codes(field, text) for field in FIELDS] == [[], [], []]


def test_the_refusal_names_the_character_and_its_place() -> None:
    with pytest.raises(ValidationError) as refused:
        validate_storable("ab\0")
    assert refused.value.messages == ["Character 3 (U+0000) cannot be stored."]


@pytest.mark.parametrize(
    ("field", "length"),
    [
        (FIELDS[0], LINE_LENGTH),
        (FIELDS[1], MARKDOWN_LENGTH),
        (FIELDS[2], MARKDOWN_LENGTH),
        (LineField(max_length=5), 5),
    ],
)
def test_a_text_that_is_too_long_is_refused(field: LineField, length: int) -> None:
    assert codes(field, "x" * length) == []
    assert codes(field, "x" * (length + 1)) == ["max_length"]


@pytest.mark.parametrize(
    ("field", "largest"),
    [(PositiveIntegerField(), 1_000_000_000), (PositiveSmallIntegerField(), 32_767)],
)
def test_a_number_is_taken_as_far_as_both_databases_hold_it(
    field: PositiveIntegerField | PositiveSmallIntegerField, largest: int
) -> None:
    for number in (0, largest):
        assert field.clean(number, None) == number
    for number in (-1, largest + 1, 10**30):
        with pytest.raises(ValidationError, match="Ensure this value is"):
            field.clean(number, None)


@pytest.mark.parametrize("held", ["a\0", {"\0": 1}, {"a": ["b", {"c": "\ud800"}]}])
def test_json_holds_no_character_that_cannot_be_stored(held: object) -> None:
    with pytest.raises(ValidationError, match="cannot be stored"):
        JSONField().clean(held, None)
    assert JSONField().clean({"a": ["b", {"c": 10**30}]}, None) == {"a": ["b", {"c": 10**30}]}


def test_all_content_has_fields_that_take_the_same_on_both_databases() -> None:
    lenient = (
        models.PositiveIntegerField,
        models.PositiveSmallIntegerField,
        models.IntegerField,
        models.JSONField,
    )
    named = {PositiveIntegerField, PositiveSmallIntegerField, JSONField}
    content = [model for model in apps.get_models() if issubclass(model, ContentModel)]
    fields = [
        field for model in content for field in model._meta.fields if isinstance(field, lenient)
    ]
    assert {type(field) for field in fields} - {models.BigAutoField} == named
    assert len(fields) > 50


@pytest.mark.parametrize("text", ["12", "000000000", "999999999"])
def test_a_whole_number_has_up_to_nine_digits(text: str) -> None:
    assert whole_number(text) == int(text)
    for other in (f"{text}00000000", f"-{text}", f"{text}.0", "", "x", "\u0663", "9" * 5_000):
        assert whole_number(other) is None
