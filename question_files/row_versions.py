"""The version of a row of a question file: what each of its cells held when it was exported.

An import needs it to know which cells were edited in the file and which were edited here since.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from struct import Struct
from typing import Self
from zlib import crc32

from content.fields import normalize_newlines
from content.numbers import whole_number
from question_files.columns import COLUMNS

RECORDED = tuple(name for name in COLUMNS if name != "version")


def _digest(cell: str) -> int:
    # An export takes a digest of every cell, so it has to be quick; no one gains from a collision.
    return crc32((normalize_newlines(cell) if "\r" in cell else cell).encode())


_digests = Struct(f">{len(RECORDED)}I")
#: Names the columns whose digests a version holds: a version with others cannot be read. A
#: spreadsheet takes what begins with a letter for text.
FORMAT = f"v{_digest(' '.join(RECORDED)):08x}"


@dataclass(frozen=True)
class RowVersion:
    """What a row held when it was exported."""

    #: The row's place in the file.
    position: int
    #: The highest primary key among the items of the set; 0 outside a set.
    last_item: int
    #: Digests of the cells, in the order of `RECORDED`.
    digests: tuple[int, ...]

    @classmethod
    def of(cls, cells: Mapping[str, str], position: int, last_item: int) -> Self:
        """The version of a row that holds these cells."""
        return cls(position, last_item, tuple([_digest(cells[name]) for name in RECORDED]))

    @classmethod
    def read(cls, text: str) -> Self | None:
        """The version that `str` wrote; None if it is none, or has other columns."""
        name, *parts = text.strip().split(".")
        if name != FORMAT or len(parts) != 3:
            return None
        position, last_item = whole_number(parts[0]), whole_number(parts[1])
        try:
            content = bytes.fromhex(parts[2])
        except ValueError:
            return None
        if position is None or last_item is None or len(content) != _digests.size:
            return None
        return cls(position, last_item, _digests.unpack(content))

    def __str__(self) -> str:
        digests = _digests.pack(*self.digests).hex()
        return f"{FORMAT}.{self.position}.{self.last_item}.{digests}"

    def has(self, column: str, cell: str) -> bool:
        """Whether the row held this in this column."""
        return self.digests[RECORDED.index(column)] == _digest(cell)
