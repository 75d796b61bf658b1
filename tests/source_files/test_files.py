"""Tables from many programs are read; a broken file refuses only its own rows."""

from datetime import time as clock
from datetime import timedelta
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook

from file_formats import archives
from source_files import files, workbooks
from tests.mappings import MappingCase

COLUMNS = "columns: {title: Name, summary: Text}"
EXPECTED = [{"title": "Lead", "summary": "One, two"}]
NOT_A_WORKBOOK = "damaged, or not a workbook; open it in a spreadsheet and save it as XLSX again"


def workbook(*rows: list[object], sheet: str = "Roles") -> bytes:
    """A workbook with a first sheet of notes and a second with these rows."""
    book = Workbook()
    book.active.append(["notes"])  # type: ignore[union-attr]
    second = book.create_sheet(sheet)
    for row in rows:
        second.append(row)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("roles.csv", 'Name,Text\nLead,"One, two"\n'),
        ("roles.csv", '\ufeffName;Text\r\nLead;"One, two"\r\n'),
        ("roles.csv", "Name|Text\nLead|One, two"),
        ("roles.csv", "\n\nName;Text\nLead;One, two\n"),
        ("roles.csv", 'Name;Text;"Notes, dates, places"\nLead;One, two;None\n'),
        ("roles.csv", 'Text,Name\n\n"One, two",Lead\n,\n'),
        ("roles.csv", 'Name,Text,\nLead,"One, two",\n'),
        ("roles.tsv", "Name\tText\nLead\tOne, two\n\n"),
        ("roles.txt", "Name\tText\r\nLead\tOne, two\r\n"),
        ("roles.csv", "Name;Text\nLead;One, two\n".encode("utf-16")),
        ("roles.txt", "Name\tText\nLead\tOne, two\n".encode("utf-16")),
        ("roles.xlsx", workbook(["Name", "Text", None], ["Lead", "One, two", None], [None, None])),
    ],
)
def test_a_table_is_read_whatever_wrote_it(
    mapping_case: MappingCase, name: str, content: str | bytes
) -> None:
    sheet = ", sheet: Roles" if name.endswith("xlsx") else ""
    mapping_case.write(name, content).write_table_mapping(
        COLUMNS, sources=f"roles: {{file: {name}{sheet}}}"
    )
    assert mapping_case.rows() == EXPECTED


def test_quotation_marks_are_letters_between_tabs(mapping_case: MappingCase) -> None:
    mapping_case.write("roles.tsv", 'Name\tText\n"Lead\t5" pipe\n').write_table_mapping(
        COLUMNS, sources="roles: {file: roles.tsv}"
    )
    assert mapping_case.rows() == [{"title": '"Lead', "summary": '5" pipe'}]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("roles.csv", "Our roles, as of today\n\nName;Text\nLead;One, two\n"),
        ("roles.tsv", "Our roles\n\nName\tText\nLead\tOne, two\n"),
        ("roles.xlsx", workbook(["Our roles"], [], ["Name", "Text"], ["Lead", "One, two"])),
    ],
)
def test_the_header_is_named_by_its_row_as_a_spreadsheet_counts(
    mapping_case: MappingCase, name: str, content: str | bytes
) -> None:
    sheet = ", sheet: Roles" if name.endswith("xlsx") else ""
    mapping_case.write(name, content).write_table_mapping(
        COLUMNS, sources=f"roles: {{file: {name}{sheet}, header: 3}}"
    )
    assert mapping_case.rows() == EXPECTED


def test_a_mapping_names_another_encoding(mapping_case: MappingCase) -> None:
    mapping_case.write("roles.csv", "Name;Text\nPrüfer;„gut“\n".encode("windows-1252"))
    assert mapping_case.write_table_mapping(COLUMNS).refusals() == ["roles.csv line 2: not UTF-8"]
    mapping_case.write_table_mapping(
        COLUMNS, sources="roles: {file: roles.csv, encoding: windows-1252}"
    )
    assert mapping_case.rows() == [{"title": "Prüfer", "summary": "„gut“"}]
    mapping_case.write("roles.csv", "Name;Text\nPrüfer\n").write_table_mapping(
        COLUMNS, sources="roles: {file: roles.csv, encoding: UTF-16}"
    )
    assert mapping_case.refusals() == ["roles.csv: not UTF-16"]


