"""Writing CSV: text for spreadsheets, unchanged values for programs."""

import csv
import io
import re
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from file_formats.csv_cells import (
    BOM,
    ROWS_PER_CHUNK,
    csv_bytes,
    csv_response,
    escape_formula,
    unescape_formula,
)
from tests import corpora

#: Excel and LibreOffice calculate a cell whose text begins so.
is_live = re.compile(r"[=+\-@\t\r\n]").match
HOSTILE = [
    'say "no"',
    '"',
    '""',
    "a,b;c\td",
    "two\nlines",
    "two\r\nlines",
    "lone\rreturn",
    "",
    " ",
    " padded ",
    "'",
    "''=1",
    "'=1",
    "tschüß, 日本語, 🔒, e\u0301",
    "a\u2028b\x0bc\x0cd\x85e",
    "NULL",
    "007",
    "1e5",
    "TRUE",
    "\\",
    "=1+1",
    '=1+2";=1+2',
    "-1",
    "@SUM(1,1)",
]
CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


def written(rows: Iterable[list[str]], *, raw: bool = False, bom: bool = True) -> str:
    """What the bytes say to a reader who knows UTF-8 and byte order marks."""
    return b"".join(csv_bytes(rows, raw=raw, bom=bom)).decode("utf-8-sig")


def read(text: str) -> list[list[str]]:
    """The rows, as a strict reader takes them."""
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


def test_no_cell_is_live_and_every_value_comes_back() -> None:
    cases = corpora.entries("formula-cells", "cells.json", "cells")
    values = [case["value"] for case in cases]
    cells = read(written([values]))[0]
    dangerous = [case["value"] for case in cases if case["kind"] == "dangerous"]
    assert [
        value for value in values if is_live(value)
    ] == dangerous  # the test sees what it looks for
    assert not any(map(is_live, cells))
    assert [unescape_formula(cell) for cell in cells] == values
    assert [cell for cell in cells if cell in values] == [
        value for value in values if value not in dangerous
    ]


@pytest.mark.parametrize("value", HOSTILE)
def test_any_text_survives_in_any_column(value: str) -> None:
    rows = [["left", value, "right"], [value, value, ""]]
    assert [[unescape_formula(cell) for cell in row] for row in read(written(rows))] == rows
    assert read(written(rows, raw=True)) == rows


@given(st.lists(st.lists(CELLS, min_size=1, max_size=4), max_size=4))
def test_every_table_comes_back(rows: list[list[str]]) -> None:
    assert [[unescape_formula(cell) for cell in row] for row in read(written(rows))] == rows
    assert read(written(rows, raw=True)) == rows


@given(CELLS)
def test_the_guard_is_undone_exactly_and_leaves_other_cells_alone(value: str) -> None:
    assert not is_live(escape_formula(value))
    assert unescape_formula(escape_formula(value)) == value
    assert escape_formula(value) in {value, f"'{value}"}


def test_machines_get_formulas_as_they_are() -> None:
    assert written([["=1+1"]]) == '"\'=1+1"\r\n'
    assert written([["=1+1"]], raw=True) == '"=1+1"\r\n'


def test_every_cell_is_quoted_and_every_line_ends_with_both_signs() -> None:
    assert written([["a", ""], ["1", "b"]]) == '"a",""\r\n"1","b"\r\n'


def test_the_byte_order_mark_comes_first_and_once_unless_it_is_not_wanted() -> None:
    many = [["é"]] * (ROWS_PER_CHUNK * 2 + 1)
    marked = b"".join(csv_bytes(many))
    assert marked.startswith(BOM)
    assert marked.count(BOM) == 1
    assert b"".join(csv_bytes(many, bom=False)) == marked.removeprefix(BOM)


def test_rows_are_asked_for_only_when_they_are_read() -> None:
    asked = []
    rows = (asked.append(number) or [str(number)] for number in range(10 * ROWS_PER_CHUNK))
    pieces = csv_bytes(rows, bom=False)
    assert not asked
    next(pieces)
    assert len(asked) == ROWS_PER_CHUNK


def test_the_spectrum_of_files_reads_as_its_authors_say() -> None:
    """The same reader as above, on files of others: else what it accepts would prove nothing."""
    base = corpora.folder("csv-spectrum")
    for path in sorted((base / "csvs").glob("*.csv")):
        with path.open(newline="", encoding="utf-8") as file:
            rows = list(csv.reader(file, strict=True))
        assert read(written(rows, raw=True)) == rows
        assert [[unescape_formula(cell) for cell in row] for row in read(written(rows))] == rows


def test_the_file_is_a_download_with_a_name() -> None:
    response = csv_response([["a"]], "questions.csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="questions.csv"'
    assert response.streaming
    assert response.getvalue() == BOM + b'"a"\r\n'
