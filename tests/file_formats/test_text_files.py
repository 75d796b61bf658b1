"""YAML contains texts, lists and mappings; everything else is refused with its line."""

from functools import partial
from typing import Any

import pytest

from file_formats.errors import UnreadableFile
from file_formats.text_files import MAX_YAML_DEPTH, read_yaml
from file_formats.yaml_problems import ANCHORS_AND_TAGS, WRONG_ESCAPE
from tests.counting import growth


def refusal(text: str) -> str:
    """Why a text cannot be read."""
    with pytest.raises(UnreadableFile) as refused:
        read_yaml(text, "pack.yml")
    return str(refused.value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: no", "no"),
        ("a: 012", "012"),
        ("a: 1:30", "1:30"),
        ("a: 2026-01-01", "2026-01-01"),
        ("a: ~", ""),
        ("a: null", ""),
        ("a: 'null'", "null"),
        ("a: [Null, '~', nullable]", ["", "~", "nullable"]),
        ("a:", ""),
        ('a: "b: c # d"', "b: c # d"),
        ("a: >-\n  b\n  c", "b c"),
        ("a: |\n  b\n  c\n", "b\nc\n"),
        ("a: [b, c]", ["b", "c"]),
        ("a: {b: {c: d}}", {"b": {"c": "d"}}),
        ("a: {<<: {b: c}}", {"<<": {"b": "c"}}),
    ],
)
def test_yaml_holds_texts_lists_and_mappings_only(text: str, value: Any) -> None:
    assert read_yaml(text, "pack.yml") == {"a": value}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a: &x b\nc: *x", f"pack.yml line 1: {ANCHORS_AND_TAGS}"),
        (
            "a: !!python/object/apply:os.system [x]",
            f"pack.yml line 1: {ANCHORS_AND_TAGS}",
        ),
        ("a: b\nc: {d: 1, d: 2}", "pack.yml line 2: the key “d” appears twice"),
        ("a: b\n\ta: c", "pack.yml line 2: use spaces instead of a tab"),
        ("a: b\n---\na: c", "pack.yml line 2: --- begins a second document, and only one is read"),
        ("a: " + "[" * 100_000, "pack.yml line 1: nested too deeply"),
        ("a: " + "[" * MAX_YAML_DEPTH + "]" * MAX_YAML_DEPTH, "pack.yml line 1: nested too deeply"),
        ('a: "b\\0"', "pack.yml: Character 2 (U+0000) cannot be stored."),
        ('a: [{"b\\0": c}]', "pack.yml: Character 2 (U+0000) cannot be stored."),
        ('a: "\\ud800"', f"pack.yml line 1: {WRONG_ESCAPE}"),
        ("- a", "pack.yml: expected a mapping"),
        ("a", "pack.yml: expected a mapping"),
        ("", "pack.yml: expected a mapping"),
    ],
)
def test_yaml_with_surprises_is_refused_by_line(text: str, place: str) -> None:
    assert refusal(text) == place


def test_yaml_of_too_many_values_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("file_formats.text_files.MAX_YAML_VALUES", 100)
    assert len(read_yaml(mapping_of(40), "pack.yml")) == 40
    assert refusal(mapping_of(60)) == ("pack.yml line 50: more than 100 values")


def mapping_of(keys: int) -> str:
    return "\n".join(f"k{number}: v" for number in range(keys))


def test_reading_a_mapping_takes_as_many_calls_as_it_has_keys() -> None:
    assert len(read_yaml(mapping_of(1_000), "pack.yml")) == 1_000
    assert growth(lambda size: partial(read_yaml, mapping_of(size), "pack.yml"), 500) < 2.5
