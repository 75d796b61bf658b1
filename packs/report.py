"""What a load did, or would do."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from content.text_diff import DiffSpan, pieces

#: Refusals and conflicts that are shown; all are counted.
SHOWN = 100
#: Characters of a refusal that are shown.
LONGEST_NAME, LONGEST_REASON = 200, 1_000
#: What is said when the database takes no load at this moment.
DATABASE_BUSY = (
    "Something else is writing to the database at this moment. Nothing was written; try again in a "
    "minute."
)

#: What is said when there is no room for a load.
DISK_FULL = (
    "The disk is full or cannot be written to. Nothing was written; make room and try again."
)


def shortened(text: str, length: int) -> str:
    """The text, or its beginning with an ellipsis."""
    return text if len(text) <= length else f"{text[: length - 1]}…"


@dataclass(frozen=True)
class Refusal:
    """Why a row was not taken."""

    place: str
    column: str
    reason: str

    def __post_init__(self) -> None:
        """Cut what a file can make as long as it likes: a report of it stays readable."""
        for name, length in (
            ("place", LONGEST_NAME),
            ("column", LONGEST_NAME),
            ("reason", LONGEST_REASON),
        ):
            object.__setattr__(self, name, shortened(getattr(self, name), length))

    def __str__(self) -> str:
        return (
            f"{self.place}: {self.column}: {self.reason}"
            if self.column
            else f"{self.place}: {self.reason}"
        )


@dataclass(frozen=True)
class Difference:
    """What a cell holds here and in the pack."""

    column: str
    here: str
    pack: str

    @property
    def pieces(self) -> list[DiffSpan]:
        """The difference word by word."""
        return pieces(self.here, self.pack)


@dataclass(frozen=True)
class Conflict:
    """A row that was edited here since the last load, in cells that the pack says otherwise."""

    place: str
    title: str
    #: These cells. None, where the row was deleted here or is absent from the pack.
    differences: tuple[Difference, ...] = ()
    is_deleted: bool = False

    def as_data(self) -> dict[str, Any]:
        """The same for machines."""
        differences = [vars(difference) for difference in self.differences]
        return {"place": self.place, "title": self.title, "differences": differences}

    def __str__(self) -> str:
        columns = ", ".join(difference.column for difference in self.differences)
        edited = (
            "deleted here"
            if self.is_deleted
            else f"edited here ({columns})"
            if columns
            else "edited here"
        )
        return f"{self.place}: “{self.title}” was {edited} since the last load"


@dataclass(frozen=True)
class Move:
    """A line, or an edited row, whose place in the pack differs from the last load.

    So does its place here.
    """

    place: str
    title: str
    former: int
    position: int

    def __str__(self) -> str:
        return f"{self.place}: “{self.title}” moved from position {self.former} to {self.position}"


#: What is counted by table, and whether a page shows it where it is nothing.
COUNTED = {
    "created": True,
    "changed": True,
    "unchanged": True,
    "moved": False,
    "retired": False,
    "left": False,
    "repeated": False,
}


def named_first(names: list[str]) -> list[str]:
    """The names that are shown, and how many more there are."""
    more = len(names) - SHOWN
    return [*names[:SHOWN], f"{more} more"] if more > 0 else names


@dataclass
class Report:
    """Counts by table, and what was not taken."""

    created: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    unchanged: Counter[str] = field(default_factory=Counter)
    #: Rows among `moves` of which nothing else changed.
    moved: Counter[str] = field(default_factory=Counter)
    #: Rows that stood in the last load and not in this one: archived, or taken out of the row they
    #: are a part of.
    retired: Counter[str] = field(default_factory=Counter)
    #: Absent as well, but without a state that could say so: left.
    left: Counter[str] = field(default_factory=Counter)
    #: The same by name, each with its table.
    left_rows: list[str] = field(default_factory=list)
    #: Of the rows that have a page, those that no status keeps from visitors, by what became of
    #: them; the status of their collection does not count.
    pages: Counter[str] = field(default_factory=Counter)
    #: Rows that stand in the pack a second time, word for word.
    repeated: Counter[str] = field(default_factory=Counter)
    #: Columns that no field holds, kept in `extra`: how many rows have each.
    kept: Counter[str] = field(default_factory=Counter)
    #: Files that belong to no table.
    strays: list[str] = field(default_factory=list)
    #: What else there is to say of the pack: sentences without their stop.
    notes: list[str] = field(default_factory=list)
    #: What to think about before it is published, each with its place: rows that are written all
    #: the same.
    warnings: list[str] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    #: Edits that were left.
    conflicts: list[Conflict] = field(default_factory=list)
    #: Edits that were replaced or undone, because the load was to write over them.
    overwritten: list[Conflict] = field(default_factory=list)
    #: Every line that stands elsewhere now, also if it was changed too; of other rows those that
    #: were edited here.
    moves: list[Move] = field(default_factory=list)
    #: Whether anything was written.
    is_written: bool = False

    @property
    def tally_names(self) -> list[str]:
        """What has been counted."""
        return [name for name, is_always in COUNTED.items() if is_always or getattr(self, name)]

    @property
    def tallies(self) -> list[tuple[str, list[int]]]:
        """The counts of each table that has any, in the order of `tally_names`."""
        counters = [getattr(self, name) for name in self.tally_names]
        tables = dict.fromkeys(table for counter in counters for table in counter)
        return [(table, [counter[table] for counter in counters]) for table in tables]

    @property
    def shown_notes(self) -> list[str]:
        """The notes that a page shows."""
        return named_first(self.notes)

    @property
    def shown_warnings(self) -> list[str]:
        """The warnings that a page shows."""
        return named_first(self.warnings)

    @property
    def shown_strays(self) -> list[str]:
        """The files that belong to no table which a page shows."""
        return named_first(self.strays)

    @property
    def shown_left_rows(self) -> list[str]:
        """The rows that were left which a page shows."""
        return named_first(self.left_rows)

    @property
    def is_empty(self) -> bool:
        """Whether a load writes no row."""
        return not (self.created or self.changed or self.retired or self.moves)

    @property
    def shown_columns(self) -> list[str]:
        """The columns that no field holds which a page shows, each with its number of rows."""
        columns = sorted(self.kept.items())
        return named_first([f"{name} ({rows})" for name, rows in columns])

    def as_data(self) -> dict[str, Any]:
        """The same for machines."""
        counts = ["created", "changed", "unchanged", "moved", "retired", "left", "repeated", "kept"]
        return {
            "written": self.is_written,
            **{name: dict(sorted(getattr(self, name).items())) for name in counts},
            "left_rows": self.left_rows,
            "strays": self.strays,
            "notes": self.notes,
            "warnings": self.warnings,
            "refused": len(self.refusals),
            "refusals": [vars(refusal) for refusal in self.refusals[:SHOWN]],
            "conflicting": len(self.conflicts),
            "conflicts": [conflict.as_data() for conflict in self.conflicts[:SHOWN]],
            "overwriting": len(self.overwritten),
            "overwritten": [conflict.as_data() for conflict in self.overwritten[:SHOWN]],
            "moves": [vars(move) for move in self.moves[:SHOWN]],
        }

    def as_lines(self) -> list[str]:
        """The same for people: what was not taken first, then what moved."""
        lines = [
            str(each)
            for group in (self.refusals, self.conflicts, self.moves)
            for each in group[:SHOWN]
        ]
        if self.refusals:
            lines.append(
                f"{len(self.refusals)} refused{'' if self.is_written else '; nothing was written'}."
            )
        if self.conflicts:
            lines.append(f"{len(self.conflicts)} left as edited here.")
        if self.overwritten:
            lines += [
                f"Overwritten: {edit}." for edit in named_first(list(map(str, self.overwritten)))
            ]
        return lines + self._counts() if self.is_written or not self.refusals else lines

    @property
    def totals(self) -> str:
        """How many rows were written, as a sentence."""
        totals = {name: getattr(self, name).total() for name in ("created", "changed", "unchanged")}
        totals |= {
            name: total
            for name in ("moved", "retired", "repeated")
            if (total := getattr(self, name).total())
        }
        return ", ".join(f"{total} {name}" for name, total in totals.items()) + "."

    def _counts(self) -> list[str]:
        lines = [self.totals]
        named = {
            "Absent from the pack and left": named_first(self.left_rows),
            "Kept without a field of their own": named_first(sorted(self.kept)),
            "Files that belong to no table": named_first(self.strays),
        }
        lines += [f"{what}: {', '.join(names)}." for what, names in named.items() if names]
        lines += [f"Warning: {warning}" for warning in named_first(self.warnings)]
        return lines + [f"Note: {note}." for note in self.notes]
