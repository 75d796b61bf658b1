"""Reads workbooks (XLSX) into records, as people see them.

What they do not see, or see otherwise, is noted.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from openpyxl import load_workbook
from openpyxl.reader.excel import ExcelReader
from openpyxl.utils import get_column_letter
from openpyxl.utils.escape import unescape
from openpyxl.xml.functions import iterparse

from content.fields import normalize_newlines
from mapping.records import Record, SourceOptions
from mapping.sheets import Line, records_of
from packs.archives import CHUNK_SIZE, MAX_FILES, MAX_UNPACKED_SIZE
from packs.cell_text import cell
from packs.errors import UnreadableFile

#: A workbook can claim a million rows of 16,384 cells in a few bytes each.
CELLS = 2_000_000
#: What there may be in the XML of a workbook that needs a second look.
FORMULAS, HIDDEN, MERGED = "formulas", "hidden", "merged"
MARKS = {
    FORMULAS: re.compile(rb"<(?:\w+:)?f[\s>/]"),
    HIDDEN: re.compile(rb"\shidden="),
    MERGED: re.compile(rb"<(?:\w+:)?mergeCell\s"),
}
#: The end of a piece that may hold the beginning of a mark.
OVERLAP = 64
#: Cells or rows that a note names.
NAMED = 10
only_zeros = re.compile(r"00+").fullmatch
#: What a format of numbers shows literally, or is told beside its signs.
aside = re.compile(r'"[^"]*"|\[[^]]*\]|\\.')


def read_xlsx(path: Path, options: SourceOptions) -> Iterator[Record]:
    """One sheet of a workbook, by default the first that is not hidden.

    Formulas give the values last calculated.
    """
    try:
        marks = _marks(path, options.place)
        with path.open("rb") as file:  # the reader leaves the file of a broken workbook open
            reader = ExcelReader(file, read_only=True, data_only=True)
            reader.read()
            sheet = _sheet(reader.wb, options)
            if marks & {HIDDEN, MERGED}:
                _note_layout(reader, sheet, options)
            yield from records_of(
                _lines(sheet, f"{options.place} sheet “{sheet.title}”", options), options
            )
            if FORMULAS in marks:
                _note_uncalculated(load_workbook(file, read_only=True)[sheet.title], sheet, options)
    except UnreadableFile:
        raise
    except Exception as error:  # a broken workbook makes its reader stumble over anything
        raise UnreadableFile(options.place, f"not a sound workbook ({error})") from error


def _marks(path: Path, place: str) -> set[str]:
    """Count what is really unpacked before anything else unpacks it.

    Returns the marks that are found meanwhile.

    :raises Unreadable: if that is more than packs may be.
    """
    left, found = MAX_UNPACKED_SIZE, set()
    with ZipFile(path) as archive:
        if len(archive.infolist()) > MAX_FILES:
            raise UnreadableFile(place, f"more than {MAX_FILES:,} files")
        for member in archive.infolist():
            with archive.open(member) as packed:
                end = b""
                while piece := packed.read(CHUNK_SIZE):
                    left -= len(piece)
                    if left < 0:
                        raise UnreadableFile(
                            place, f"more than {MAX_UNPACKED_SIZE // 1024**2} MB unpacked"
                        )
                    found |= {name for name, mark in MARKS.items() if mark.search(end + piece)}
                    end = piece[-OVERLAP:]
    return found


def _sheet(book: Any, options: SourceOptions) -> Any:
    shown = [name for name in book.sheetnames if book[name].sheet_state == "visible"]
    if not options.sheet:
        if hidden := [name for name in book.sheetnames if name not in shown]:
            options.note_here(f"hidden sheets were left out: {', '.join(hidden)}")
        if others := [
            name for name in shown[1:] if any(map(any, book[name].iter_rows(values_only=True)))
        ]:
            first = f"no sheet is named, so the first was read, “{shown[0]}”"
            options.note_here(f"{first}, and not {', '.join(others)}")
        return book[(shown or book.sheetnames)[0]]
    if options.sheet not in book.sheetnames:
        named = ", ".join(book.sheetnames)
        raise UnreadableFile(options.place, f"there is no sheet “{options.sheet}”; it has {named}")
    if options.sheet not in shown:
        options.note_here(f"the sheet “{options.sheet}” is hidden and was read all the same")
    return book[options.sheet]


def _note_layout(reader: Any, sheet: Any, options: SourceOptions) -> None:
    """Name the rows and columns that nobody sees, and cells that are shown as one.

    Only the first of those holds a text.
    """
    rows, columns, merged = [], [], []
    path = next(
        found.target for named, found in reader.parser.find_sheets() if named.name == sheet.title
    )
    with reader.archive.open(path) as part:
        for _, element in iterparse(part):
            name = element.tag.rpartition("}")[2]
            is_hidden = element.get("hidden") in ("1", "true")
            if name == "row" and is_hidden:
                rows.append(str(element.get("r", "?")))
            elif name == "col" and is_hidden:
                columns += _letters(int(element.get("min", "1")), int(element.get("max", "1")))
            elif name == "mergeCell":
                merged.append(str(element.get("ref", "?")))
            if name in ("row", "c"):
                element.clear()
    for what, found in {"rows": rows, "columns": columns}.items():
        if found:
            options.note_here(
                f"hidden {what} of sheet “{sheet.title}” were read too ({len(found)}): "
                f"{_listed(found)}"
            )
    if merged:
        options.note_here(
            f"of merged cells only the first is filled: {_listed(merged)}; `fill_down` in the "
            "mapping repeats it"
        )


def _letters(first: int, last: int) -> list[str]:
    """The names of these columns; a range up to the last column of the sheet is one name."""
    if last - first > NAMED:
        return [f"{get_column_letter(first)} to {get_column_letter(last)}"]
    return [get_column_letter(column) for column in range(first, last + 1)]


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:NAMED]) + (
        f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    )


def _note_uncalculated(formulas: Any, sheet: Any, options: SourceOptions) -> None:
    """Name the cells with a formula of which no result is stored: they are read as empty.

    :param formulas: the sheet with its formulas in place of their results.
    """
    formulas.reset_dimensions()
    rows = zip(
        sheet.iter_rows(values_only=True), formulas.iter_rows(values_only=True), strict=False
    )
    found = [
        f"{get_column_letter(column)}{number}"
        for number, (results, written) in enumerate(rows, start=1)
        for column, (result, formula) in enumerate(zip(results, written, strict=False), start=1)
        if result is None and formula is not None
    ]
    if found:
        options.note_here(
            f"formulas without a stored result were read as empty: {_listed(found)}; "
            "open and save the file in a spreadsheet"
        )


def _lines(sheet: Any, place: str, options: SourceOptions) -> Iterator[Line]:
    sheet.reset_dimensions()
    left = CELLS
    doubtful: list[str] = []
    for number, row in enumerate(sheet.iter_rows(), start=1):
        left -= len(row) + 1
        if left < 0:
            raise UnreadableFile(f"{place} row {number}", f"more than {CELLS:,} cells")
        doubtful += [each.coordinate for each in row if _may_be_no_date(each)]
        yield f"{place} row {number}", [_text(each) for each in row]
    if doubtful:
        options.note_here(
            f"dates stand in {_listed(doubtful)} that show no year or no day; was something like "
            "1-3 or 5/6 typed?"
        )


def _may_be_no_date(each: Any) -> bool:
    """Whether a cell holds a date and its format shows only a part of it.

    That happens where a spreadsheet made it of 1-3.
    """
    if not isinstance(each.value, datetime) or each.value.time() != time():
        return False
    shown = aside.sub("", each.number_format).casefold()
    return "m" in shown and not ("y" in shown and "d" in shown)


def _text(each: Any) -> str:
    """A cell as it is shown.

    A whole number comes without its .0, with leading zeros and percents, a day without midnight.
    """
    value = each.value
    if isinstance(value, str):
        return str(normalize_newlines(unescape(value)))
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _number(Decimal(str(value)), aside.sub("", each.number_format))
    if isinstance(value, datetime):
        return (value.date() if value.time() == value.time().min else value).isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return value.isoformat() if isinstance(value, date | time) else cell(value)


def _number(value: Decimal, shown_as: str) -> str:
    if "%" in shown_as:
        return f"{cell(value * 100)}%"
    if only_zeros(shown_as) and value >= 0 and value == value.to_integral_value():
        return cell(value).zfill(len(shown_as))
    return cell(value)
