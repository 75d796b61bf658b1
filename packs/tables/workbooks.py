"""Writes tables for spreadsheets as XLSX. Knows no model."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from django.http import HttpResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from content.downloads import attachment_headers

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: In letters: columns of a word or two, and of sentences, which begin another line.
NARROW, WIDE, LONG = 16, 44, 30


def xlsx_response(rows: Iterable[Sequence[str]], file_name: str, title: str) -> HttpResponse:
    """The rows, of which the first holds the heads, as a download with one sheet."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    table = [[_writable(cell) for cell in row] for row in rows]
    sheet.freeze_panes = "A2"
    for place, column in enumerate(zip(*table, strict=True), 1):
        sheet.column_dimensions[get_column_letter(place)].width = (
            WIDE if max(map(len, column)) > LONG else NARROW
        )
    for number, row in enumerate(table):
        sheet.append([_cell(sheet, text, is_head=number == 0) for text in row])
    file = BytesIO()
    book.save(file)
    headers = attachment_headers(file_name)
    return HttpResponse(file.getvalue(), content_type=CONTENT_TYPE, headers=headers)


def _writable(text: str) -> str:
    """Without the characters that the format has no way to write."""
    return ILLEGAL_CHARACTERS_RE.sub("", text)


def _cell(sheet: Any, text: str, *, is_head: bool) -> Any:
    """Text stays text, even where it begins like a formula."""
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    cell.font, cell.alignment = Font(bold=is_head), Alignment(wrap_text=True, vertical="top")
    return cell
