"""The page of one level of a ladder."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.urls import reverse

from content.text import title_in_sentence
from ladders.expectations import expectation_groups
from ladders.level_card import level_card
from ladders.models import BandMapping, Level, LevelMove
from ladders.requirements import CHANGE_MARKS, RequiredSkill, RequirementMatrix
from roles.importance import importance_legend
from skills.proficiencies import load_descriptors, proficiency_legend

TRACK_MEANINGS = {
    Level.Track.INDIVIDUAL: "leads by their own work, not by leading people",
    Level.Track.MANAGER: "leads people",
}


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
        mapping = level.band_mapping
        self.kind = _kind(level, mapping, order.has_tracks)
        self.facts = _facts(level, mapping, order.has_tracks)
        self.levels = order.from_top()
        self.below = order.below.get(level.pk)
        self.levels_above = order.above[level.pk]
        #: Whether the skills are marked by how they differ from the level below.
        self.is_compared = level.pk in matrix.compared_with
        self.required_skills = matrix.required_skills(level)
        self.card = level_card(level, self.required_skills)
        self.skills = _described_skills(level, matrix, self.required_skills)
        self.proficiency_legend = proficiency_legend(self.required_skills)
        self.importance_legend = importance_legend(self.required_skills)
        self.expectation_groups = expectation_groups(level, order)
        self.moves = [move for move in moves if level in (move.from_level, move.to_level)]


def _kind(level: Level, mapping: BandMapping, has_tracks: bool) -> str:
    """The line above the title: its code, its band, and its track if the ladder has several."""
    parts = [level.separate_code]
    if level.band:
        bands = title_in_sentence(mapping.bands)
        parts.append(f"{bands} band" if mapping.defines_band else f"about {bands}")
    if has_tracks:
        parts.append(level.get_track_display())
    return " · ".join(filter(None, parts))


def _facts(level: Level, mapping: BandMapping, has_tracks: bool) -> list[Fact]:
    """What the level states about experience, track and band."""
    facts = []
    if level.usual_years:
        facts.append(Fact("Usual experience", f"{level.usual_years} in all"))
    if has_tracks and level.track:
        meaning = TRACK_MEANINGS[Level.Track(level.track)]
        facts.append(Fact("Track", f"{level.get_track_display()}: {meaning}"))
    if level.band:
        facts.append(Fact("Band", str(mapping), reverse("ladders:band_map")))
    return facts


def _described_skills(
    level: Level, matrix: RequirementMatrix, required_skills: Sequence[RequiredSkill]
) -> list[DescribedSkill]:
    """Read the descriptors of the required skills, inherited ones included. One query."""
    descriptors = load_descriptors([required.skill for required in required_skills], level)
    described = []
    for requirement in required_skills:
        change = matrix.cell(level, requirement.skill).change
        mark = change if change in CHANGE_MARKS else ""
        descriptor = descriptors.get(requirement.descriptor_key, "")
        described.append(DescribedSkill(requirement, descriptor, mark, change == "same"))
    return described
