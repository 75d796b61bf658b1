"""Calibration: compares the scorecards of several interviewers.

It shows where they differ, and which errors of judgment that hints at. Halo (one impression colors
all ratings) and leniency or severity are among the rater errors that the structured-interview guide
of the US Office of Personnel Management names. The thresholds are ours: few ratings prove nothing,
so the page words each hint as a question to talk about. Ratings are not added up.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from statistics import mean

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


@dataclass(frozen=True)
class CalibrationRow:
    """One skill with its rating in each scorecard."""

    title: str
    card_names: Sequence[str]
    ratings: Sequence[SkillRating]

    @property
    def cells(self) -> list[tuple[str, SkillRating]]:
        """The name of each scorecard, and its rating."""
        return list(zip(self.card_names, self.ratings, strict=True))

    @property
    def counted(self) -> dict[int, int]:
        """The ratings with evidence, by the index of their scorecard."""
        counted = {}
        for index, rating in enumerate(self.ratings):
            if rating.counted is not None:
                counted[index] = rating.counted
        return counted

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
        return self.spread is not None and self.spread >= WIDE_SPREAD

    def difference(self, index: int) -> float | None:
        """The points by which one scorecard is above the mean of the others; below if negative.

        :param index: of the scorecard.
        :return: none if its rating or all others do not count.
        """
        others = self.counted
        points = others.pop(index, None)
        if points is None or not others:
            return None
        return points - mean(others.values())


class Calibration:
    """Several scorecards, skill by skill."""

    def __init__(self, cards: Sequence[FilledScorecard]) -> None:
        self.cards = cards
        names = list(map(attrgetter("name"), cards))
        self.rows: list[CalibrationRow] = []
        for skill, title in _skill_titles(cards).items():
            ratings = [card.ratings.get(skill, NO_RATING) for card in cards]
            self.rows.append(CalibrationRow(title, names, ratings))

    @property
    def unassessed(self) -> list[str]:
        """The skills that nobody rated with evidence."""
        return [row.title for row in self.rows if not row.counted]

    @property
    def differing(self) -> list[str]:
        """The skills whose ratings differ enough to talk about."""
        return [row.title for row in self.rows if row.is_wide]

    @property
    def is_single(self) -> bool:
        """Whether there is nothing to compare."""
        return len(self.cards) == 1

    @property
    def is_mixed(self) -> bool:
        """Whether the scorecards belong to several sets or loops."""
        return any(card.source != self.cards[0].source for card in self.cards)

    @property
    def without_evidence(self) -> list[tuple[str, list[str]]]:
        """The name of each scorecard that rates without evidence, and the skills it does so for."""
        cards = []
        for card in self.cards:
            skills = card.skills_without_evidence
            if skills:
                cards.append((card.name, skills))
        return cards

    @property
    def halos(self) -> list[tuple[str, int, int]]:
        """The scorecards whose ratings are all the same: name, number of ratings, rating."""
        halos = []
        for card in self.cards:
            points = card.points
            if len(points) >= MIN_HALO_RATINGS and len(set(points)) == 1:
                halos.append((card.name, len(points), points[0]))
        return halos

    @property
    def leanings(self) -> list[tuple[str, float]]:
        """The scorecards that hint at leniency or severity.

        Each is a name, and the mean difference in points from the others on shared skills. It is
        positive for leniency.
        """
        leanings = []
        for index, card in enumerate(self.cards):
            leaning = self._mean_difference(index)
            if abs(leaning) >= MIN_LENIENCY:
                leanings.append((card.name, leaning))
        return leanings

    def _mean_difference(self, index: int) -> float:
        """The mean difference of one scorecard from the others; 0 if they share too few skills."""
        differences = []
        for row in self.rows:
            difference = row.difference(index)
            if difference is not None:
                differences.append(difference)
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
