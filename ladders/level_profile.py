"""What is known of a level, for comparisons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from content.text import number_with_noun
from ladders.level_card import level_card
from ladders.models import Expectation, Level
from ladders.requirements import RequiredSkill
from skills.models import Skill

#: A level of another ladder with so many times the skills or expectations is known much better.
MAX_RATIO = 4


@dataclass(frozen=True)
class LevelProfile:
    """Everything known about one level, including inherited requirements and expectations."""

    level: Level
    skills: Mapping[Skill, RequiredSkill]
    expectations: Sequence[Expectation]
    #: Short texts such as the scope, by title.
    facts: Mapping[str, str]

    @property
    def extent(self) -> str:
        """How much is known, in words."""
        skills = number_with_noun(len(self.skills), "skill")
        expectations = number_with_noun(len(self.expectations), "expectation")
        extent = f"{skills}, {expectations}"
        if self.facts:
            extent += "; " + ", ".join(self.facts).lower()
        return extent

    @property
    def publisher(self) -> str:
        """The organization of the ladder, or else its title."""
        return self.level.ladder.organization or self.level.ladder.title

    def is_sparse_beside(self, other: "LevelProfile") -> bool:
        """Whether so little is known that a comparison says more about what was published."""
        numbers = [
            (len(self.skills), len(other.skills)),
            (len(self.expectations), len(other.expectations)),
        ]
        if self.level.ladder_id == other.level.ladder_id:
            return any(number == 0 < other_number for number, other_number in numbers)
        return any(number * MAX_RATIO < other_number for number, other_number in numbers)


def level_facts(level: Level, required_skills: Sequence[RequiredSkill]) -> dict[str, str]:
    """The lines of the card of a level, its usual experience and its bands, by title.

    What is not stated is left out.
    """
    facts = {line.label: line.plain_text for line in level_card(level, required_skills).lines}
    if level.usual_years:
        facts["Usual experience"] = level.usual_years
    if level.band_mapping.bands:
        facts["Band"] = level.band_mapping.bands
    return facts
