"""YAML errors are explained for people who write files, with the line to correct."""

import pytest
import yaml

from file_formats.errors import UnreadableFile
from file_formats.text_files import TextLoader, read_yaml
from file_formats.yaml_problems import OTHER_PROBLEM

#: A broken text, the line to correct, and words of the reason.
BROKEN = [
    ("title: A: b", 1, "colon and a space in quotes"),
    ("title: A\n  summary: b", 2, "indent this key like the other keys"),
    ("a:\n\tb: c", 2, "spaces instead of a tab"),
    ('a: b\ntitle: "abc\nc: d\n', 2, "no closing quote"),
    ("a: 'b", 1, "no closing quote"),
    ("a: [b,\n  c\nd: e", 1, "no closing bracket"),
    ("a: {b: c", 1, "no closing bracket"),
    ("a:\n    b: c\n  d: e", 3, "does not fit those above it"),
    ('a: "b" c', 1, "nothing after a closing quote"),
    ("a: b\n- c", 2, "does not fit those above it"),
    ("- a\nb: c", 2, "another entry of the list"),
    ("a: @b", 1, "begins with @ in quotes"),
    ("a: b\nc: `d`", 2, "begins with ` in quotes"),
    ("a: %b", 1, "begins with % in quotes"),
    ("a: é\nb: ]c", 2, "begins with ] in quotes"),
    ("%a", 1, "must not begin with %"),
    ("a: *", 1, "begins with &, * or ! in quotes"),
    ("a: *b*", 1, "begins with &, * or ! in quotes"),
    ("a: &", 1, "begins with &, * or ! in quotes"),
    ("a: !<", 1, "begins with &, * or ! in quotes"),
    ("a: b\nhello\n", 2, "no colon after its key"),
    ("a: b\n...\nc: d", 3, "follows the end"),
    ("  a: b\nc: d", 2, "indented less than the first one"),
    ('a: "\\q"', 1, "begins an escape"),
    ('a: "\\x1"', 1, "begins an escape"),
    ("a: é\nb: \x07", 2, "the character U+0007 is not allowed in YAML"),
    ("[a, b]: c", 1, "a key must be text"),
    ("a: |x\n b", 1, "begin the text on the next line"),
    ("a: - b", 1, "begin the list on a new line below its key"),
    ("a: [", 1, "a value is missing here"),
    ("%YAML 3.0\n---\na: b", 1, OTHER_PROBLEM),
]


@pytest.mark.parametrize(("text", "line", "words"), BROKEN)
def test_a_fault_is_named_in_plain_words_at_its_line(text: str, line: int, words: str) -> None:
    with pytest.raises(UnreadableFile) as refused:
        read_yaml(text, "roles/lead.md", first_line=2)
    assert refused.value.location == f"roles/lead.md line {line + 1}"
    assert words in refused.value.reason


@pytest.mark.parametrize(("text", "line", "words"), BROKEN)
def test_no_word_of_the_parser_is_among_them(text: str, line: int, words: str) -> None:
    with pytest.raises(yaml.YAMLError) as found:
        TextLoader(text).get_single_data()
    with pytest.raises(UnreadableFile) as refused:
        read_yaml(text, "x")
    for sentence in (getattr(found.value, "context", None), getattr(found.value, "problem", None)):
        assert not sentence or sentence not in str(refused.value)
    assert "\n" not in str(refused.value)
