"""Only the rows of a workbook with content are read, however many formatted rows are below them."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font

from source_files import workbook_scan
from source_files.workbook_scan import SheetScan, scan_workbook
from tests.mappings import MappingCase

COLUMNS = "columns: {title: Name, summary: Text}"
SHEET = "xl/worksheets/sheet1.xml"


def sheet_xml(*rows: str) -> str:
    return f"<worksheet><sheetData>{''.join(rows)}</sheetData></worksheet>"


def scan(xml: str | bytes) -> SheetScan:
    result = SheetScan()
    result.add(xml.encode() if isinstance(xml, str) else xml)
    return result


@pytest.mark.parametrize(
    ("rows", "last"),
    [
        ([], 0),
        (['<row r="1" ht="15"/>', '<row r="2"><c r="A2" s="1"/></row>'], 0),
        (['<row r="3" spans="1:2"><c r="A3"><v>1</v></c></row>', '<row r="9"/>'], 3),
        (['<row ht="15" r=\'4\'><c t="inlineStr"><is><t>a</t></is></c></row>', '<row r="9"/>'], 4),
        (['<x:row r="5"><x:c><x:f>A1+1</x:f></x:c></x:row>', '<x:row r="9"/>'], 5),
        (["<row><c><v>1</v></c></row>"], None),
        (['<row r="2.0"><c><v>1</v></c></row>'], None),
    ],
)
def test_the_last_row_with_content_is_found(rows: Sequence[str], last: int | None) -> None:
    assert scan(sheet_xml(*rows)).last_filled_row == last


def test_the_last_row_of_a_sheet_in_another_encoding_is_not_known() -> None:
    xml = sheet_xml('<row r="3"><c><v>1</v></c></row>')
    assert scan(xml).last_filled_row == 3
    assert scan(xml.encode("utf-16")).last_filled_row is None


@pytest.mark.parametrize("size", [1, 7, 64, 65536])
def test_tags_are_found_across_the_pieces_in_which_a_file_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    xml = sheet_xml(
        '<row r="12" hidden="1"><c r="A12"><f>1+1</f><v>2</v></c></row>', '<row r="13"/>'
    )
    with ZipFile(tmp_path / "book.xlsx", "w") as archive:
        archive.writestr(SHEET, xml)
    monkeypatch.setattr(workbook_scan, "CHUNK_SIZE", size)
    found = scan_workbook(tmp_path / "book.xlsx", "book.xlsx")[SHEET]
    assert (found.last_filled_row, found.features) == (12, {"formulas", "hidden"})


def test_formatted_rows_below_the_table_are_not_read(
    mapping_case: MappingCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Name", "Text"])
    sheet.append(["=1+1", "b"])
    for number in range(3, 300):
        sheet.cell(number, 1).font = Font(bold=True)
    second = book.create_sheet("Empty")
    second.cell(300, 1).font = Font(bold=True)
    file = BytesIO()
    book.save(file)
    mapping_case.write("roles.xlsx", file.getvalue())
    rows_read = count_rows_read(monkeypatch, file)
    mapping_case.write_table_mapping(COLUMNS, sources="roles: {file: roles.xlsx}")
    assert mapping_case.rows() == [{"title": "", "summary": "b"}]
    # The table, and for the formula its formulas and values.
    assert len(rows_read) == 6
    assert mapping_case.pack().notes == [
        "roles.xlsx: formulas without a stored result were read as empty: A2; "
        "open and save the file in a spreadsheet"
    ]


def count_rows_read(monkeypatch: pytest.MonkeyPatch, file: BytesIO) -> list[Any]:
    """A list that grows with every row that openpyxl reads from now on."""
    rows_read: list[Any] = []
    sheet_class = type(load_workbook(file, read_only=True).worksheets[0])
    read_rows = sheet_class.iter_rows

    def counted_rows(sheet: Any, **limits: Any) -> Iterator[Any]:
        for row in read_rows(sheet, **limits):
            rows_read.append(row)
            yield row

    monkeypatch.setattr(sheet_class, "iter_rows", counted_rows)
    return rows_read
