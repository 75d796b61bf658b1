"""The report of an import: what a file would change, or has changed, in a question set."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import filterfalse
from operator import attrgetter

from file_formats.errors import RowError
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
    #: Questions of the set that the file does not have, which stay in the set or are removed.
    #: Both are empty if anything was refused, because a refused row may be that of such a question.
    absent: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    new_sections: list[str] = field(default_factory=list)
    #: Columns of the file that question files do not have.
    unknown_columns: list[str] = field(default_factory=list)
    #: Sentences about the whole file.
    notes: list[str] = field(default_factory=list)
    is_written: bool = False

    @property
    def is_refused(self) -> bool:
        """Whether an error prevents the whole import."""
        return bool(self.refusals)

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


#: Notes about cells and rows, whose number `counted_notes` puts in front of them.
EDITED_HERE = "edited here since the export but not in the file, so the stored content was kept."
WITHOUT_VERSION = (
    "no valid version, so edits made here since the export cannot be recognized; where these "
    "rows differ from the stored content, the file was used."
)
#: Notes about questions, with whose titles `titled_notes` fills them.
REMOVED_HERE = (
    "Removed from this set since the file was exported, and not added again: {}. To add them, "
    "choose “Also overwrite edits made here.”"
)
ADDED_HERE = "Added to this set since the file was exported, and not removed: {}."


def counted_notes(number: int, singular: str, plural: str, note: str) -> list[str]:
    """The note, which begins with a number of something; none if the number is 0."""
    if not number:
        return []
    subject = f"1 {singular}" if number == 1 else f"{number:,} {plural}"
    return [f"{subject} {note}"]


def titled_notes(note: str, titles: Iterable[str]) -> list[str]:
    """The note with these titles; none if there are no titles."""
    listed = ", ".join(titles)
    return [note.format(listed)] if listed else []
