"""The version of a row of a question file: what each of its cells held when it was exported.

An import needs it to tell cells that were edited in the file from cells that were edited here
since.
"""

import re
from collections.abc import Iterable, Sequence
from struct import Struct
from typing import NamedTuple, Self
from zlib import crc32

from content.former_spellings import NAMES
from content.text import normalize_newlines
from question_files.columns import VERSIONED_COLUMNS


def _digests_of(cells: Sequence[str]) -> tuple[int, ...]:
    # An export computes a digest of every cell, so it has to be quick. No one gains from a
    # collision.
    if "\r" in "".join(cells):
        cells = [normalize_newlines(cell) for cell in cells]
    return tuple(map(crc32, map(str.encode, cells)))


def _format_of(columns: Iterable[str]) -> str:
    return f"v{_digests_of([' '.join(columns)])[0]:08x}"


FORMER_NAMES = {current: former for former, current in NAMES.items()}
_packed_digests = Struct(f">{len(VERSIONED_COLUMNS)}I")
#: Names the columns whose digests a version has, because a version of other columns cannot be read.
#: It begins with a letter, so that spreadsheets read it as text.
FORMAT = _format_of(VERSIONED_COLUMNS)
#: The format of the same columns in the spelling of version 0.2.
FORMER_FORMAT = _format_of(FORMER_NAMES.get(name, name) for name in VERSIONED_COLUMNS)
#: The position, the last item and the digests, as `RowVersion.__str__` writes them.
_match_version = re.compile(
    rf"(?:{FORMAT}|{FORMER_FORMAT})"
    rf"\.([0-9]{{1,9}})\.([0-9]{{1,9}})\.([0-9a-fA-F]{{{2 * _packed_digests.size}}})"
).fullmatch


class RowVersion(NamedTuple):
    """What a row held when it was exported."""

    #: The number of the row in the file.
    position: int
    #: The highest primary key among the items of the set; 0 outside a set.
    last_item: int
    #: Digests of the cells, in the order of `VERSIONED_COLUMNS`.
    digests: tuple[int, ...]

    @classmethod
    def of(cls, cells: Sequence[str], position: int, last_item: int) -> Self:
        """The version of a row with these cells, which are in the order of `VERSIONED_COLUMNS`."""
        return cls(position, last_item, _digests_of(cells))

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """The version that `str` wrote; None if it is invalid or has other columns."""
        match = _match_version(text.strip())
        if match is None:
            return None
        digests = _packed_digests.unpack(bytes.fromhex(match[3]))
        return cls(int(match[1]), int(match[2]), digests)

    def __str__(self) -> str:
        digests = _packed_digests.pack(*self.digests).hex()
        return f"{FORMAT}.{self.position}.{self.last_item}.{digests}"

    def has(self, column: str, cell: str) -> bool:
        """Whether the row held this cell in this column."""
        index = VERSIONED_COLUMNS.index(column)
        return self.digests[index] == _digests_of([cell])[0]
