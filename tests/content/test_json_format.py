"""JSON from others is read strictly: nothing is dropped, rounded, or too large to handle."""

import pytest

from content.json_format import MAX_DIGITS, InvalidJSONError, parse_strict_json


def parse(text: str) -> object:
    return parse_strict_json(text, max_values=10, max_depth=3)


@pytest.mark.parametrize(
    ("text", "reason", "line"),
    [
        ("[1,\n2", "not JSON (Expecting ',' delimiter)", 2),
        ('{"a": 1, "a": 2}', "the key “a” appears twice in one object", 0),
        ('{"a": [{"b": 1, "b": 1}]}', "the key “b” appears twice in one object", 0),
        ("9" * (MAX_DIGITS + 1), f"the number {'9' * MAX_DIGITS}… is too long", 0),
        ("1e999", "the number 1e999 is too large", 0),
        ("[-Infinity]", "-Infinity is not a JSON number", 0),
        ("[[[[]]]]", "nested too deeply", 0),
        ('[{"a": {"b": {}}}]', "nested too deeply", 0),
        ("[" * 10, "not JSON (Expecting value)", 1),
        ("[1,2,3,4,5,6,7,8,9,10,11]", "more than 10 values", 0),
    ],
)
def test_text_that_is_not_strict_is_refused(text: str, reason: str, line: int) -> None:
    with pytest.raises(InvalidJSONError) as refused:
        parse(text)
    assert (str(refused.value), refused.value.line) == (reason, line)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("9" * MAX_DIGITS, int("9" * MAX_DIGITS)),
        ("[1,2,3,4,5,6,7,8,9,10]", list(range(1, 11))),
        ('[{"a": []}, {"a": null}]', [{"a": []}, {"a": None}]),
        ("1e9", 1e9),
    ],
)
def test_other_text_is_read(text: str, value: object) -> None:
    assert parse(text) == value
