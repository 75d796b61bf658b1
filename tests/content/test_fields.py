"""Text fields refuse what one of the two databases cannot store, and what is too long."""

import pytest
from django.core.exceptions import ValidationError

from content.fields import LINE_LENGTH, MARKDOWN_LENGTH, LineField, MarkdownField, PlainTextField, refuse_unstorable

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


@pytest.mark.parametrize("text", ["", "\t", "\x01", "\x7f", "\u2028", "\ufeff", "\ufffd", "😀", "עברית", "e\u0301"])
def test_every_other_character_is_taken(text: str) -> None:
    assert [codes(field, text) for field in FIELDS] == [[], [], []]


def test_the_refusal_names_the_character_and_its_place() -> None:
    with pytest.raises(ValidationError) as refused:
        refuse_unstorable("ab\0")
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
