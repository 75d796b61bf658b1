"""Tables as spreadsheets save them, with any separator and encoding."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from file_formats.csv_reading import SheetRow, read_sheet
from file_formats.errors import UnreadableFile
from tests.counting import calls_of

CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"))
ROWS = [{"id": "a", "text": "one, two; three\tfour"}, {"id": "b", "text": 'say "no"\non two lines'}]


def saved(rows: list[dict[str, str]], separator: str, encoding: str) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]), delimiter=separator)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode(encoding)


def cells(content: bytes) -> list[dict[str, str]]:
    return [row.cells for row in read_sheet(content, "a.csv").rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_table_is_read_whoever_saved_it(separator: str, encoding: str) -> None:
    assert cells(saved(ROWS, separator, encoding)) == ROWS


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_separator_is_recognized_below_blank_lines(separator: str) -> None:
    assert cells(b"\r\n\r\n" + saved(ROWS, separator, "utf-8")) == ROWS


@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=4), st.sampled_from(",;\t"))
def test_every_text_comes_through(pairs: list[tuple[str, str]], separator: str) -> None:
    rows = [
        {"id": f"{number}{first}", "text": second} for number, (first, second) in enumerate(pairs)
    ]
    assert cells(saved(rows, separator, "utf-8")) == rows


def test_rows_are_counted_as_a_spreadsheet_counts_them() -> None:
    content = b'sep=;\r\nID ; Text;\r\n\r\n;;\r\na;"one\r\ntwo";\r\nb;;\r\n'
    sheet = read_sheet(content, "a.csv")
    assert sheet.columns == ["id", "text"]
    assert sheet.rows == [
        SheetRow("a.csv row 4", {"id": "a", "text": "one\ntwo"}),
        SheetRow("a.csv row 5", {"id": "b", "text": ""}),
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "a.csv: expected a header row that names the columns"),
        (b"\xff\xfea", "a.csv line 1: neither UTF-8 nor UTF-16; save it as “CSV UTF-8”"),
        (b"id,text\na,\xe9\n", "a.csv line 2: neither UTF-8 nor UTF-16; save it as “CSV UTF-8”"),
        (b"id,ID \n", "a.csv row 1: the column “id” appears 2 times"),
        (b"id,text\n", "a.csv: there is no row below the header"),
        (b"id,text\na,b,c\n", "a.csv row 2: 3 cells under 2 columns"),
        (b"id\na,b,c\n", "a.csv row 2: 3 cells under 1 column"),
        (b"id,\na,b\n", "a.csv row 2: cell 2 is not under a column"),
        (b"id,text\na,b\nc,\0\n", "a.csv row 3: text: Character 1 (U+0000) cannot be stored."),
        (
            b'id,text\na,"b" c\n',
            "a.csv row 2: there is text after the closing quotation mark of a cell; double the "
            "quotation marks inside a cell",
        ),
        (
            b'id,text\na,"b\n',
            ("a.csv row 2: the quotation mark that opens this cell is never closed"),
        ),
    ],
)
def test_what_is_no_table_is_refused_with_its_place(content: bytes, message: str) -> None:
    with pytest.raises(UnreadableFile) as refused:
        read_sheet(content, "a.csv")
    assert str(refused.value) == message


@pytest.mark.parametrize(
    ("beginning", "unit", "times"),
    [
        (b"id\n", b"x\n", 10_000_000),
        (b"", b"x", 20_000_000),
        (b"", b"x", 1_000_000),
        (b"", b",", 20_000_000),
        (b'id\n"', b"x", 20_000_000),
        (b'id\n"', b"x\n", 10_000_000),
    ],
)
def test_a_file_as_large_as_they_get_ends_in_a_sentence_before_it_is_read_whole(
    beginning: bytes, unit: bytes, times: int
) -> None:
    content = beginning + unit * times

    def read() -> None:
        with pytest.raises(UnreadableFile):
            read_sheet(content, "a.csv")

    assert calls_of(read) < 500_000
