"""Reads the text of a source in whichever encoding it is written."""

import codecs
from pathlib import Path

from mapping.records import SourceOptions
from packs.reading import read_text

#: What a mapping may name. UTF-8 is what is meant without a name, UTF-16 what its mark tells.
ENCODINGS = (
    "UTF-8 UTF-16 windows-1250 windows-1251 windows-1252 windows-1253 windows-1254 windows-1255 "
    "windows-1256 ISO-8859-1 ISO-8859-2 ISO-8859-15 macintosh Shift_JIS GB18030 Big5 EUC-KR"
).split()
MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def source_text(path: Path, options: SourceOptions) -> str:
    """The text of one file of a source.

    :raises Unreadable: if it is not in the encoding that the mapping names.
    """
    return read_text(
        path, options.place, options.encoding or ("UTF-16" if _is_utf16(path) else "UTF-8")
    )


def _is_utf16(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(2) in MARKS