def test_cells_of_a_workbook_are_written_as_people_read_them(mapping_case: MappingCase) -> None:
    cells = [[3.0, 2.5], [True, 7], ["=1+1", "seven"], [clock(9, 30), timedelta(hours=8)]]
    mapping_case.write("roles.xlsx", workbook(["x"], ["Name", "Text"], *cells))
    mapping_case.write_table_mapping(
        COLUMNS, sources="roles: {file: roles.xlsx, sheet: Roles, header: 2}"
    )
    values = [tuple(row.values()) for row in mapping_case.rows()]
    assert values == [("3", "2.5"), ("true", "7"), ("", "seven"), ("09:30:00", "8:00:00")]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("roles.csv", "", "roles.csv: expected a row that names every column once"),
        (
            "roles.csv",
            "Name,Text\n",
            "roles.csv line 1: there are no rows below the header",
        ),
        (
            "roles.csv",
            "Name,Text\na,b\0\n",
            "roles.csv line 2: Character 2 (U+0000) cannot be stored.",
        ),
        ("roles.tsv", "Name\tText\na\tb\tc\n", "roles.tsv line 2: 3 cells under 2 columns"),
        (
            "roles.csv",
            "Name,Name\na,b\n",
            "roles.csv line 1: expected a row that names every column once",
        ),
        (
            "roles.csv",
            "Name,,Text\na,b,c\n",
            "roles.csv line 1: expected a row that names every column once",
        ),
        ("roles.csv", "Name,Text\na,b\na,b,c\n", "roles.csv line 3: 3 cells under 2 columns"),
        (
            "roles.csv",
            'Name,Text\na,"b\n',
            "roles.csv line 2: the quotation mark that opens this cell is never closed",
        ),
        ("roles.csv", b"Name,Text\na,\xff\n", "roles.csv line 2: not UTF-8"),
        ("roles.xlsx", b"not a zip", f"roles.xlsx: {NOT_A_WORKBOOK}"),
        (
            "roles.xlsx",
            bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504),
            "roles.xlsx: protected by a password, or an XLS file; save it as XLSX without a "
            "password",
        ),
        (
            "roles.xlsx",
            workbook(["Name"], sheet="Other"),
            "there is no sheet “Roles”; it has Sheet, Other",
        ),
        (
            "roles.xlsx",
            workbook(["Name", "Text"], ["a", "b", "c"]),
            "sheet “Roles” row 2: 3 cells under 2 columns",
        ),
        ("roles.doc", "x", "roles.doc: there is no reader for “doc”"),
        ("other.csv", "Name,Text\n", "roles.csv: the file is missing"),
    ],
)
def test_a_broken_file_is_refused_with_its_place(
    mapping_case: MappingCase, name: str, content: str | bytes, reason: str
) -> None:
    file_name = name.replace("other", "roles")
    sheet = ", sheet: Roles" if name.endswith("xlsx") else ""
    mapping_case.write(name, content).write_table_mapping(
        COLUMNS, sources=f"roles: {{file: {file_name}{sheet}}}"
    )
    (refusal,) = mapping_case.refusals()
    assert reason in refusal


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("xl/workbook.xml", b"<workbook"),
        ("xl/worksheets/sheet2.xml", b"<worksheet><sheetData><row>"),
        (
            "xl/worksheets/sheet2.xml",
            b'<worksheet><sheetData><row r="1"><c r="ZZZZ1"><v>1</v></c></row></sheetData>',
        ),
        ("[Content_Types].xml", b"<Types/>"),
        ("xl/styles.xml", b"\0"),
    ],
)
def test_a_workbook_that_is_broken_inside_is_refused(
    mapping_case: MappingCase, part: str, content: bytes
) -> None:
    broken = BytesIO()
    with (
        ZipFile(BytesIO(workbook(["Name", "Text"], ["Lead", "x"]))) as sound,
        ZipFile(broken, "w") as archive,
    ):
        for name in sound.namelist():
            archive.writestr(name, content if name == part else sound.read(name))
    mapping_case.write("roles.xlsx", broken.getvalue()).write_table_mapping(
        COLUMNS, sources="roles: {file: roles.xlsx, sheet: Roles}"
    )
    (refusal,) = mapping_case.refusals()
    assert refusal == f"roles.xlsx: {NOT_A_WORKBOOK}"


