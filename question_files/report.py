"""The report of an import: what a file would change, or has changed, in a question set."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import filterfalse
from operator import attrgetter

from file_formats.errors import RowError
from interviews.models import SetItem
from packs.report import Difference


@dataclass
class RowChange:
    """What a row of the file changes, and which of its cells change nothing."""

    #: File and row, for people.
    location: str
    #: Of the question.
    title: str
    #: What the row adds, if its question is new or new to the set.
    addition: str = ""
    #: Titles of other sets that ask the question, if the question changes.
    also_in: list[str] = field(default_factory=list)
    cells: list[Difference] = field(default_factory=list)
    #: Cells that were edited in the file, and here since it was exported; they change nothing.
    conflicts: list[Difference] = field(default_factory=list)
    #: Cells that were edited only here since the file was exported; they change nothing.
    edited_here: list[Difference] = field(default_factory=list)
    #: Edited cells of read-only columns; they change nothing.
    ignored: list[Difference] = field(default_factory=list)
    #: About wording that is unlawful or unfair in an interview.
    warnings: list[str] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether the row changes nothing."""
        return not (self.cells or self.addition)


@dataclass
class SetReport:
    """What a file changes in a set and its questions."""

    rows: list[RowChange] = field(default_factory=list)
    refusals: list[RowError] = field(default_factory=list)
    #: The number of rows without changes.
    unchanged: int = 0
    #: The number of rows that repeat another one word for word.
    repeated: int = 0
    #: Questions of the set that the file does not have, and which were removed from the set.
    absent: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    new_sections: list[str] = field(default_factory=list)
    #: Columns of the file that question files do not have.
    unknown_columns: list[str] = field(default_factory=list)
    #: Sentences about the whole file.
    notes: list[str] = field(default_factory=list)
    is_written: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to change and nothing was refused."""
        return not (self.changed or self.removed or self.new_sections or self.refusals)

    @property
    def changed(self) -> list[RowChange]:
        """The rows with changes."""
        return list(filterfalse(attrgetter("is_empty"), self.rows))

    @property
    def conflicting(self) -> list[RowChange]:
        """The rows with conflicts."""
        return list(filter(attrgetter("conflicts"), self.rows))

    @property
    def ignored(self) -> list[RowChange]:
        """The rows with edited cells in read-only columns."""
        return list(filter(attrgetter("ignored"), self.rows))

    def as_data(self) -> dict[str, object]:
        """What is compared to find out whether two previews say the same."""
        changes = []
        for row in self.changed:
            changes.append([row.location, row.title, row.addition, _as_data(row.cells)])
        return {
            "rows": changes,
            "lists": [
                self.absent,
                self.removed,
                self.new_sections,
                list(map(str, self.refusals)),
            ],
            "notes": self.notes,
            "ignored": [[row.location, _as_data(row.ignored)] for row in self.ignored],
            "conflicts": [[row.location, _as_data(row.conflicts)] for row in self.conflicting],
        }


def _as_data(cells: Sequence[Difference]) -> list[dict[str, str]]:
    return [cell.as_data() for cell in cells]


def edited_here_notes(number: int) -> list[str]:
    """The note about cells that were edited only here.

    :param number: of these cells.
    """
    if not number:
        return []
    cells = "1 cell was" if number == 1 else f"{number:,} cells were"
    return [
        f"{cells} not edited in the file but edited here since it was exported: what is stored "
        "here stays."
    ]


def without_version_notes(number: int) -> list[str]:
    """The note about rows whose edits cannot be told from edits made here.

    :param number: of these rows.
    """
    if not number:
        return []
    rows = "1 row has" if number == 1 else f"{number:,} rows have"
    return [
        f"{rows} no valid version, so edits that were made here since the export cannot be "
        "recognized: wherever such a row differs from what is stored, the file counts."
    ]


def removed_here_notes(rows: Sequence[RowChange]) -> list[str]:
    """The note about questions that someone removed from the set since the export."""
    if not rows:
        return []
    titles = ", ".join(row.title for row in rows)
    return [
        "Removed from this set since the file was exported, and not added again: "
        f"{titles}. To add them, choose “Also overwrite edits made here”."
    ]


def added_here_notes(items: Sequence[SetItem]) -> list[str]:
    """The note about questions that someone added to the set since the export."""
    if not items:
        return []
    titles = ", ".join(item.question.title for item in items)
    return [f"Added to this set since the file was exported, and not removed: {titles}."]
