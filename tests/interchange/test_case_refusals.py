"""Invalid packages are refused with location and reason, and nothing is written."""

import json
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from content.models import Collection
from file_formats.errors import UnreadableFile
from interchange.case.reader import read_package
from interchange.case.schema import EXTENSION
from interchange.files import MAX_BYTES, read_json
from skills.models import Skill
from skills.packs import SCALES
from tests.counting import growth
from tests.interchange.packages import DOCUMENT, association, item, load, package, refusals, uuid

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

ONE = item(1, "One")
TWO = item(2, "Two")


def test_a_sound_package_loads() -> None:
    assert refusals(package([ONE, TWO], [association(1, uuid(2), "isChildOf", uuid(1))])) == []
    assert Skill.objects.get().title == "Two"


@pytest.mark.parametrize(
    ("items", "associations", "refusal"),
    [
        (["One"], [], "CFItems 1: expected an object, not a text"),
        (
            [ONE, ONE | {"fullStatement": 7}],
            [],
            "CFItems 2: fullStatement: expected a text, not a number",
        ),
        ([{"identifier": uuid(1)}], [], "CFItems 1: fullStatement is missing"),
        ([ONE | {"identifier": "1"}], [], "CFItems 1: identifier: expected a UUID, not “1”"),
        ([ONE | {"Full Statement": "Two"}], [], "CFItems 1: fullStatement appears twice"),
        ([ONE, ONE], [], "CFItems 2: identifier: CFItems 1 already has this identifier"),
        (
            [ONE | {"identifier": DOCUMENT}],
            [],
            "CFItems 1: identifier: CFDocument already has this identifier",
        ),
        (
            [ONE | {"uri": "java\tscript:alert(1)"}],
            [],
            "CFItems 1: uri: addresses begin with http, https or urn, not javascript",
        ),
        ([ONE | {"notes": ["\x00"]}], [], "CFItems 1: Character 1 (U+0000) cannot be stored."),
        (
            [ONE | {"notes": {"a": "\ud800"}}],
            [],
            "CFItems 1: Character 1 (U+D800) cannot be stored.",
        ),
        (
            [ONE | {"conceptKeywords": ["a", 1]}],
            [],
            "CFItems 1: conceptKeywords 2: expected a text, not a number",
        ),
        ([ONE], [{}], "CFAssociations 1: identifier is missing"),
        (
            [ONE],
            [association(1, uuid(1), "isFriendOf", DOCUMENT)],
            "CFAssociations 1: associationType: CASE has no association type “isFriendOf”",
        ),
        (
            [ONE],
            [association(1, uuid(1), "isChildOf", uuid(1))],
            "CFAssociations 1: the item would be inside itself",
        ),
        (
            [ONE, TWO],
            [
                association(1, uuid(1), "isChildOf", uuid(2)),
                association(2, uuid(2), "isChildOf", uuid(1)),
            ],
            "CFAssociations 2: the item would be inside itself",
        ),
        (
            [ONE],
            [association(1, uuid(1), "isChildOf", DOCUMENT, sequenceNumber="1")],
            "CFAssociations 1: sequenceNumber: expected a number, not a text",
        ),
        (
            [ONE],
            [association(1, uuid(1), "isChildOf", DOCUMENT)] * 2,
            "CFAssociations 2: identifier: CFAssociations 1 already has this identifier",
        ),
    ],
)
def test_it_is_refused_with_its_place(
    items: list[Any], associations: list[Any], refusal: str
) -> None:
    assert refusals(package(items, associations)) == [refusal]
    assert not Collection.objects.exists()


@pytest.mark.parametrize("identifier", [["x"], {}, 7])
def test_a_definition_with_another_identifier_than_a_text_is_refused(identifier: Any) -> None:
    defined = package([ONE]) | {
        "CFDefinitions": {"CFSubjects": [{"title": "A"}, {"identifier": identifier}]}
    }
    with pytest.raises(UnreadableFile, match="CFSubjects 2: identifier: expected a text"):
        read_package(defined)


