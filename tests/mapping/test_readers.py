"""Tables are read whatever wrote them; a file that is broken refuses its own rows and no others."""

from datetime import time as clock
from datetime import timedelta
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook

from mapping import readers, workbooks
from tests.mappings import Desk

COLUMNS = "columns: {title: Name, summary: Text}"
LEAD = [{"title": "Lead", "summary": "One, two"}]


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
        ("roles.csv", 'Text,Name\n\n"One, two",Lead\n,\n'),
        ("roles.csv", 'Name,Text,\nLead,"One, two",\n'),
        ("roles.tsv", "Name\tText\nLead\tOne, two\n\n"),
        ("roles.txt", "Name\tText\r\nLead\tOne, two\r\n"),
        ("roles.csv", "Name;Text\nLead;One, two\n".encode("utf-16")),
        ("roles.txt", "Name\tText\nLead\tOne, two\n".encode("utf-16")),
        ("roles.xlsx", workbook(["Name", "Text", None], ["Lead", "One, two", None], [None, None])),
    ],
)
def test_a_table_is_read_whatever_wrote_it(desk: Desk, name: str, content: str | bytes) -> None:
    sheet = ", sheet: Roles" if name.endswith("xlsx") else ""
    desk.write(name, content).makes(COLUMNS, sources=f"roles: {{file: {name}{sheet}}}")
    assert desk.rows() == LEAD


def test_quotation_marks_are_letters_between_tabs(desk: Desk) -> None:
    desk.write("roles.tsv", 'Name\tText\n"Lead\t5" pipe\n').makes(
        COLUMNS, sources="roles: {file: roles.tsv}"
    )
    assert desk.rows() == [{"title": '"Lead', "summary": '5" pipe'}]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("roles.csv", "Our roles, as of today\n\nName;Text\nLead;One, two\n"),
        ("roles.tsv", "Our roles\n\nName\tText\nLead\tOne, two\n"),
        ("roles.xlsx", workbook(["Our roles"], [], ["Name", "Text"], ["Lead", "One, two"])),
    ],
)
def test_the_header_is_named_by_its_row_as_a_spreadsheet_counts(
    desk: Desk, name: str, content: str | bytes
) -> None:
    sheet = ", sheet: Roles" if name.endswith("xlsx") else ""
    desk.write(name, content).makes(COLUMNS, sources=f"roles: {{file: {name}{sheet}, header: 3}}")
    assert desk.rows() == LEAD


def test_a_mapping_names_another_encoding(desk: Desk) -> None:
    desk.write("roles.csv", "Name;Text\nPrüfer;„gut“\n".encode("windows-1252"))
    assert desk.makes(COLUMNS).refusals() == ["roles.csv line 2: not UTF-8"]
    desk.makes(COLUMNS, sources="roles: {file: roles.csv, encoding: windows-1252}")
    assert desk.rows() == [{"title": "Prüfer", "summary": "„gut“"}]
    desk.write("roles.csv", "Name;Text\nPrüfer\n").makes(
        COLUMNS, sources="roles: {file: roles.csv, encoding: UTF-16}"
    )
    assert desk.refusals() == ["roles.csv: not UTF-16"]


def test_cells_of_a_workbook_are_written_as_people_read_them(desk: Desk) -> None:
    cells = [[3.0, 2.5], [True, 7], ["=1+1", "seven"], [clock(9, 30), timedelta(hours=8)]]
    desk.write("roles.xlsx", workbook(["x"], ["Name", "Text"], *cells))
    desk.makes(COLUMNS, sources="roles: {file: roles.xlsx, sheet: Roles, header: 2}")
    values = [tuple(row.values()) for row in desk.rows()]
    assert values == [("3", "2.5"), ("true", "7"), ("", "seven"), ("09:30:00", "8:00:00")]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("roles.csv", "", "roles.csv: expected a row that names every column once"),
        (
            "roles.csv",
            "Name,Text\n",
            "roles.csv line 1: no rows stand under the names of the columns",
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
        ("roles.csv", 'Name,Text\na,"b\n', "roles.csv line 2: unexpected end of data"),
        ("roles.csv", b"Name,Text\na,\xff\n", "roles.csv line 2: not UTF-8"),
        ("roles.xlsx", b"not a zip", "roles.xlsx: not a sound workbook (File is not a zip file)"),
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
        ("roles.doc", "x", "roles.doc: nothing reads “doc”"),
        ("other.csv", "Name,Text\n", "roles.csv: is not there"),
    ],
)
def test_a_broken_file_is_refused_with_its_place(
    desk: Desk, name: str, content: str | bytes, reason: str
) -> None:
    asked = name.replace("other", "roles")
    sheet = ", sheet: Roles" if name.endswith("xlsx") else ""
    desk.write(name, content).makes(COLUMNS, sources=f"roles: {{file: {asked}{sheet}}}")
    (refusal,) = desk.refusals()
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
def test_a_workbook_that_is_broken_inside_is_refused(desk: Desk, part: str, content: bytes) -> None:
    broken = BytesIO()
    with (
        ZipFile(BytesIO(workbook(["Name", "Text"], ["Lead", "x"]))) as sound,
        ZipFile(broken, "w") as archive,
    ):
        for name in sound.namelist():
            archive.writestr(name, content if name == part else sound.read(name))
    desk.write("roles.xlsx", broken.getvalue()).makes(
        COLUMNS, sources="roles: {file: roles.xlsx, sheet: Roles}"
    )
    (refusal,) = desk.refusals()
    assert refusal.startswith("roles.xlsx: not a sound workbook (")


