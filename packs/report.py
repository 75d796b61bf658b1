"""What a load did, or would do."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from content.text import first_names
from content.text_diff import DiffSpan, word_diff
from file_formats.errors import RowError

#: Errors and conflicts that are displayed. All are counted.
MAX_DISPLAYED = 100
DATABASE_BUSY = (
    "Another import or edit is writing to the database. Nothing was saved; try again in a minute."
)
#: The first line of the report of a dry run.
PREVIEW = "This is a preview; nothing was saved. This is what loading would do:"
DISK_FULL = "The disk is full or read-only. Nothing was saved; free some space and try again."


@dataclass(frozen=True)
class Difference:
    """A cell of a stored row, and what a pack or a file says instead."""

    column: str
    stored: str
    incoming: str

    @property
    def diff(self) -> list[DiffSpan]:
        """The difference word by word."""
        return word_diff(self.stored, self.incoming)

    def as_data(self) -> dict[str, str]:
        """The difference as JSON data."""
        return {"column": self.column, "here": self.stored, "pack": self.incoming}


@dataclass(frozen=True)
class Conflict:
    """A row that was edited since the last load, in cells for which the pack has other values."""

    location: str
    title: str
    #: Those cells; empty if the row was deleted by an editor or is absent from the pack.
    differences: tuple[Difference, ...] = ()
    is_deleted: bool = False

    def as_data(self) -> dict[str, object]:
        """The conflict as JSON data."""
        differences = [difference.as_data() for difference in self.differences]
        return {"place": self.location, "title": self.title, "differences": differences}

    def __str__(self) -> str:
        if self.is_deleted:
            edit = "deleted here"
        elif self.differences:
            columns = ", ".join(difference.column for difference in self.differences)
            edit = f"edited here ({columns})"
        else:
            edit = "edited here"
        return f"{self.location}: “{self.title}” was {edit} since the last load"


@dataclass(frozen=True)
class Move:
    """A line, or an edited row, that the pack has elsewhere than at the last load."""

    location: str
    title: str
    former: int
    position: int
    #: If the row has another parent now, the titles of both.
    former_parent: str = ""
    parent: str = ""

    def as_data(self) -> dict[str, object]:
        """The move as JSON data."""
        data = vars(self).copy()
        data["place"] = data.pop("location")
        return data

    def __str__(self) -> str:
        if self.former_parent:
            change = f"“{self.former_parent}” to “{self.parent}”"
        else:
            change = f"position {self.former} to {self.position}"
        return f"{self.location}: “{self.title}” moved from {change}"


#: The attributes of a report that count rows by table, and their names in reports.
COUNTERS = {
    "created": "created",
    "changed": "changed",
    "unchanged": "unchanged",
    "moved": "moved",
    "retired": "retired",
    "left_absent": "left",
    "repeated": "repeated",
}
#: Those of them that are displayed even if they have counted nothing.
MAIN_COUNTERS = ("created", "changed", "unchanged")


@dataclass
class Report:
    """The rows of a load, counted by table, and its errors, conflicts and notes."""

    created: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    unchanged: Counter[str] = field(default_factory=Counter)
    #: Rows among `moves` without any other change.
    moved: Counter[str] = field(default_factory=Counter)
    #: Rows of the last load that this pack does not contain: archived, or deleted if they are parts
    #: of another row.
    retired: Counter[str] = field(default_factory=Counter)
    #: Rows that the pack does not contain, but that cannot be archived or deleted.
    left_absent: Counter[str] = field(default_factory=Counter)
    #: The same rows by title, each with its table.
    left_absent_rows: list[str] = field(default_factory=list)
    #: By outcome, the rows with a page that no status hides from visitors. The status of the
    #: collection is not considered.
    pages: Counter[str] = field(default_factory=Counter)
    #: Rows that the pack contains a second time with the same cells.
    repeated: Counter[str] = field(default_factory=Counter)
    #: Columns without a field, which are stored in `extra`: the number of rows that have each.
    extra_columns: Counter[str] = field(default_factory=Counter)
    #: Rows that were not loaded because they require a row that an editor has deleted, by table.
    without_deleted_row: Counter[str] = field(default_factory=Counter)
    #: Rows that were loaded without a reference to such a row, by table and column.
    without_deleted_reference: Counter[tuple[str, str]] = field(default_factory=Counter)
    #: Files that belong to no table.
    unknown_files: list[str] = field(default_factory=list)
    #: Sentences without their period.
    notes: list[str] = field(default_factory=list)
    #: What to check before rows are published, each with its location. The rows are written.
    warnings: list[str] = field(default_factory=list)
    refusals: list[RowError] = field(default_factory=list)
    #: Edits that the load has not changed.
    conflicts: list[Conflict] = field(default_factory=list)
    #: Edits that were replaced or undone because the load was to overwrite them.
    overwritten: list[Conflict] = field(default_factory=list)
    #: Every line that has another position now, and of other rows those that were edited.
    moves: list[Move] = field(default_factory=list)
    #: Whether the load succeeded and was not a preview.
    is_written: bool = False
    #: Whether the load failed because of refusals, so that it wrote nothing.
    is_refused: bool = False

    def of_refused_load(self) -> "Report":
        """What this report says of the pack and of edits, without what a failed load undid."""
        return Report(
            unknown_files=self.unknown_files,
            warnings=self.warnings,
            conflicts=self.conflicts,
            is_refused=True,
        )

    def counter(self, name: str) -> Counter[str]:
        """The counter with this name, a key of `COUNTERS`."""
        counter: Counter[str] = getattr(self, name)
        return counter

    @property
    def _displayed_counters(self) -> dict[str, Counter[str]]:
        """The counters that are displayed, by their names in reports."""
        counters = {}
        for attribute, name in COUNTERS.items():
            counter = self.counter(attribute)
            if counter or attribute in MAIN_COUNTERS:
                counters[name] = counter
        return counters

    @property
    def tally_names(self) -> list[str]:
        """The names of what was counted."""
        return list(self._displayed_counters)

    @property
    def tallies(self) -> list[tuple[str, dict[str, int]]]:
        """The counts of each table that has any, by `tally_names`."""
        counters = self._displayed_counters
        tallies = []
        for table in dict.fromkeys(chain.from_iterable(counters.values())):
            counts = {name: counter[table] for name, counter in counters.items()}
            tallies.append((table, counts))
        return tallies

    @property
    def extra_column_counts(self) -> list[str]:
        """The columns without a field, each with its number of rows."""
        return [f"{name} ({rows})" for name, rows in sorted(self.extra_columns.items())]

    @property
    def is_empty(self) -> bool:
        """Whether a load writes no row."""
        return not (self.created or self.changed or self.retired or self.moves)

    def deleted_notes(self) -> Iterator[str]:
        """Notes about what was not loaded because editors have deleted rows."""
        for table, number in self.without_deleted_row.items():
            yield (
                f"{table}: rows that were skipped because they require a row that was deleted "
                f"here: {number}"
            )
        for (table, column), number in self.without_deleted_reference.items():
            yield (
                f"{table}: rows imported without their “{column}”, which was deleted here: {number}"
            )

    def as_data(self) -> dict[str, object]:
        """The report as JSON data, complete, because uploads compare it with their preview."""
        data: dict[str, object] = {"written": self.is_written}
        for attribute, name in COUNTERS.items():
            data[name] = dict(sorted(self.counter(attribute).items()))
        return data | {
            "kept": dict(sorted(self.extra_columns.items())),
            "left_rows": self.left_absent_rows,
            "strays": self.unknown_files,
            "notes": self.notes,
            "warnings": self.warnings,
            "refused": len(self.refusals),
            "refusals": _as_data(self.refusals),
            "conflicting": len(self.conflicts),
            "conflicts": _as_data(self.conflicts),
            "overwriting": len(self.overwritten),
            "overwritten": _as_data(self.overwritten),
            "moves": _as_data(self.moves),
        }

    def as_lines(self) -> list[str]:
        """The report as lines of text, beginning with what was not loaded."""
        is_preview = not (self.is_written or self.is_refused)
        lines = [PREVIEW] if is_preview else []
        for group in (self.refusals, self.conflicts, self.moves):
            lines += map(str, group[:MAX_DISPLAYED])
        if self.refusals:
            suffix = "; nothing was saved" if self.is_refused else ""
            lines.append(f"{len(self.refusals)} refused{suffix}.")
        return lines if self.is_refused else lines + self._outcome_lines()

    @property
    def totals(self) -> str:
        """How many rows were written, as a sentence."""
        counters = self._displayed_counters
        counters.pop(COUNTERS["left_absent"], None)
        parts = [f"{counter.total()} {name}" for name, counter in counters.items()]
        return f"{', '.join(parts)}."

    def _outcome_lines(self) -> list[str]:
        """The lines about what was loaded and what was not because of edits."""
        lines = []
        if self.conflicts:
            lines.append(f"{len(self.conflicts)} left as edited here.")
        edits = list(map(str, self.overwritten))
        lines += [f"Overwritten: {edit}." for edit in first_names(edits, MAX_DISPLAYED)]
        lines.append(self.totals)
        lists = {
            "Missing from the pack but not removed": self.left_absent_rows,
            "Unmapped columns (stored and exported)": sorted(self.extra_columns),
            "Files that belong to no table": self.unknown_files,
        }
        for label, names in lists.items():
            if names:
                lines.append(f"{label}: {', '.join(first_names(names, MAX_DISPLAYED))}.")
        lines += [f"Warning: {warning}" for warning in first_names(self.warnings, MAX_DISPLAYED)]
        lines += [f"Note: {note}." for note in self.notes]
        return lines


def _as_data(entries: Sequence[RowError | Conflict | Move]) -> list[Mapping[str, object]]:
    return [entry.as_data() for entry in entries]
