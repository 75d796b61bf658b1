"""Calibration: compares the scorecards of several interviewers.

It shows where they differ, and which errors of judgment that hints at. Halo (one impression colors
all ratings) and leniency or severity are among the rater errors that the structured-interview guide
of the US Office of Personnel Management names. The thresholds are ours: few ratings prove nothing,
so the page words each hint as a question to talk about. Ratings are not added up.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import mean
from typing import NamedTuple

from hiring.filled_scorecards import FilledScorecard, SkillRating

#: Points by which ratings of one skill differ enough to talk about.
WIDE_SPREAD = 2
#: How many equal ratings by one interviewer hint at a halo.
MIN_HALO_RATINGS = 4
#: How many skills an interviewer must share with others, and by how many points the interviewer
#: must differ from them on average, for a hint at leniency or severity.
MIN_SHARED_SKILLS, MIN_LENIENCY = 3, 0.75

#: For a skill that a scorecard lacks.
NO_RATING = SkillRating("", "", None, has_evidence=False)


class Hint(NamedTuple):
    """Something to talk about."""

    #: What the scorecards show; empty if the advice says it all.
    finding: str
    #: What to ask or to do about it.
    advice: str


@dataclass(frozen=True)
class CalibrationRow:
    """One skill with its rating in each scorecard."""

    title: str
    #: The name of each scorecard, and its rating.
    cells: Sequence[tuple[str, SkillRating]]

    @property
    def counted(self) -> dict[int, int]:
        """The ratings with evidence, by the index of their scorecard."""
        counted = {}
        for index, (_, rating) in enumerate(self.cells):
            if rating.counted is not None:
                counted[index] = rating.counted
        return counted

    @property
    def is_rated(self) -> bool:
        """Whether any scorecard rates it, with evidence or without."""
        return any(rating.rating for _, rating in self.cells)

    @property
    def spread(self) -> int | None:
        """The points between the lowest and the highest rating; none if fewer than two count."""
        counted = self.counted.values()
        if len(counted) < 2:
            return None
        return max(counted) - min(counted)

    @property
    def is_wide(self) -> bool:
        """Whether the ratings differ enough to talk about."""
        return (self.spread or 0) >= WIDE_SPREAD


class Calibration:
    """Several scorecards, skill by skill."""

    def __init__(self, cards: Sequence[FilledScorecard]) -> None:
        self.cards = cards
        self.rows: list[CalibrationRow] = []
        for skill, title in _skill_titles(cards).items():
            cells = [(card.name, card.ratings.get(skill, NO_RATING)) for card in cards]
            self.rows.append(CalibrationRow(title, cells))

    @property
    def is_single(self) -> bool:
        """Whether there is nothing to compare."""
        return len(self.cards) == 1

    @property
    def hints(self) -> list[Hint]:
        """What to talk about, what concerns all scorecards first."""
        return [
            *self._source_hints(),
            *self._spread_hints(),
            *self._evidence_hints(),
            *self._unassessed_hints(),
            *self._halo_hints(),
            *self._leniency_hints(),
            *self._file_problems(),
        ]

    def _source_hints(self) -> Iterator[Hint]:
        if len({card.source for card in self.cards}) > 1:
            yield Hint(
                "These scorecards are from different question sets or loops.",
                "Compare only scorecards for the same questions.",
            )

    def _spread_hints(self) -> Iterator[Hint]:
        skills = ", ".join(row.title for row in self.rows if row.is_wide)
        if skills:
            yield Hint(
                "Your ratings differ by two points or more:",
                f"{skills}. What did each of you hear?",
            )

    def _evidence_hints(self) -> Iterator[Hint]:
        for card in self.cards:
            skills = ", ".join(card.skills_without_evidence)
            if skills:
                yield Hint(
                    f"{card.name} has ratings without evidence:",
                    f"{skills}. A rating without evidence does not count.",
                )

    def _unassessed_hints(self) -> Iterator[Hint]:
        """Skills that no one rated; those without evidence have their own hint."""
        skills = ", ".join(row.title for row in self.rows if not row.is_rated)
        if skills:
            yield Hint(
                "No one assessed:",
                f"{skills}. “Not assessed” does not mean poor: ask again, or accept the gap when "
                "you decide.",
            )

    def _halo_hints(self) -> Iterator[Hint]:
        """Scorecards whose ratings are all the same."""
        for card in self.cards:
            points = card.points
            if len(points) >= MIN_HALO_RATINGS and len(set(points)) == 1:
                yield Hint(
                    f"{card.name} has a {points[0]} for all {len(points)} skills that were rated.",
                    "Does one impression color the others (halo effect)?",
                )

    def _leniency_hints(self) -> Iterator[Hint]:
        for index, card in enumerate(self.cards):
            points = self._mean_difference(index)
            direction, error = ("above", "leniency") if points > 0 else ("below", "severity")
            if abs(points) >= MIN_LENIENCY:
                yield Hint(
                    f"{card.name} is {abs(points):g} points {direction} the others",
                    f"on the skills that others rated too. Is this {error}, or did you hear "
                    "something different?",
                )

    def _file_problems(self) -> Iterator[Hint]:
        for card in self.cards:
            for problem in card.problems:
                yield Hint("", problem)

    def _mean_difference(self, index: int) -> float:
        """By how many points one scorecard is above the others on average; below if negative.

        Only skills count that others rate with evidence too. It is 0 if there are too few.
        """
        differences = []
        for row in self.rows:
            others = row.counted
            points = others.pop(index, None)
            if points is not None and others:
                differences.append(points - mean(others.values()))
        if len(differences) < MIN_SHARED_SKILLS:
            return 0.0
        return round(mean(differences), 1)


def _skill_titles(cards: Sequence[FilledScorecard]) -> dict[str, str]:
    """The title of each skill in the first scorecard that has it; its key where that is empty."""
    titles: dict[str, str] = {}
    for card in cards:
        for skill, rating in card.ratings.items():
            titles.setdefault(skill, rating.title or skill)
    return titles