@pytest.mark.django_db
def test_a_broken_file_refuses_its_own_rows_and_no_others(mapping_case: MappingCase) -> None:
    mapping_case.write("a/lead.csv", "Name\nLead\n").write(
        "b/broken.csv", 'Name\nHalf\n"Head\n'
    ).write("c/end.csv", "Name\nEnd\n")
    mapping_case.write_table_mapping(
        "columns: {id: {slug: Name}, title: Name, summary: folder}",
        sources='roles: {file: "*/*.csv"}',
    )
    assert not mapping_case.load().is_written
    report = mapping_case.load(skip_refused=True)
    assert [str(refusal) for refusal in report.refusals] == [
        "b/broken.csv line 3: the quotation mark that opens this cell is never closed"
    ]
    assert report.created["roles"] == 2


def test_an_outline_is_filled_down(mapping_case: MappingCase) -> None:
    mapping_case.write("roles.csv", "Domain,Group,Skill\nA,,\n,B,\n,,c\n,,d\nE,,\n,,f\n")
    columns = "columns: {title: Skill, summary: Group, body: Domain}\nwhere: {Skill: true}"
    mapping_case.write_table_mapping(
        columns, sources="roles: {file: roles.csv, fill_down: [Domain, Group, Skill]}"
    )
    assert [list(row.values()) for row in mapping_case.rows()][-1] == ["f", "", "E"]
    mapping_case.write_table_mapping(
        columns, sources="roles: {file: roles.csv, fill_down: [Domain, Group]}"
    )
    assert [list(row.values()) for row in mapping_case.rows()] == [
        ["c", "B", "A"],
        ["d", "B", "A"],
        ["f", "", "E"],
    ]


def test_the_source_can_be_one_file(mapping_case: MappingCase) -> None:
    mapping_case.write("roles.csv", "Name,Text\nLead,x\n").write_table_mapping(COLUMNS)
    mapping_case.source = mapping_case.write("mine.csv", "Name,Text\nHead,y\n").source / "mine.csv"
    assert mapping_case.rows() == [{"title": "Head", "summary": "y"}]


def test_no_file_outside_the_source_is_read(mapping_case: MappingCase) -> None:
    (mapping_case.source.parent / "secret.csv").write_text("Name,Text\nSecret,s\n", "utf-8")
    (mapping_case.source / "roles.csv").symlink_to(mapping_case.source.parent / "secret.csv")
    assert mapping_case.write_table_mapping(COLUMNS).refusals() == [
        "roles.csv: points outside the source"
    ]


class TestLimits:
    """What is too large ends in a sentence, before it is read."""

    def test_a_large_file_is_not_read(self, mapping_case: MappingCase) -> None:
        mapping_case.write(
            "roles.csv", b"Name,Text\n" + b"x" * files.MAX_FILE_BYTES
        ).write_table_mapping(COLUMNS)
        assert mapping_case.refusals() == ["roles.csv: more than 20 MB"]

    def test_a_workbook_that_unpacks_to_more_is_not_unpacked(
        self, mapping_case: MappingCase
    ) -> None:
        file = BytesIO()
        with ZipFile(file, "w", ZIP_DEFLATED) as archive:
            archive.writestr("xl/worksheets/sheet1.xml", b"\0" * (archives.MAX_UNPACKED_SIZE + 1))
        mapping_case.write("roles.xlsx", file.getvalue()).write_table_mapping(
            COLUMNS, sources="roles: {file: roles.xlsx}"
        )
        assert mapping_case.refusals() == ["roles.xlsx: more than 64 MB unpacked"]

    def test_a_workbook_of_wide_rows_is_refused(
        self, mapping_case: MappingCase, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        mapping_case.write("roles.xlsx", workbook(["Name", "Text"], *[["a", "b"]] * 9))
        mapping_case.write_table_mapping(COLUMNS, sources="roles: {file: roles.xlsx, sheet: Roles}")
        assert len(mapping_case.rows()) == 9
        monkeypatch.setattr(workbooks, "MAX_CELLS", 10)
        assert mapping_case.refusals() == ["roles.xlsx sheet “Roles” row 4: more than 10 cells"]

    def test_blank_rows_above_a_stray_cell_are_refused(
        self, mapping_case: MappingCase, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        rows: list[list[object]] = [["Name", "Text"], [], [], ["a", "b"]]
        mapping_case.write("roles.xlsx", workbook(*rows))
        mapping_case.write_table_mapping(COLUMNS, sources="roles: {file: roles.xlsx, sheet: Roles}")
        monkeypatch.setattr(workbooks, "MAX_BLANK_ROWS", 2)
        assert len(mapping_case.rows()) == 1
        monkeypatch.setattr(workbooks, "MAX_BLANK_ROWS", 1)
        assert mapping_case.refusals() == ["roles.xlsx sheet “Roles” row 3: more than 1 blank rows"]
