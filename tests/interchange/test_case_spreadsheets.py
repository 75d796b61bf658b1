"""Spreadsheets of OpenSALT are imported like packages.

Parents are found by code, and identifiers are created where there are none.
"""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from file_formats.errors import UnreadableFile
from interchange.case.reader import read_case, read_package
from interchange.case.spreadsheets import package_of_table, package_of_workbook
from interchange.packs import TABLES
from packs.loading import load_pack
from skills.models import Skill, SkillGroup
from tests.frameworks import folder
from tests.interchange.packages import by_identifier, export_text, load_collection

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

OPENSALT = "opensalt-case-fixtures"


def associations_of(path: Path) -> list[dict[str, Any]]:
    package: dict[str, Any] = json.loads(json.dumps(package_of_table(path)))
    associations: list[dict[str, Any]] = package["CFAssociations"]
    return associations


@pytest.mark.parametrize(
    ("name", "groups", "skills"),
    [
        ("sample_case", 5, 5),
        ("children", 0, 4),
        ("sequenceNumber", 0, 2),
        ("abbreviatedStatement", 0, 1),
        ("abbreviatedStatementLimit", 0, 1),
    ],
)
def test_a_table_of_opensalt_comes_in_whole_and_goes_out_again(
    name: str, groups: int, skills: int
) -> None:
    written = package_of_table(folder(OPENSALT) / f"{name}.csv")
    again = json.loads(export_text(load_collection(written)))
    assert (SkillGroup.objects.count(), Skill.objects.count()) == (groups, skills)
    for kind in ("CFItems", "CFAssociations"):
        assert by_identifier(again[kind]) == by_identifier(written[kind])


def test_a_parent_named_by_its_code_is_found_and_what_is_elsewhere_is_kept() -> None:
    load_collection(package_of_table(folder(OPENSALT) / "sample_case.csv"))
    fractions = SkillGroup.objects.get(slug="m-f")
    assert fractions.parent == SkillGroup.objects.get(slug="m")
    assert "CCSS.Math.Content.HSF-IF.C.8b" in fractions.extra["interchange"]
    assert [group.slug for group in SkillGroup.objects.filter(parent=fractions)] == [
        "m-f-1-2",
        "m-f-c2",
    ]


def test_the_same_table_twice_changes_nothing() -> None:
    path = folder(OPENSALT) / "sample_case.csv"
    load_collection(package_of_table(path))
    report = load_pack(read_package(package_of_table(path)), TABLES)
    assert (report.created, report.changed, report.unchanged.total()) == ({}, {}, 11)


def test_a_table_with_a_name_in_another_encoding_comes_in(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"f\xfcr.csv")
    path.write_bytes((folder(OPENSALT) / "sample_case.csv").read_bytes())
    assert load_collection(package_of_table(path)).title == "f\ufffdr"


def test_a_workbook_of_opensalt_comes_in_whole_and_goes_out_again() -> None:
    written = package_of_workbook(folder(OPENSALT) / "spreadsheet_import_sample.xlsx")
    assert (len(written["CFItems"]), len(written["CFAssociations"])) == (4, 10)
    again = json.loads(export_text(load_collection(written)))
    assert (SkillGroup.objects.count(), Skill.objects.count()) == (2, 2)
    for kind in ("CFItems", "CFAssociations"):
        assert by_identifier(again[kind]) == by_identifier(written[kind])
    kinds = {each["associationType"] for each in again["CFAssociations"]}
    assert kinds == {
        "isChildOf",
        "exactMatchOf",
        "isPartOf",
        "precedes",
        "replacedBy",
        "hasSkillLevel",
        "isPeerOf",
    }
    assert [each["educationLevel"] for each in written["CFItems"][:2]] == [["3"], ["4", "5"]]


def test_an_empty_workbook_and_one_without_the_sheets_are_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(
        UnreadableFile,
        match="spreadsheet_import_template.xlsx sheet “CF Doc” row 1: there are no rows",
    ):
        package_of_workbook(folder(OPENSALT) / "spreadsheet_import_template.xlsx")
    (tmp_path / "x.xlsx").write_bytes(b"PK\x03\x04")
    with pytest.raises(UnreadableFile, match="x.xlsx: damaged, or not a workbook"):
        package_of_workbook(tmp_path / "x.xlsx")


def test_columns_that_are_not_read_are_named(tmp_path: Path) -> None:
    path = tmp_path / "items.csv"
    path.write_text("fullStatement,humanCodingScheme,Bloom,Empty\nPlans.,A,Apply,\n", "utf-8")
    pack = read_case(path)
    assert pack.notes == ["items.csv: not imported: Bloom"]
    assert load_pack(pack, TABLES).notes == pack.notes
    assert read_case(folder(OPENSALT) / "sample_case.csv").notes == []


def test_rows_and_columns_of_a_workbook_that_are_not_read_are_named(tmp_path: Path) -> None:
    workbook = load_workbook(folder(OPENSALT) / "spreadsheet_import_sample.xlsx")
    workbook["CF Doc"].append([None, "Somebody else", "Another framework"])
    workbook["CF Item"]["N1"], workbook["CF Item"]["N2"] = "isChildOf", "S.9"
    workbook["CF Association"]["I1"], workbook["CF Association"]["I2"] = "sequenceNumber", "7"
    workbook.save(path := tmp_path / "two.xlsx")
    pack = read_case(path)
    (row,) = [note for note in pack.notes if "row" in note]
    assert row.startswith("two.xlsx sheet “CF Doc” row ")
    assert row.endswith("so this row was ignored")
    assert "two.xlsx sheet “CF Item”: not imported: isChildOf" in pack.notes
    assert "two.xlsx sheet “CF Association”: not imported: sequenceNumber" in pack.notes
    assert load_pack(pack, TABLES).notes == pack.notes
    assert read_case(folder(OPENSALT) / "spreadsheet_import_sample.xlsx").notes == []


def test_cells_that_are_unclear_are_named(tmp_path: Path) -> None:
    path = tmp_path / "items.csv"
    path.write_text(
        "fullStatement,humanCodingScheme,sequenceNumber,Is Child Of\n"
        "One.,A,first,\nTwo.,B,2.0,\nThree.,B,,\nFour.,C,,B\n",
        "utf-8",
    )
    assert read_case(path).notes[-2:] == [
        "items.csv: sequence numbers that are not whole numbers were ignored: “first” of “A”",
        "items.csv: several items have the same code; references to it use the last one: “B”",
    ]
    numbers = [each.get("sequenceNumber") for each in associations_of(path)]
    assert numbers == [None, 2, None, None]


def test_a_cell_and_two_columns_of_a_type_may_name_several_items(tmp_path: Path) -> None:
    path = tmp_path / "items.csv"
    path.write_text(
        "fullStatement,humanCodingScheme,Is Related To,exactMatchOf,isExactMatchOf\n"
        'Plans.,A,"B, C, elsewhere",B,C\nShips.,B,"https://one.example/x,y",,\nTests.,C,,,\n',
        "utf-8",
    )
    titles = []
    for each in associations_of(path):
        if each["associationType"] != "isChildOf":
            titles.append((each["originNodeURI"]["title"], each["destinationNodeURI"]["title"]))
    related = [("A", "B"), ("A", "C"), ("A", "elsewhere"), ("A", "B"), ("A", "C")]
    assert titles == [*related, ("B", "https://one.example/x,y")]
    load_collection(package_of_table(path))
    plans = Skill.objects.get(slug="a")
    assert {skill.slug for skill in plans.related.all()} == {"b", "c"}
