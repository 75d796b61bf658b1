"""Reads scorecards that interviewers have filled in, from CSV in memory; they are not stored."""

from dataclasses import dataclass

from file_formats.csv_cells import unescape_formula
from file_formats.csv_reading import SheetRow, plain_number, read_sheet
from file_formats.errors import UnreadableFile
from hiring.scorecard import VERSION
from interviews.models import Anchor

MAX_SKILLS = 200
MAX_BYTES = 1_000_000
REQUIRED_COLUMNS = ("scorecard", "set", "skill", "title", "rating", "evidence")
NOT_ASSESSED = {"", "not assessed", "n/a", "na", "-", "–"}
RATINGS = {str(rating): rating for rating in Anchor.Rating.values}


@dataclass(frozen=True)
class SkillRating:
    """How one interviewer rates one skill."""

    skill: str
    title: str
    #: 1 to 4; none if the skill was not assessed.
    rating: int | None
    has_evidence: bool

    @property
    def counted(self) -> int | None:
        """The rating if there is evidence for it."""
        return self.rating if self.has_evidence else None


@dataclass(frozen=True)
class FilledScorecard:
    """One file."""

    name: str
    #: The key of the set or the code of the loop that it belongs to.
    source: str
    #: By the key of the skill, in the order of the file.
    ratings: dict[str, SkillRating]
    #: A sentence for each part of the file that could not be used.
    problems: list[str]

    @property
    def points(self) -> list[int]:
        """All ratings, with and without evidence."""
        return [rating.rating for rating in self.ratings.values() if rating.rating]

    @property
    def skills_without_evidence(self) -> list[str]:
        """The titles of the skills that are rated without evidence."""
        titles = []
        for rating in self.ratings.values():
            if rating.rating and not rating.has_evidence:
                titles.append(rating.title)
        return titles


def read_scorecard(content: bytes, name: str) -> FilledScorecard:
    """The scorecard in this file. The first of several rows for one skill counts.

    :raises UnreadableFile: if it is not a scorecard of this version.
    """
    rows = _read_rows(content, name)
    source = rows[0].cells["set"]
    ratings: dict[str, SkillRating] = {}
    repeated_skills = []
    rows_of_other_sources = []
    rating_problems = []
    for row in rows:
        rating, problem = _parse_rating(row)
        rating_problems += problem
        skill, row_source = row.cells["skill"], row.cells["set"]
        if skill in ratings:
            repeated_skills.append(
                f"{row.location}: “{skill}” is listed twice; the first one counts."
            )
        else:
            has_evidence = bool(row.cells["evidence"])
            ratings[skill] = SkillRating(skill, row.cells["title"], rating, has_evidence)
        if row_source != source:
            # Such rows are compared anyway.
            rows_of_other_sources.append(
                f"{row.location}: this row is from “{row_source}”, but the first one is from "
                f"“{source}”."
            )
    problems = [*repeated_skills, *rows_of_other_sources, *rating_problems]
    return FilledScorecard(name, source, ratings, problems)


def _read_rows(content: bytes, name: str) -> list[SheetRow]:
    """The rows of a file, with trimmed cells and without the guard against formulas.

    :raises UnreadableFile: if it is not a scorecard of this version.
    """
    if len(content) > MAX_BYTES:
        raise UnreadableFile(name, "the file is larger than 1 MB, the limit for a scorecard")
    sheet = read_sheet(content, name, max_rows=MAX_SKILLS)
    for column in REQUIRED_COLUMNS:
        if column not in sheet.columns:
            raise UnreadableFile(
                name, f"it is not a scorecard of this portal: the column “{column}” is missing"
            )
    rows = []
    for row in sheet.rows:
        cells = {column: unescape_formula(cell).strip() for column, cell in row.cells.items()}
        if cells["scorecard"] != VERSION:
            raise UnreadableFile(
                name,
                f"it has version “{cells['scorecard']}” of the columns, and this page reads "
                f"version {VERSION}",
            )
        rows.append(SheetRow(row.location, cells))
    return rows


def _parse_rating(row: SheetRow) -> tuple[int | None, list[str]]:
    """The rating, and a sentence if the cell contains something else."""
    cell = row.cells["rating"]
    text = plain_number(cell.casefold())
    rating = RATINGS.get(text)
    if rating or text in NOT_ASSESSED:
        return rating, []
    return None, [
        f"{row.location}: “{cell}” is not a rating from 1 to 4; it counts as not assessed."
    ]