def test_a_refusal_can_be_displayed_whatever_it_quotes(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text('{"\\ud800": 1, "\\ud800": 2}')
    with pytest.raises(UnreadableFile) as refused:
        read_json(tmp_path / "x.json")
    assert str(refused.value) == "x.json: the key “\\ud800” appears twice in one object"
    for name in ("\ud800", "x" * 10_000):
        with pytest.raises(UnreadableFile, match="expected a list, not a number") as refused:
            read_package(package([ONE]) | {"CFDefinitions": {name: 5}})
        assert len(str(refused.value).encode()) < 2_000


@pytest.mark.parametrize(
    ("own", "refusal"),
    [
        ("text", "extensions: expected an object, not a text"),
        ({"table": "users"}, "table: items cannot belong to the table “users”"),
        ({"table": "skills", "statement": "password"},
         "statement: “password” is not a text column of skills"),
        ({"table": "skills", "statement": "body", "row": {"id": 1}},
         "id: expected a text, not a number"),
        (
            {"table": "skills", "statement": "body", "row": {"id": "Not A Slug"}},
            "id: Use lowercase letters (a–z), digits and single hyphens between them.",
        ),
    ],
)  # fmt: skip
def test_an_extension_is_no_way_round_the_checks(own: Any, refusal: str) -> None:
    bad = ONE | {"abbreviatedStatement": "One", "extensions": {EXTENSION: own}}
    assert refusals(package([bad])) == [f"CFItems 1: {refusal}"]
    assert not Collection.objects.exists()


@pytest.mark.parametrize(
    ("written", "refusal"),
    [
        ([], "the package: expected an object, not a list"),
        ({}, "the package: CFDocument is missing"),
        ({"CFDocument": {}}, "CFDocument: identifier is missing"),
        (package() | {"CFItems": {}}, "the package: CFItems: expected a list, not an object"),
        (package(title=None), "CFDocument: title is missing"),
        (
            package(officialSourceURL="data:text/html,x"),
            "CFDocument: officialSourceURL: addresses begin with http, https or urn, not data",
        ),
    ],
)
def test_without_a_document_there_is_no_package(written: Any, refusal: str) -> None:
    with pytest.raises(UnreadableFile) as refused:
        read_package(written)
    assert str(refused.value) == refusal


def test_of_too_many_faults_only_so_many_are_looked_at() -> None:
    with pytest.raises(
        UnreadableFile,
        match="more than 10,000 objects cannot be imported; the first problem: CFItems 10001",
    ):
        read_package(package([{}] * 20_000))
    assert len(list(read_package(package([{}] * 10_000)).rows(SCALES))) == 10_000


def test_what_is_sound_can_be_loaded_alone() -> None:
    report = load(package([ONE, {"identifier": 2}, TWO]), skip_refused=True)
    assert (len(report.refusals), Skill.objects.count()) == (1, 2)


def chain(length: int, *, in_order: bool) -> dict[str, Any]:
    """Items, each of which is the parent of the previous one."""
    items = [item(number, f"Item {number}") for number in range(length)]
    associations = [
        association(number, uuid(number), "isChildOf", uuid(number + 1))
        for number in range(length - 1)
    ]
    return package(items, associations if in_order else associations[::-1])


@pytest.mark.parametrize("in_order", [True, False])
def test_items_stand_only_so_deep(in_order: bool) -> None:
    """In neither order of the associations the work grows with the square of the depth."""
    pack = read_package(chain(200, in_order=in_order))
    refused = [str(row) for row in pack.rows(SCALES) if isinstance(row, UnreadableFile)]
    assert "more than 50 items above" in refused[0]
    assert growth(lambda size: partial(read_package, chain(size, in_order=in_order)), 300) < 2.5


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("{", "x.json line 1: not JSON (Expecting property name enclosed in double quotes)"),
        ('{\n"a": 1, "a": 2}', "x.json: the key “a” appears twice in one object"),
        ('{"a": NaN}', "x.json: NaN is not a JSON number"),
        ("[" * 100_000 + "]" * 100_000, "x.json: nested too deeply"),
        ("[" * 60 + "]" * 60, "x.json: nested too deeply"),
        ("[" + "[]," * 1_100_000 + "1]", "x.json: more than 2,000,000 values"),
        (b"\xff{}", "x.json line 1: not UTF-8"),
        ("", "x.json line 1: not JSON (Expecting value)"),
    ],
)
def test_a_file_that_is_no_plain_json_is_refused(
    tmp_path: Path, text: str | bytes, refusal: str
) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(UnreadableFile) as refused:
        read_json(path)
    assert str(refused.value) == refusal
    path.write_text(json.dumps(package([ONE])), "utf-8")
    assert read_package(read_json(path)).manifest().values["id"] == "a-framework"


def test_a_file_of_100_mb_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    with path.open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    with (
        patch("interchange.files.read_text") as reading,
        pytest.raises(UnreadableFile, match=f"x.json: larger than {MAX_BYTES // 1024**2} MB"),
    ):
        read_json(path)
    assert not reading.called
