"""JSON, YAML and the front matter of Markdown files are read as records."""

from collections.abc import Callable
from pathlib import Path

import pytest

from file_formats.errors import UnreadableFile
from source_files.files import read_source
from source_files.json_yaml import MAX_DEPTH, parse_path, read_front_matter, read_tree
from source_files.options import Record, SourceOptions

Reading = Callable[..., list[Record]]

LADDER = """\
title: Backend
levels: 2
topics:
  - name: impact
    content:
      - level: 1
        criteria: [Delivers tasks, "Asks: early"]
      - level: 2
        criteria: Delivers projects
  - name: mastery
    content:
"""


@pytest.fixture
def file(tmp_path: Path) -> Reading:
    """Writes a file and reads it along a path."""

    def _read(text: str, rows: str = "", name: str = "ladder.yml") -> list[Record]:
        path = tmp_path / name
        path.write_text(text, "utf-8")
        read = read_front_matter if path.suffix == ".md" else read_tree
        return list(read(path, SourceOptions("source", relative_path=name, rows=rows)))

    return _read


def refusal(file: Reading, *args: str) -> str:
    """Why a file cannot be read."""
    with pytest.raises(UnreadableFile) as refused:
        file(*args)
    return str(refused.value)


def test_each_element_of_the_path_is_a_record_with_the_values_around_it(
    file: Reading,
) -> None:
    first, second, third = file(LADDER, "topics[].content[].criteria[]")
    assert first.location == "ladder.yml topics[1].content[1].criteria[1]"
    assert first.values["title"] == "Backend"
    assert first.values["topics.name"] == "impact"
    assert first.values["topics.content.level"] == "1"
    assert [
        second.values["topics.content.criteria"],
        second.values["topics.content.criteria.number"],
    ] == [
        "Asks: early",
        "2",
    ]
    assert third.values["topics.content.criteria"] == "Delivers projects", (
        "a list of one without its brackets"
    )


def test_what_is_missing_or_empty_gives_no_record(file: Reading) -> None:
    assert len(file(LADDER, "topics[]")) == 2
    assert len(file(LADDER, "topics[].content[]")) == 2
    assert file(LADDER, "steps[]") == []


def test_a_mapping_is_walked_by_its_keys(file: Reading) -> None:
    text = (
        '{"tracks": {"MOBILE": {"milestones": [{"summary": "Works"}]}, "WEB": {"milestones": []}}, '
        '"max": 1.10}'
    )
    tracks = file(text, "tracks{}", "snow.json")
    assert [record.values["tracks.key"] for record in tracks] == ["MOBILE", "WEB"]
    (milestone,) = file(text, "tracks{}.milestones[]", "snow.json")
    assert milestone.location == "snow.json tracks[MOBILE].milestones[1]"
    assert milestone.values["max"] == "1.10", "a number stays as it is written"


def test_a_mapping_without_a_name_at_the_top_is_walked_too(file: Reading) -> None:
    records = file("engineering: [{competency: Code}]\nproduct: [{competency: Users}]\n", "{}[]")
    assert [(record.values["key"], record.values["competency"]) for record in records] == [
        ("engineering", "Code"),
        ("product", "Users"),
    ]


def test_the_whole_tree_is_one_record_with_a_column_for_each_key(file: Reading) -> None:
    (record,) = file(
        '{"a": {"b": "c"}, "list": ["x\\ny", "z"], "none": null, "is": true, "rows": [{"n": 1}]}',
        "",
        "t.json",
    )
    assert record.values == {
        "a": '{"b": "c"}',
        "list": "- x\n  y\n- z",
        "none": "",
        "is": "true",
        "rows": '[{"n": "1"}]',
    }
    assert len(file('[{"n": 1}, {"n": 2}]', "", "t.json")) == 2


def test_front_matter_brings_the_text_below_it_along(file: Reading) -> None:
    (record,) = file("---\ntitle: Code review\n---\n\n{% include note.html %}\n", "", "page.md")
    assert record.values["title"] == "Code review"
    assert record.values["body"].strip() == "{% include note.html %}"
    (record,) = file("No front matter here.\n", "", "page.md")
    assert record.values == {"body": "No front matter here.\n"}


@pytest.mark.parametrize(
    ("text", "name", "reason"),
    [
        (
            "---\ntitle: A\ntopics:\n  -\t'x'\n---\n",
            "people.md",
            "people.md line 4: use spaces instead of a tab",
        ),
        ("---\ntitle: A\n", "open.md", "open.md: the front matter has no end"),
        ("a: 1\na: 2\n", "twice.yml", "twice.yml line 2: the key “a” appears twice"),
        ("a: &x 1\n", "anchor.yml", "anchor.yml line 1: anchors, aliases and tags"),
        ('{"a": 1, "a": 2}', "twice.json", "twice.json: the key “a” appears twice in one object"),
        ('{"a": 1,\n}', "broken.json", "broken.json line 2: not JSON"),
        ('{"a": NaN}', "nan.json", "nan.json: NaN is not a JSON number"),
        (
            "[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1),
            "deep.json",
            "deep.json: nested too deeply",
        ),
        ("[" * 100_000, "deeper.json", "deeper.json: nested too deeply"),
    ],
)
def test_what_is_broken_or_unsafe_is_refused_by_file_and_line(
    file: Reading, text: str, name: str, reason: str
) -> None:
    assert refusal(file, text, "", name).startswith(reason)


def test_a_key_that_no_database_stores_is_refused(tmp_path: Path) -> None:
    """It is the name of a column, which notes quote."""
    (tmp_path / "keys.json").write_text('[{"a": "b", "\\ud800": "c"}]')
    (records,) = read_source(tmp_path, SourceOptions("keys", file="keys.json"))
    assert str(records) == "keys.json[1]: Character 1 (U+D800) cannot be stored."


def test_a_tree_that_is_not_as_the_path_says_is_refused_with_its_place(file: Reading) -> None:
    assert refusal(file, LADDER, "topics{}") == "ladder.yml topics: expected a mapping"
    assert refusal(file, LADDER, "title.name") == "ladder.yml title: expected a mapping with “name”"


def test_a_path_that_is_none_is_refused(file: Reading) -> None:
    assert parse_path("topics[].content") == ["topics", "[]", "content"]
    with pytest.raises(ValueError, match=r"“topics\[” in the path"):
        parse_path("topics[.content")
    assert refusal(file, LADDER, "topics[.content").startswith("ladder.yml: “topics[” in the path")


@pytest.mark.parametrize(
    ("name", "nothing"),
    [("ladder.yml", "null"), ("ladder.yml", "~"), ("ladder.yml", ""), ("ladder.json", "null")],
)
def test_gaps_in_a_tree_make_no_record(file: Reading, name: str, nothing: str) -> None:
    gaps = (
        f'{{"tracks": {{"a": {{"levels": [{{"title": {nothing}}}, {nothing}, {{"title": "b"}}]}}, '
        f'"c": {nothing}}}}}'
    )
    text = (
        gaps
        if nothing
        else "tracks:\n  a:\n    levels:\n    - title:\n    -\n    - title: b\n  c:\n"
    )
    found = [
        (record.values["tracks.levels.number"], record.values["tracks.levels.title"])
        for record in file(text, "tracks{}.levels[]", name)
    ]
    assert found == [("1", ""), ("3", "b")]
