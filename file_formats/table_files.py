"""The same table as a download in one of several formats: CSV, XLSX, JSON or Markdown."""

import json
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from itertools import islice
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from content.downloads import attachment_headers, streamed_attachment
from file_formats.csv_cells import csv_response

Rows = Iterable[Sequence[str]]

#: A workbook is created in memory before the first byte is sent, so longer tables must be CSV.
MAX_WORKBOOK_ROWS = 5000
XLSX_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: Widths of columns in characters. A column is wide if any of its cells is longer than `LONG_TEXT`.
NARROW, WIDE = 16, 44
LONG_TEXT = 30


def table_response(
    rows: Rows, name: str, file_format: str, *, raw: bool = False, bom: bool = True
) -> HttpResponseBase:
    """The rows, of which the first is the header, as a download.

    :param name: the name of the file without its suffix.
    :param file_format: csv, xlsx, json or md, which is also the suffix.
    :param raw, bom: for CSV, see `csv_bytes`.
    """
    if file_format == "csv":
        return csv_response(rows, f"{name}.csv", raw=raw, bom=bom)
    if file_format == "xlsx":
        return _limited_xlsx_response(rows, name)
    if file_format == "json":
        return streamed_attachment(_json(rows), "application/json; charset=utf-8", f"{name}.json")
    return streamed_attachment(_markdown(rows), "text/markdown; charset=utf-8", f"{name}.md")


def xlsx_response(rows: Rows, file_name: str, title: str) -> HttpResponse:
    """The rows, of which the first is the header, as a download with one sheet of this title."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(title)
    table = [_without_illegal_characters(row) for row in rows]
    sheet.freeze_panes = "A2"
    for number, column in enumerate(zip(*table, strict=True), start=1):
        is_wide = max(map(len, column)) > LONG_TEXT
        sheet.column_dimensions[get_column_letter(number)].width = WIDE if is_wide else NARROW
    for number, row in enumerate(table):
        sheet.append([_xlsx_cell(sheet, text, is_header=number == 0) for text in row])
    file = BytesIO()
    workbook.save(file)
    headers = attachment_headers(file_name)
    return HttpResponse(file.getvalue(), content_type=XLSX_CONTENT_TYPE, headers=headers)


def _without_illegal_characters(row: Sequence[str]) -> list[str]:
    """The cells without the control characters for which XLSX has no notation."""
    return [ILLEGAL_CHARACTERS_RE.sub("", cell) for cell in row]


def _limited_xlsx_response(rows: Rows, name: str) -> HttpResponse:
    """The rows as a workbook; a sentence with status 413 if they are too many for one."""
    table = list(islice(rows, MAX_WORKBOOK_ROWS + 2))
    if len(table) <= MAX_WORKBOOK_ROWS + 1:
        return xlsx_response(table, f"{name}.xlsx", name.replace("-", " ").capitalize()[:31])
    text = (
        f"A workbook can have up to {MAX_WORKBOOK_ROWS} rows, and this selection has more. Narrow "
        "it down, or download the CSV.\n"
    )
    return HttpResponse(text, content_type="text/plain; charset=utf-8", status=413)


def _xlsx_cell(sheet: Any, text: str, *, is_header: bool) -> Cell:
    """A cell with text, even if the text begins like a formula."""
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    cell.font = Font(bold=is_header)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _json(rows: Rows) -> Iterator[str]:
    """A list of objects whose keys are the names of the columns."""
    remaining = iter(rows)
    header = next(remaining)
    separator = "[\n"
    for row in remaining:
        cells = dict(zip(header, row, strict=True))
        yield separator + json.dumps(cells, ensure_ascii=False)
        separator = ",\n"
    if separator == "[\n":
        yield "[]\n"
    else:
        yield "\n]\n"


def _markdown(rows: Rows) -> Iterator[str]:
    """A section for each row, with a list of its columns that are not empty."""
    remaining = iter(rows)
    header = next(remaining)
    for number, row in enumerate(remaining, start=1):
        lines = [f"## {number}", ""]
        for name, cell in zip(header, row, strict=True):
            if cell:
                lines.append(f"- **{name}**: {_indented(cell)}")
        yield "\n".join([*lines, "", ""])


def _indented(cell: str) -> str:
    """The lines of a cell as one item of a Markdown list."""
    first, *others = cell.split("\n")
    lines = [f"  {line}" if line else "" for line in others]
    return "\n".join([first, *lines])
