"""What the page of a calibration suggests to talk about, in sentences."""

from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from hiring.calibration import Calibration


class Hint(NamedTuple):
    """Something to talk about."""

    #: What the scorecards show; empty if the advice says it all.
    finding: str
    #: What to ask or to do about it.
    advice: str


def calibration_hints(calibration: Calibration) -> list[Hint]:
    """What to talk about, what concerns all scorecards first."""
    hints = chain(
        _mixed_source_hints(calibration),
        _spread_hints(calibration),
        _evidence_hints(calibration),
        _unassessed_hints(calibration),
        _halo_hints(calibration),
        _leniency_hints(calibration),
        _file_problems(calibration),
    )
    return list(hints)


def _mixed_source_hints(calibration: Calibration) -> Iterator[Hint]:
    if calibration.is_mixed:
        yield Hint(
            "These scorecards are of different question sets or loops.",
            "Compare only what was asked alike.",
        )


def _spread_hints(calibration: Calibration) -> Iterator[Hint]:
    skills = ", ".join(calibration.differing)
    if skills:
        yield Hint("You differ by two points or more:", f"{skills}. What did each of you hear?")


def _evidence_hints(calibration: Calibration) -> Iterator[Hint]:
    for name, titles in calibration.without_evidence:
        skills = ", ".join(titles)
        yield Hint(f"{name} rates without evidence:", f"{skills}. Such a rating does not count.")


def _unassessed_hints(calibration: Calibration) -> Iterator[Hint]:
    skills = ", ".join(calibration.unassessed)
    if skills:
        yield Hint(
            "Nobody assessed:",
            f"{skills}. Not assessed is not poor: ask again, or decide without it knowingly.",
        )


def _halo_hints(calibration: Calibration) -> Iterator[Hint]:
    for name, count, rating in calibration.halos:
        yield Hint(
            f"{name} gives all {count} skills a {rating}.",
            "Does one impression colour the others (halo)?",
        )


def _leniency_hints(calibration: Calibration) -> Iterator[Hint]:
    for name, points in calibration.leanings:
        direction, error = "below", "severity"
        if points > 0:
            direction, error = "above", "leniency"
        yield Hint(
            f"{name} lies {abs(points):g} points {direction} the others",
            f"on the skills you share. Is it {error}, or did you hear something else?",
        )


def _file_problems(calibration: Calibration) -> Iterator[Hint]:
    for card in calibration.cards:
        for problem in card.problems:
            yield Hint("", problem)
