"""The page of one level of a ladder."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.urls import reverse

from ladders.expectations import expectation_groups
from ladders.models import Level, LevelMove
from ladders.requirements import CHANGE_MARKS, MatrixCell, RequiredSkill, RequirementMatrix
from roles.models import Importance
from skills.models import SkillDescriptor


class Fact(NamedTuple):
    """A line of the key facts; `url` is a page about its label."""

    label: str
    text: str
    url: str = ""


@dataclass(frozen=True)
class DescribedSkill:
    """A required skill with the descriptor of the required proficiency as Markdown."""

    requirement: RequiredSkill
    descriptor: str
    #: How it differs from the level below, if that is worth marking.
    change: str
    #: Whether the level below requires the same.
    is_unchanged: bool


class LevelPage:
    """What the page of a level shows, apart from what other packages say about the level.

    Takes two queries.

    :param matrix: the table of its ladder, with ranks of proficiencies.
    :param moves: the moves from and to all levels of the ladder.
    """

    def __init__(self, level: Level, matrix: RequirementMatrix, moves: Sequence[LevelMove]) -> None:
        order = matrix.order
        self.level = level
        self.has_tracks = order.has_tracks
        self.kind = _kind(level, order.has_tracks)
        self.facts = _facts(level, order.has_tracks)
        self.levels = order.from_top()
        self.below = order.below.get(level.pk)
        self.compared_with = matrix.compared_with(level)
        self.levels_above = order.levels_above(level)
        self.skills = _described_skills(level, matrix.cells_of_level(level))
        self.required_skills = [described.requirement for described in self.skills]
        self.expectation_groups = expectation_groups(level, order)
        self.moves = [move for move in moves if level in (move.from_level, move.to_level)]

    @property
    def importance_note(self) -> str:
        """A sentence about the importance of the skills; empty if none is worth explaining."""
        importances = {required.importance for required in self.required_skills}
        is_stated = "" not in importances
        if Importance.DESIRABLE not in importances and not is_stated:
            return ""
        note = "What is marked desirable helps and can be learned on the way"
        if is_stated:
            return f"{note}; everything else is essential."
        return f"{note}."


def _kind(level: Level, has_tracks: bool) -> str:
    """The line above the title: its code, its band, and its track if the ladder has several."""
    parts = [level.separate_code]
    if level.band:
        band = level.band.title.lower()
        parts.append(f"{band} band" if level.defines_band else f"about {band}")
    if has_tracks:
        parts.append(level.get_track_display())
    return " · ".join(part for part in parts if part)


def _facts(level: Level, has_tracks: bool) -> list[Fact]:
    """What the level states about scope, experience, track and band."""
    facts = [
        Fact("Scope", level.scope),
        Fact("Autonomy", level.autonomy),
        Fact("Reach", level.reach),
        Fact("Usual experience", _experience(level)),
    ]
    if has_tracks and level.track:
        facts.append(Fact("Track", f"{level.get_track_display()}: {level.track_meaning}"))
    facts.append(Fact("Band", _band(level), reverse("ladders:band_map")))
    return [fact for fact in facts if fact.text]


def _experience(level: Level) -> str:
    if level.years_min is None:
        return ""
    if level.years_max:
        return f"{level.years_min}–{level.years_max} years in all"
    return f"{level.years_min} or more years in all"


def _band(level: Level) -> str:
    if level.band is None:
        return ""
    text = level.bands
    if level.relation:
        text += f". {level.relation}"
    if level.confidence:
        text += f"; confidence {level.confidence}"
    return text


def _described_skills(level: Level, cells: Sequence[MatrixCell]) -> list[DescribedSkill]:
    """Read the descriptors of the required skills. One query."""
    required = [(cell.requirement, cell.change) for cell in cells if cell.requirement]
    skills = [requirement.skill for requirement, _ in required]
    rows = SkillDescriptor.objects.filter(skill__in=skills).shown_on(level)
    descriptors: dict[tuple[int, int | None], str] = {}
    for row in rows:
        descriptors[row.skill_id, row.proficiency_id] = row.text
    described = []
    for requirement, change in required:
        proficiency = requirement.proficiency
        key = (requirement.skill.pk, proficiency.pk if proficiency else None)
        described.append(
            DescribedSkill(
                requirement,
                descriptors.get(key, ""),
                change if change in CHANGE_MARKS else "",
                is_unchanged=change == "same",
            )
        )
    return described
