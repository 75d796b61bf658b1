"""What a file would change, or has changed, in a question set."""

from dataclasses import dataclass, field
from typing import Any

from content.text_diff import DiffSpan, pieces
from packs.report import SHOWN, Refusal


@dataclass(frozen=True)
class CellChange:
    """What a cell holds here and in the file."""

    column: str
    here: str
    there: str

    @property
    def pieces(self) -> list[DiffSpan]:
        """The difference word by word."""
        return pieces(self.here, self.there)


@dataclass
class RowChange:
    """A row of the file that says something else than is stored."""

    place: str
    title: str
    #: What the row is, where it is more than a change: a new question, or a question new to the
    #: set.
    news: str = ""
    #: Other sets that ask the question, where it is the question that changes.
    also_in: list[str] = field(default_factory=list)
    cells: list[CellChange] = field(default_factory=list)
    #: Cells that were edited in the file, and here since it was exported, which were left.
    conflicts: list[CellChange] = field(default_factory=list)
    #: Cells that were not edited in the file but here since it was exported, which were left.
    kept: list[CellChange] = field(default_factory=list)
    #: Cells that were edited in columns that nobody reads.
    untaken: list[CellChange] = field(default_factory=list)
    #: What in the row is unlawful or unfair to ask.
    warnings: list[str] = field(default_factory=list)


@dataclass
class SetReport:
    """What was read, row by row."""

    rows: list[RowChange] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    unchanged: int = 0
    #: Rows that say word for word what another one says.
    repeated: int = 0
    #: Questions of the set that no row names, and what became of them.
    absent: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    new_sections: list[str] = field(default_factory=list)
    #: Columns that mean nothing here.
    ignored: list[str] = field(default_factory=list)
    #: What else there is to say of the file, in sentences.
    notes: list[str] = field(default_factory=list)
    #: Whether anything was written.
    is_written: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether the file says nothing new."""
        return not (self.changed or self.removed or self.new_sections or self.refusals)

    @property
    def changed(self) -> list[RowChange]:
        """The rows that change anything."""
        return [row for row in self.rows if row.cells or row.news]

    @property
    def shown(self) -> list[RowChange]:
        """Those of them that a page shows; all are counted."""
        return self.changed[:SHOWN]

    @property
    def conflicts(self) -> list[RowChange]:
        """The rows with cells that were edited in the file and here."""
        return [row for row in self.rows if row.conflicts]

    @property
    def shown_conflicts(self) -> list[RowChange]:
        """Those of them that a page shows; all are counted."""
        return self.conflicts[:SHOWN]

    @property
    def untaken(self) -> list[RowChange]:
        """The rows with edited cells that nobody reads."""
        return [row for row in self.rows if row.untaken]

    @property
    def shown_untaken(self) -> list[RowChange]:
        """Those of them that a page shows; all are counted."""
        return self.untaken[:SHOWN]

    @property
    def shown_refusals(self) -> list[Refusal]:
        """Those that a page shows; all are counted."""
        return self.refusals[:SHOWN]

    def as_data(self) -> dict[str, Any]:
        """All of it that says what would be, by which two previews are told apart."""
        rows = [
            [row.place, row.title, row.news, [vars(cell) for cell in row.cells]]
            for row in self.changed
        ]
        lists = [
            self.absent,
            self.removed,
            self.new_sections,
            [str(refusal) for refusal in self.refusals],
        ]
        untaken = [[row.place, [vars(cell) for cell in row.untaken]] for row in self.untaken]
        conflicts = [[row.place, [vars(cell) for cell in row.conflicts]] for row in self.conflicts]
        return {
            "rows": rows,
            "lists": lists,
            "notes": self.notes,
            "untaken": untaken,
            "conflicts": conflicts,
        }
