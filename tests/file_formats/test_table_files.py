"""Tables as files: the same rows in every format, within the limits of the format."""

import json

import pytest

from file_formats.table_files import MAX_WORKBOOK_ROWS, table_response

HEADS = ["name", "text"]


def made(rows: list[list[str]], form: str) -> str:
    """What the file contains."""
    return table_response([HEADS, *rows], "names", form, bom=False).getvalue().decode()  # type: ignore[attr-defined]


@pytest.mark.parametrize("text", ["plain", "", "two\nlines", '"quoted"', "=1+1", "é 😀", "a,b;c"])
def test_json_gives_back_every_value(text: str) -> None:
    assert json.loads(made([["a", text], ["b", text]], "json")) == [
        {"name": "a", "text": text},
        {"name": "b", "text": text},
    ]
    assert json.loads(made([], "json")) == []


def test_markdown_leaves_out_what_is_empty_and_keeps_lines_together() -> None:
    assert made([["a", ""], ["b", "one\n\ntwo"]], "md") == (
        "## 1\n\n- **name**: a\n\n## 2\n\n- **name**: b\n- **text**: one\n\n  two\n\n"
    )


def test_a_formula_is_guarded_in_csv_alone() -> None:
    assert "'=1" in made([["a", "=1"]], "csv")
    assert "'=1" not in made([["a", "=1"]], "json")


def test_a_workbook_refuses_more_rows_than_it_holds() -> None:
    few = table_response([HEADS, *[["a", "b"]] * 3], "names", "xlsx")
    many = table_response([HEADS, *[["a", "b"]] * (MAX_WORKBOOK_ROWS + 1)], "names", "xlsx")
    assert (few.status_code, many.status_code) == (200, 413)
    assert ("Narrow it down, or download the CSV") in many.content.decode()  # type: ignore[attr-defined]
