"""Reads scorecards that interviewers have filled in, from CSV in memory.

Nothing of them is kept.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from interviews.models import Anchor
from interviews.scorecard import VERSION
from packs.errors import UnreadableFile
from packs.tables.csv_cells import unescape_formula
from packs.tables.csv_reading import SheetRow, plain_number, read_sheet

MOST_SKILLS = 200
LARGEST = 1_000_000
NEEDED = ("scorecard", "set", "skill", "title", "rating", "evidence")
NOT_ASSESSED = {"not assessed", "n/a", "na", "-", "–"}


@dataclass(frozen=True)
class Filled:
    """What one interviewer says of one skill."""

    skill: str
    title: str
    #: 1 to 4; none if it was not assessed.
    rating: int | None
    has_evidence: bool

    @property
    def counts(self) -> bool:
        """Whether it is a rating with evidence."""
        return self.rating is not None and self.has_evidence


@dataclass(frozen=True)
class Scorecard:
    """One file."""

    name: str
    #: What it was asked from: the key of a set or the code of a loop.
    asked_from: str
    filled: dict[str, Filled]
    #: What could not be read of it, sentence by sentence; the rest was.
    faults: list[str]


def read_scorecard(content: bytes, name: str) -> Scorecard:
    """The scorecard in this file.

    :raises Unreadable: if it holds none.
    """
    if len(content) > LARGEST:
        raise UnreadableFile(name, "the file is larger than 1 MB, which no scorecard is")
    sheet = read_sheet(content, name, max_rows=MOST_SKILLS)
    if missing := [column for column in NEEDED if column not in sheet.columns]:
        raise UnreadableFile(name, f"it is no scorecard of this portal: no column “{missing[0]}”")
    rows = [_plain(row) for row in sheet.rows]
    if other := next((each for row in rows if (each := row.cells["scorecard"]) != VERSION), None):
        raise UnreadableFile(
            name, f"its columns are of version “{other}”, and this page reads version {VERSION}"
        )
    read = [(row, *_rating(row)) for row in rows]
    filled = {
        row.cells["skill"]: Filled(
            row.cells["skill"], row.cells["title"], rating, bool(row.cells["evidence"])
        )
        for row, rating, _ in reversed(read)
    }
    ordered = {row.cells["skill"]: filled[row.cells["skill"]] for row in rows}
    faults = [*_repeated(rows), *_of_others(rows), *(fault for *_, fault in read if fault)]
    return Scorecard(name, rows[0].cells["set"], ordered, faults)


def _plain(row: SheetRow) -> SheetRow:
    """Without the guard against formulas, and without blanks around the cells."""
    return SheetRow(
        row.location, {head: unescape_formula(cell).strip() for head, cell in row.cells.items()}
    )


def _rating(row: SheetRow) -> tuple[int | None, str]:
    """The rating, and what is wrong with it."""
    text = plain_number(row.cells["rating"].casefold())
    if not text or text in NOT_ASSESSED:
        return None, ""
    if text in map(str, Anchor.Rating.values):
        return int(text), ""
    return (
        None,
        f"{row.location}: “{row.cells['rating']}” is no rating from 1 to 4; taken as not assessed.",
    )


def _repeated(rows: list[SheetRow]) -> Iterator[str]:
    seen: set[str] = set()
    for row in rows:
        if (skill := row.cells["skill"]) in seen:
            yield f"{row.location}: “{skill}” stands there twice; the first counts."
        seen.add(skill)


def _of_others(rows: list[SheetRow]) -> Iterator[str]:
    """Rows that were pasted from the scorecard of another set or loop.

    They are compared all the same.
    """
    own = rows[0].cells["set"]
    for row in rows:
        if (other := row.cells["set"]) != own:
            yield f"{row.location}: this row is of “{other}”, and the first one of “{own}”."
