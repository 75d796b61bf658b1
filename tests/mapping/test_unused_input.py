"""Notes list all input that a reader or a mapping leaves out."""

import zipfile
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart

from tests.mappings import MappingCase

COLUMNS = "columns: {title: Name, summary: Text}"


def workbook(*rows: list[object], hidden: bool = False) -> bytes:
    """A workbook with these rows and, before them, a sheet that is hidden."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    if hidden:
        sheet.title, sheet.sheet_state = "Do not read", "hidden"
        sheet.append(["nothing"])
        sheet = book.create_sheet("Roles")
        book.active = 1
    for row in rows:
        sheet.append(row)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def test_a_formula_that_was_never_calculated_is_named_with_its_cell(
    mapping_case: MappingCase,
) -> None:
    content = workbook(["Name", "Text"], ["Lead", '=CONCATENATE("a","b")'], ["Head", "Words"])
    pack = (
        mapping_case.write("roles.xlsx", content)
        .write_table_mapping(COLUMNS, sources="roles: {file: roles.xlsx}")
        .pack()
    )
    assert pack.notes == [
        (
            "roles.xlsx: formulas without a stored result were read as empty: B2; open and save "
            "the file in a spreadsheet"
        )
    ]


def test_a_formula_with_its_result_needs_no_note(mapping_case: MappingCase) -> None:
    content = BytesIO(workbook(["Name", "Text"], ["Lead", "=1+1"]))
    calculated = BytesIO()
    with zipfile.ZipFile(content) as old, zipfile.ZipFile(calculated, "w") as new:
        for name in old.namelist():
            new.writestr(
                name, old.read(name).replace(b"<v></v>", b"<v>2</v>").replace(b"<v />", b"<v>2</v>")
            )
    mapping_case.write("roles.xlsx", calculated.getvalue()).write_table_mapping(
        COLUMNS, sources="roles: {file: roles.xlsx}"
    )
    assert mapping_case.rows() == [{"title": "Lead", "summary": "2"}]
    assert mapping_case.pack().notes == []


def test_a_hidden_sheet_is_left_out_and_named(mapping_case: MappingCase) -> None:
    content = workbook(["Name", "Text"], ["Lead", "Words"], hidden=True)
    mapping_case.write("roles.xlsx", content).write_table_mapping(
        COLUMNS, sources="roles: {file: roles.xlsx}"
    )
    assert mapping_case.rows() == [{"title": "Lead", "summary": "Words"}]
    assert mapping_case.pack().notes == ["roles.xlsx: hidden sheets were left out: Do not read"]


def test_other_sheets_with_anything_in_them_are_named_where_none_is_asked_for(
    mapping_case: MappingCase,
) -> None:
    book = load_workbook(BytesIO(workbook(["Name", "Text"], ["Lead", "Words"])))
    book.create_sheet("Empty")
    book.create_sheet("More").append(["Name", "Text"])
    saved = BytesIO()
    book.save(saved)
    mapping_case.write("roles.xlsx", saved.getvalue()).write_table_mapping(
        COLUMNS, sources="roles: {file: roles.xlsx}"
    )
    assert mapping_case.pack().notes == [
        "roles.xlsx: the mapping does not name a sheet, so the first, “Sheet”, was read, "
        "and not More"
    ]
    mapping_case.write_table_mapping(COLUMNS, sources="roles: {file: roles.xlsx, sheet: Sheet}")
    assert mapping_case.pack().notes == []


def test_a_chart_on_a_sheet_of_its_own_is_no_table(mapping_case: MappingCase) -> None:
    book = load_workbook(BytesIO(workbook(["Name", "Text"], ["Lead", "Words"])))
    book.create_chartsheet("Chart", 0).add_chart(BarChart())
    saved = BytesIO()
    book.save(saved)
    mapping_case.write("roles.xlsx", saved.getvalue()).write_table_mapping(
        COLUMNS, sources="roles: {file: roles.xlsx}"
    )
    assert mapping_case.rows() == [{"title": "Lead", "summary": "Words"}]
    assert mapping_case.pack().notes == []


def test_html_that_markdown_cannot_say_is_named_once_a_file(mapping_case: MappingCase) -> None:
    page = '# Lead\n\n<p>Plans <img src="x.png"></p>\n\n<p>Leads <img src="y.png"></p>\n'
    mapping_case.write("page.md", page).write_table_mapping(
        "where: {kind: paragraph}\ncolumns: {title: text}",
        sources="roles: {file: page.md, html: true}",
    )
    assert [row["title"] for row in mapping_case.rows()] == ["Plans", "Leads"]
    assert "page.md: <img> was removed from the HTML" in mapping_case.pack().notes
    assert sum("<img>" in note for note in mapping_case.pack().notes) == 1


def test_files_that_no_source_reads_are_named(mapping_case: MappingCase) -> None:
    mapping_case.write("a/roles.csv", "Name,Text\nLead,Words\n").write("LICENSE.txt", "CC0").write(
        ".hidden", "x"
    )
    mapping_case.write_table_mapping(COLUMNS, sources='roles: {file: "*/*.csv"}')
    assert mapping_case.pack().notes == []
    mapping_case.write("more.csv", "Name,Text\nHead,Words\n").write("a/notes.md", "Words")
    assert mapping_case.pack().notes == ["the mapping does not read a/notes.md, more.csv"]
    assert mapping_case.rows() == [{"title": "Lead", "summary": "Words"}]


@pytest.mark.parametrize(("files", "end"), [(21, "1 more file"), (22, "2 more files")])
def test_of_many_files_that_no_source_reads_twenty_are_named(
    mapping_case: MappingCase, files: int, end: str
) -> None:
    mapping_case.write("roles.csv", "Name,Text\nLead,Words\n").write_table_mapping(COLUMNS)
    for number in range(files):
        mapping_case.write(f"{number:02}.csv", "Name,Text\n")
    (note,) = mapping_case.pack().notes
    assert note.endswith(f"18.csv, 19.csv and {end}")
