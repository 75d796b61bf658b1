"""Scans the XML of a workbook for what decides how it is read, much faster than by parsing it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from zipfile import ZipFile

from file_formats.archives import CHUNK_SIZE, MAX_FILES, MAX_UNPACKED_SIZE
from file_formats.errors import UnreadableFile

#: Features of a sheet for which its XML is read a second time.
FORMULAS, HIDDEN, MERGED = "formulas", "hidden", "merged"
FEATURE_PATTERNS = {
    FORMULAS: re.compile(rb"<(?:\w+:)?f[\s>/]"),
    HIDDEN: re.compile(rb"\shidden="),
    MERGED: re.compile(rb"<(?:\w+:)?mergeCell\s"),
}
#: The tags of a sheet, of a row with its attributes, and of a value, text or formula of a cell.
_cell_tags = re.compile(
    rb"<(?:\w+:)?(?:(?P<sheet>sheetData)\b|row\b(?P<row>[^>]*)|(?P<content>(?:v|is|f)\b))"
)
_row_number = re.compile(rb"""\sr=["'](\d+)["']""")
#: Longer than any tag of a sheet. Pictures may contain the first byte of a tag without the last.
MAX_TAG_BYTES = 64 * 1024
#: More than any number of a row, in place of one that is not stated.
_UNKNOWN_ROW = 2**31


@dataclass
class SheetScan:
    """What was found in the XML of one sheet."""

    features: set[str] = field(default_factory=set)
    _is_sheet: bool = False
    _current_row: int = 0
    _last_filled_row: int = 0

    @property
    def last_filled_row(self) -> int | None:
        """The last row with a value or a formula; None if it is not known.

        Rows below it are only formatted.
        """
        if not self._is_sheet or self._last_filled_row == _UNKNOWN_ROW:
            return None
        return self._last_filled_row

    def add(self, xml: bytes) -> None:
        """Add the next piece of XML."""
        for name, pattern in FEATURE_PATTERNS.items():
            if pattern.search(xml):
                self.features.add(name)
        for tag in _cell_tags.finditer(xml):
            if tag["sheet"]:
                self._is_sheet = True
            elif tag["content"]:
                self._last_filled_row = self._current_row
            else:
                number = _row_number.search(tag["row"])
                row = int(number[1]) if number else _UNKNOWN_ROW
                self._current_row = max(self._current_row, row)


def scan_workbook(path: Path, file_name: str) -> dict[str, SheetScan]:
    """Scan the files in a workbook.

    :returns: by the name of the file in the workbook, also for files that are not sheets.
    :raises UnreadableFile: if the workbook has more files or bytes than packs may have. The bytes
        are counted before openpyxl unpacks anything, because a zip may state a wrong size.
    """
    scans: dict[str, SheetScan] = {}
    unpacked_bytes = 0
    with ZipFile(path) as archive:
        if len(archive.infolist()) > MAX_FILES:
            raise UnreadableFile(file_name, f"more than {MAX_FILES:,} files")
        for member in archive.infolist():
            scan = scans.setdefault(member.filename, SheetScan())
            with archive.open(member) as unpacked:
                pieces = iter(partial(unpacked.read, CHUNK_SIZE), b"")
                for xml in _with_complete_tags(pieces):
                    unpacked_bytes += len(xml)
                    if unpacked_bytes > MAX_UNPACKED_SIZE:
                        reason = f"more than {MAX_UNPACKED_SIZE // 1024**2} MB unpacked"
                        raise UnreadableFile(file_name, reason)
                    scan.add(xml)
    return scans


def _with_complete_tags(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces that do not end within a tag."""
    rest = b""
    for piece in pieces:
        xml = rest + piece
        last_tag = xml.rfind(b"<")
        is_cut = xml.rfind(b">") < last_tag and len(xml) - last_tag < MAX_TAG_BYTES
        end = last_tag if is_cut else len(xml)
        rest = xml[end:]
        yield xml[:end]
    yield rest
