"""The page of one level of a ladder."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from django.urls import reverse

from ladders.expectations import expectation_groups
from ladders.models import Level, LevelMove
from ladders.requirements import MatrixCell, RequiredSkill, RequirementMatrix
from roles.models import Importance
from skills.models import Proficiency, Skill, SkillDescriptor, SkillGroup

#: Changes from the level below that the page names.
NAMED_CHANGES = {"added": "Added", "raised": "Raised", "lowered": "Lowered"}


class Fact(NamedTuple):
    """A line of the key facts; `url` is a page about its label."""

    label: str
    text: str
    url: str = ""


class PageMove(NamedTuple):
    """A move as the page of one of its ends shows it, with the level at its other end."""

    direction: str
    other_end: Level
    kind: str
    text: str


@dataclass(frozen=True)
class DescribedSkill:
    """A required skill with the descriptor of the required proficiency."""

    requirement: RequiredSkill
    #: How it differs from the level below; see `change_between`.
    change: str
    #: The descriptor as Markdown; empty if there is none.
    descriptor: str

    @property
    def skill(self) -> Skill:
        """The required skill."""
        return self.requirement.skill

    @property
    def proficiency(self) -> Proficiency | None:
        """The required proficiency; None if none is stated."""
        return self.requirement.proficiency

    @property
    def change_label(self) -> str:
        """The change that the page names; empty for others."""
        return NAMED_CHANGES.get(self.change, "")


@dataclass(frozen=True)
class SkillSection:
    """The required skills of one skill group."""

    heading: str
    skills: list[DescribedSkill] = field(default_factory=list)


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
        self.skill_sections = _skill_sections(self.skills)
        self.expectation_groups = expectation_groups(level, order)
        self.moves = _page_moves(level, moves)

    @property
    def importance_note(self) -> str:
        """A sentence about the importance of the skills; empty if none is worth explaining."""
        importances = {described.requirement.importance for described in self.skills}
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
        text += f"; confidence {level.confidence.label.lower()}"
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
        described.append(DescribedSkill(requirement, change, descriptors.get(key, "")))
    return described


def _skill_sections(skills: Sequence[DescribedSkill]) -> list[SkillSection]:
    """The skills by skill group; a section has no heading if no skill has a group."""
    sections: dict[SkillGroup | None, SkillSection] = {}
    for described in skills:
        group = described.skill.group
        if group not in sections:
            heading = group.title if group else ""
            if sections and not group:
                heading = "Other skills"
            sections[group] = SkillSection(heading)
        sections[group].skills.append(described)
    return list(sections.values())


def _page_moves(level: Level, moves: Sequence[LevelMove]) -> list[PageMove]:
    page_moves = []
    for move in moves:
        if move.from_level_id == level.pk:
            page_moves.append(PageMove("To", move.to_level, move.get_kind_display(), move.text))
        elif move.to_level_id == level.pk:
            page_moves.append(PageMove("From", move.from_level, move.get_kind_display(), move.text))
    return page_moves
