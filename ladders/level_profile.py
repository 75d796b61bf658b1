"""What is known of a level, for comparisons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from content.text import number_with_noun
from ladders.models import Expectation, Level
from ladders.requirements import RequiredSkill
from skills.models import Skill

#: A level of another ladder with so many times the skills or expectations is known much better.
MAX_RATIO = 4


@dataclass(frozen=True)
class LevelProfile:
    """What is known of one level, inherited requirements and expectations included."""

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
        return self.level.ladder.organisation or self.level.ladder.title

    def is_sparse_beside(self, other: "LevelProfile") -> bool:
        """Whether so little is known that a comparison says more about what was published."""
        numbers = [
            (len(self.skills), len(other.skills)),
            (len(self.expectations), len(other.expectations)),
        ]
        if self.level.ladder_id == other.level.ladder_id:
            return any(number == 0 < other_number for number, other_number in numbers)
        return any(number * MAX_RATIO < other_number for number, other_number in numbers)


def level_facts(level: Level) -> dict[str, str]:
    """The short texts that say how large a level is, by title, without empty ones."""
    facts = {
        "Scope": level.scope,
        "Autonomy": level.autonomy,
        "Reach": level.reach,
        "Usual experience": level.usual_years,
        "Band": level.band_mapping.bands,
    }
    return {title: text for title, text in facts.items() if text}