@pytest.mark.django_db
def test_a_broken_file_refuses_its_own_rows_and_no_others(desk: Desk) -> None:
    desk.write("a/lead.csv", "Name\nLead\n").write("b/broken.csv", 'Name\nHalf\n"Head\n').write(
        "c/end.csv", "Name\nEnd\n"
    )
    desk.makes(
        "columns: {id: {slug: Name}, title: Name, summary: folder}",
        sources='roles: {file: "*/*.csv"}',
    )
    assert not desk.load().is_written
    report = desk.load(skip_refused=True)
    assert [str(refusal) for refusal in report.refusals] == [
        "b/broken.csv line 3: unexpected end of data"
    ]
    assert report.created["roles"] == 2


def test_an_outline_is_filled_down(desk: Desk) -> None:
    desk.write("roles.csv", "Domain,Group,Skill\nA,,\n,B,\n,,c\n,,d\nE,,\n,,f\n")
    columns = "columns: {title: Skill, summary: Group, body: Domain}\nwhere: {Skill: true}"
    desk.makes(columns, sources="roles: {file: roles.csv, fill_down: [Domain, Group, Skill]}")
    assert [list(row.values()) for row in desk.rows()][-1] == ["f", "", "E"]
    desk.makes(columns, sources="roles: {file: roles.csv, fill_down: [Domain, Group]}")
    assert [list(row.values()) for row in desk.rows()] == [
        ["c", "B", "A"],
        ["d", "B", "A"],
        ["f", "", "E"],
    ]


def test_the_source_can_be_one_file(desk: Desk) -> None:
    desk.write("roles.csv", "Name,Text\nLead,x\n").makes(COLUMNS)
    desk.source = desk.write("mine.csv", "Name,Text\nHead,y\n").source / "mine.csv"
    assert desk.rows() == [{"title": "Head", "summary": "y"}]


def test_no_file_outside_the_source_is_read(desk: Desk) -> None:
    (desk.source.parent / "secret.csv").write_text("Name,Text\nSecret,s\n", "utf-8")
    (desk.source / "roles.csv").symlink_to(desk.source.parent / "secret.csv")
    assert desk.makes(COLUMNS).refusals() == ["roles.csv: leads out of the source"]


class TestLimits:
    """What is too large ends in a sentence, before it is read."""

    def test_a_large_file_is_not_read(self, desk: Desk) -> None:
        desk.write("roles.csv", b"Name,Text\n" + b"x" * readers.LARGEST).makes(COLUMNS)
        assert desk.refusals() == ["roles.csv: more than 20 MB"]

    def test_a_workbook_that_unpacks_to_more_is_not_unpacked(self, desk: Desk) -> None:
        file = BytesIO()
        with ZipFile(file, "w", ZIP_DEFLATED) as archive:
            archive.writestr("xl/worksheets/sheet1.xml", b"\0" * (workbooks.UNPACKED + 1))
        desk.write("roles.xlsx", file.getvalue()).makes(
            COLUMNS, sources="roles: {file: roles.xlsx}"
        )
        assert desk.refusals() == ["roles.xlsx: more than 64 MB unpacked"]

    def test_a_workbook_of_wide_rows_is_refused(
        self, desk: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        desk.write("roles.xlsx", workbook(["Name", "Text"], *[["a", "b"]] * 9))
        desk.makes(COLUMNS, sources="roles: {file: roles.xlsx, sheet: Roles}")
        assert len(desk.rows()) == 9
        monkeypatch.setattr(workbooks, "CELLS", 10)
        assert desk.refusals() == ["roles.xlsx sheet “Roles” row 4: more than 10 cells"]
