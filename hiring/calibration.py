"""Several scorecards side by side: where they differ, and which errors of judgement they hint at.

Halo (one impression colours all ratings) and leniency or severity are among the rater errors that
the structured- interview guide of the US Office of Personnel Management names. The thresholds are
ours: few ratings prove nothing, so each hint is worded as a question to talk about. Ratings are not
added up.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean

from hiring.filled_scorecards import Filled, Scorecard

#: Points of the scale by which ratings of one skill differ enough to talk about.
WIDE = 2
#: Equal ratings by one interviewer that hint at a halo.
HALO_FROM = 4
#: Skills that an interviewer shares with others before leniency is spoken of, and points of
#: difference from them.
SHARED_FROM, LENIENT_FROM = 3, 0.75


@dataclass(frozen=True)
class Row:
    """One skill with what every scorecard says of it, in their order.

    It says nothing where the skill does not stand there.
    """

    title: str
    names: Sequence[str]
    filled: Sequence[Filled | None]

    @property
    def cells(self) -> list[tuple[str, Filled | None]]:
        """Each with the name of its scorecard."""
        return list(zip(self.names, self.filled, strict=True))

    @property
    def ratings(self) -> list[int]:
        """Those that count: with evidence."""
        return [each.rating for each in self.filled if each and each.counts and each.rating]

    @property
    def spread(self) -> int | None:
        """Points between the lowest and the highest; none with fewer than two."""
        return max(self.ratings) - min(self.ratings) if len(self.ratings) > 1 else None

    @property
    def is_wide(self) -> bool:
        """Whether they differ enough to talk about."""
        return (self.spread or 0) >= WIDE


class Calibration:
    """Scorecards side by side."""

    def __init__(self, cards: Sequence[Scorecard]) -> None:
        self.cards = cards
        titles = {
            key: filled.title or key
            for card in reversed(cards)
            for key, filled in card.filled.items()
        }
        order = dict.fromkeys(key for card in cards for key in card.filled)
        names = [card.name for card in cards]
        self.rows = [
            Row(titles[key], names, [card.filled.get(key) for card in cards]) for key in order
        ]

    @property
    def uncovered(self) -> list[str]:
        """Skills that nobody rated with evidence."""
        return [row.title for row in self.rows if not row.ratings]

    @property
    def differing(self) -> list[str]:
        """Skills whose ratings differ enough to talk about."""
        return [row.title for row in self.rows if row.is_wide]

    @property
    def is_mixed(self) -> bool:
        """Whether the scorecards are of several sets or loops."""
        return len({card.asked_from for card in self.cards}) > 1

    @property
    def without_evidence(self) -> list[tuple[str, list[str]]]:
        """Name of a scorecard, and the skills that it rates without evidence."""
        found = [
            (
                card.name,
                [
                    each.title
                    for each in card.filled.values()
                    if each.rating and not each.has_evidence
                ],
            )
            for card in self.cards
        ]
        return [(name, skills) for name, skills in found if skills]

    @property
    def halos(self) -> list[tuple[str, int, int]]:
        """Name of a scorecard whose ratings are all the same, their number, and what they are."""
        given = [
            (card.name, [each.rating for each in card.filled.values() if each.rating])
            for card in self.cards
        ]
        return [
            (name, len(each), each[0])
            for name, each in given
            if len(each) >= HALO_FROM and len(set(each)) == 1
        ]

    @property
    def leanings(self) -> list[tuple[str, float]]:
        """Name of a scorecard, and its distance in points from the others on shared skills.

        It is positive above the others, and negative below them.
        """
        found = [(card.name, self._leaning(place)) for place, card in enumerate(self.cards)]
        return [(name, leaning) for name, leaning in found if abs(leaning) >= LENIENT_FROM]

    def _leaning(self, place: int) -> float:
        differences = []
        for row in self.rows:
            mine, others = row.filled[place], [*row.filled[:place], *row.filled[place + 1 :]]
            theirs = [each.rating for each in others if each and each.counts and each.rating]
            if mine and mine.counts and mine.rating and theirs:
                differences.append(mine.rating - mean(theirs))
        return round(mean(differences), 1) if len(differences) >= SHARED_FROM else 0.0
