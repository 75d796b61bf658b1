"""The card of a level for a calibration meeting: a few lines that say what the level is."""

from collections.abc import Sequence
from dataclasses import dataclass

from ladders.level_order import LevelOrder, load_levels, moves_between
from ladders.models import Ladder, Level
from ladders.requirements import RequiredSkill, RequirementMatrix, load_required_skills


@dataclass(frozen=True)
class CardLine:
    """A line of a card: a text, or skills."""

    label: str
    text: str = ""
    #: What decides: a level inherits all of them, from one level, or none.
    skills: Sequence[RequiredSkill] = ()

    @property
    def plain_text(self) -> str:
        """The line without its label; skills are named with their proficiency."""
        if not self.skills:
            return self.text
        skills = ", ".join(str(required) for required in self.skills)
        source = self.skills[0].inherited_from
        return f"{skills}; inherited from {source.full_title}" if source else skills


@dataclass(frozen=True)
class LevelCard:
    """A level with the lines that it states."""

    level: Level
    lines: Sequence[CardLine]


def level_card(level: Level, required_skills: Sequence[RequiredSkill]) -> LevelCard:
    """The card of a level; lines that nothing states are left out.

    :param required_skills: what the level requires, inherited requirements included.
    """
    deciding = [required for required in required_skills if required.decides]
    lines = [
        CardLine("Scope", level.scope),
        CardLine("Autonomy", level.autonomy),
        CardLine("Reach", level.reach),
        CardLine("What decides", skills=deciding),
        CardLine("Not yet expected", level.not_yet_expected),
    ]
    return LevelCard(level, [line for line in lines if line.plain_text])


@dataclass(frozen=True)
class LadderCards:
    """The cards of the levels of a ladder from the bottom up, those of managers last."""

    cards: Sequence[LevelCard]
    #: The levels that state nothing that goes on a card, in the same order.
    levels_without_card: Sequence[Level]


def matrix_cards(matrix: RequirementMatrix) -> LadderCards:
    """The cards of the levels of a ladder, from what is read of it already."""
    tracks = matrix.order.tracks
    levels = sorted(matrix.levels, key=lambda level: tracks[level.pk] == Level.Track.MANAGER)
    cards = [level_card(level, matrix.required_skills(level)) for level in levels]
    return LadderCards(
        cards=[card for card in cards if card.lines],
        levels_without_card=[card.level for card in cards if not card.lines],
    )


def load_cards(ladder: Ladder) -> LadderCards:
    """Read the cards of a ladder. Three queries.

    :param ladder: a ladder whose visibility the caller has checked.
    """
    levels = load_levels(ladder)
    order = LevelOrder(levels, moves_between(levels))
    return matrix_cards(RequirementMatrix(order, load_required_skills(levels)))
