"""Calibration: compares the scorecards of several interviewers.

It shows where they differ, and which errors of judgment that hints at. Halo (one impression colors
all ratings) and leniency or severity are among the rater errors that the structured-interview guide
of the US Office of Personnel Management names. The thresholds are ours: few ratings prove nothing,
so the page words each hint as a question to talk about. Ratings are not added up.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean

from hiring.filled_scorecards import FilledScorecard, SkillRating

#: Points by which ratings of one skill differ enough to talk about.
WIDE_SPREAD = 2
#: How many equal ratings by one interviewer hint at a halo.
MIN_HALO_RATINGS = 4
#: How many skills an interviewer must share with others, and by how many points the interviewer
#: must differ from them on average, for a hint at leniency or severity.
MIN_SHARED_SKILLS, MIN_LENIENCY = 3, 0.75


@dataclass(frozen=True)
class CalibrationRow:
    """One skill with its rating in each scorecard; none where a scorecard lacks the skill."""

    title: str
    card_names: Sequence[str]
    ratings: Sequence[SkillRating | None]

    @property
    def cells(self) -> list[tuple[str, SkillRating | None]]:
        """The name of each scorecard, and its rating."""
        return list(zip(self.card_names, self.ratings, strict=True))

    @property
    def counted(self) -> list[int | None]:
        """The rating in each scorecard; none where it lacks evidence or there is no rating."""
        return [rating.counted if rating else None for rating in self.ratings]

    @property
    def is_assessed(self) -> bool:
        """Whether anybody rated it with evidence."""
        return any(self.counted)

    @property
    def spread(self) -> int | None:
        """The points between the lowest and the highest rating; none if fewer than two count."""
        counted = [points for points in self.counted if points is not None]
        if len(counted) < 2:
            return None
        return max(counted) - min(counted)

    @property
    def is_wide(self) -> bool:
        """Whether the ratings differ enough to talk about."""
        return (self.spread or 0) >= WIDE_SPREAD

    def difference(self, index: int) -> float | None:
        """The points by which one scorecard is above the mean of the others; below if negative.

        :param index: of the scorecard.
        :return: none if this scorecard or all others do not count.
        """
        points = self.counted[index]
        others = [*self.counted[:index], *self.counted[index + 1 :]]
        counted_others = [other for other in others if other is not None]
        if points is None or not counted_others:
            return None
        return points - mean(counted_others)


class Calibration:
    """Several scorecards, skill by skill."""

    def __init__(self, cards: Sequence[FilledScorecard]) -> None:
        self.cards = cards
        names = [card.name for card in cards]
        self.rows: list[CalibrationRow] = []
        for skill, title in _skill_titles(cards).items():
            ratings = [card.ratings.get(skill) for card in cards]
            self.rows.append(CalibrationRow(title, names, ratings))

    @property
    def unassessed(self) -> list[str]:
        """The skills that nobody rated with evidence."""
        return [row.title for row in self.rows if not row.is_assessed]

    @property
    def differing(self) -> list[str]:
        """The skills whose ratings differ enough to talk about."""
        return [row.title for row in self.rows if row.is_wide]

    @property
    def is_mixed(self) -> bool:
        """Whether the scorecards belong to several sets or loops."""
        return len({card.source for card in self.cards}) > 1

    @property
    def without_evidence(self) -> list[tuple[str, list[str]]]:
        """The name of each scorecard that rates without evidence, and the skills it does so for."""
        cards = []
        for card in self.cards:
            skills = []
            for rating in card.ratings.values():
                if rating.rating and not rating.has_evidence:
                    skills.append(rating.title)
            if skills:
                cards.append((card.name, skills))
        return cards

    @property
    def halos(self) -> list[tuple[str, int, int]]:
        """The scorecards whose ratings are all the same: name, number of ratings, rating."""
        halos = []
        for card in self.cards:
            ratings = [rating.rating for rating in card.ratings.values() if rating.rating]
            if len(ratings) >= MIN_HALO_RATINGS and len(set(ratings)) == 1:
                halos.append((card.name, len(ratings), ratings[0]))
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
