"""A table as a file in one of several forms, all of the same rows and columns. Knows no model."""

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from content.downloads import attachment_headers
from packs.tables.csv_cells import csv_response
from packs.tables.workbooks import xlsx_response

Rows = Iterable[Sequence[str]]

#: A workbook is made in memory before the first byte is sent; longer tables are for CSV.
MOST_IN_WORKBOOK = 5000


def table_response(
    rows: Rows, name: str, form: str, *, raw: bool = False, bom: bool = True
) -> HttpResponseBase:
    """The rows, of which the first holds the heads, as a download.

    :param name: of the file, without its ending.
    :param form: csv, xlsx, json or md, which is its ending.
    :param raw, bom: see `csv_response`.
    """
    if form == "csv":
        return csv_response(rows, f"{name}.csv", raw=raw, bom=bom)
    if form == "xlsx":
        return _workbook(rows, name)
    pieces, content_type = (
        (_json(rows), "application/json") if form == "json" else (_markdown(rows), "text/markdown")
    )
    headers = attachment_headers(f"{name}.{form}")
    return StreamingHttpResponse(
        pieces, content_type=f"{content_type}; charset=utf-8", headers=headers
    )


def _workbook(rows: Rows, name: str) -> HttpResponse:
    taken = list(islice(rows, MOST_IN_WORKBOOK + 2))
    if len(taken) <= MOST_IN_WORKBOOK + 1:
        return xlsx_response(taken, f"{name}.xlsx", name.replace("-", " ").capitalize()[:31])
    text = (
        f"A workbook holds up to {MOST_IN_WORKBOOK} rows, and these are more: choose fewer, or "
        "take the CSV.\n"
    )
    return HttpResponse(text, content_type="text/plain; charset=utf-8", status=413)


def _json(rows: Rows) -> Iterator[str]:
    """A list of objects by the names of the columns."""
    remaining = iter(rows)
    heads, between = next(remaining), "[\n"
    for row in remaining:
        yield between + json.dumps(dict(zip(heads, row, strict=True)), ensure_ascii=False)
        between = ",\n"
    yield "[]\n" if between == "[\n" else "\n]\n"


def _markdown(rows: Rows) -> Iterator[str]:
    """A section for each row, which lists what its columns hold; an empty one is left out."""
    remaining = iter(rows)
    heads = next(remaining)
    for number, row in enumerate(remaining, 1):
        lines = [
            f"- **{head}**: {_indented(cell)}"
            for head, cell in zip(heads, row, strict=True)
            if cell
        ]
        yield "\n".join([f"## {number}", "", *lines, "", ""])


def _indented(cell: str) -> str:
    """Several lines as one point of a list."""
    first, *others = cell.split("\n")
    return "\n".join([first, *(f"  {line}" if line else "" for line in others)])
