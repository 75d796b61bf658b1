"""What a load leaves out because it needs or names rows that were deleted here."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

ROWS = "{table}: rows that were left out, because they need a row that was deleted here: {number}"
CELLS = (
    "{table}: rows whose “{column}” names a row that was deleted here, without that row: {number}"
)


@dataclass
class WithoutDeleted:
    """The number of rows that were left out, and of rows of which a reference was left out."""

    rows: Counter[str] = field(default_factory=Counter)
    #: By table and column.
    cells: Counter[tuple[str, str]] = field(default_factory=Counter)

    def notes(self) -> Iterator[str]:
        """What to say of it in the report."""
        for table, number in self.rows.items():
            yield ROWS.format(table=table, number=number)
        for (table, column), number in self.cells.items():
            yield CELLS.format(table=table, column=column, number=number)
